"""The functions that Spectral rules call by name."""
