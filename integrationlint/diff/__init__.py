"""Two snapshots to changes, and changes to whom they reach."""
