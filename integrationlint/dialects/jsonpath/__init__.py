"""JSONPath as rulesets are written in it: Spectral's dialect, read leniently, many expressions in one pass."""
