"""The jobs, each on one screen: lint one snapshot, diff two, try the examples of rules."""
