"""What is referred to exists, and what exists is referred to."""
