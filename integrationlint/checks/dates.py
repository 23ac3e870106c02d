"""Days as contracts write them, as ISO dates that can be compared."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

# RFC 3339 `full-date`, alone or at the beginning of a `date-time`.
_DATE: Final = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[Tt ].*)?")
# RFC 9110 section 5.6.7: `Sat, 31 Dec 2026 23:59:59 GMT`.
HTTP_DATE: Final = re.compile(r"[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) \d{2}:\d{2}:\d{2} GMT")
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# RFC 9651 section 3.3.7: a date is `@` and seconds; RFC 9745 writes Deprecation so.
SECONDS: Final = re.compile(r"@(\d{1,11})")


def day(value: object) -> str:
    """The ISO date of a day as RFC 3339, HTTP or structured fields write it; empty for anything else."""
    text = str(value).strip()
    plain, http, seconds = _DATE.fullmatch(text), HTTP_DATE.fullmatch(text), SECONDS.fullmatch(text)
    if plain is not None:
        return plain[1]
    if http is not None and http[2] in _MONTHS:
        return f"{http[3]}-{_MONTHS.index(http[2]) + 1:02}-{http[1]}"
    if seconds is not None:
        return datetime.fromtimestamp(int(seconds[1]), UTC).date().isoformat()
    return ""


def later(date: str, days: int) -> str:
    """The day so many days after a date; the date itself where it is none."""
    if not days:
        return date
    try:
        return (datetime.fromisoformat(date) + timedelta(days=days)).date().isoformat()
    except (ValueError, OverflowError):  # the 30th of February
        return date
