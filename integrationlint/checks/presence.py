"""What must be there."""
