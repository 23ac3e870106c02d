"""Which values are allowed."""
