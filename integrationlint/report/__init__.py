"""Reports to text: a reporter is a function."""
