"""A loaded snapshot: documents, their elements by kind, key and address, and what uses what."""
