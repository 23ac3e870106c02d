"""Documents to elements: a module per format."""
