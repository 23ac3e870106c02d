"""The verbs that rules may use: plain functions by topic."""
