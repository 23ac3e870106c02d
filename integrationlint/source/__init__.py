"""Where bytes come from: snapshots that can list and read files."""
