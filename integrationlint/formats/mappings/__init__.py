"""Mappings: one module per notation, all lowering to the neutral mapping elements."""
