"""Spectral's rulesets, read and run as they are written: no JavaScript, no network."""
