"""Rules over subjects to findings."""
