"""integrationlint checks every artifact of an integration and says what a change breaks, and whom."""

__version__ = "0.1.0"
