"""The configuration file to Settings: found, read, checked, merged, shown."""
