"""The nouns of the house: frozen data on the standard library alone."""
