"""Bytes to documents that know where everything is written."""
