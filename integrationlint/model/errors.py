"""What can go wrong through no fault of ours: one line for the person who can mend it.

UserError
├── UsageError      the command line
├── ConfigError     the configuration file, a ruleset or a rule
├── RevisionError   Git: unknown revision, shallow clone, no repository
└── InputError      a path that does not exist or may not be read
"""

from difflib import get_close_matches

from integrationlint.model.location import Location


class UserError(Exception):
    """An error of the user's; `str()` is one clear line, `FILE:LINE:COLUMN: message` where a place is known."""

    def __init__(self, message: str, location: Location | None = None) -> None:
        """Say what is wrong, and where."""
        self.message = message
        self.location = location
        super().__init__(message)

    def __str__(self) -> str:
        """One line."""
        if self.location is None:
            return self.message
        start = self.location.span.start
        return f"{self.location.path}:{start.line}:{start.column}: {self.message}"


class UsageError(UserError):
    """The command line."""


class ConfigError(UserError):
    """The configuration file, a ruleset or a rule."""


class RevisionError(UserError):
    """Git: unknown revision, shallow clone, no repository."""


class InputError(UserError):
    """A path that does not exist or may not be read."""


def did_you_mean(word: str, known: "list[str] | tuple[str, ...] | frozenset[str] | set[str]") -> str:
    """` (did you mean 'select'?)`, or nothing when no known word is close."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f" (did you mean '{close[0]}'?)" if close else ""
