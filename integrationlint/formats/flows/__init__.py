"""Flow definitions: one module per platform, all lowering to the neutral flow elements."""
