"""Text edits in XML."""

from integrationlint.model.fix import Edit, Repair
from integrationlint.parse.written import Written


def remove(written: Written, repair: Repair) -> tuple[Edit, ...] | None:
    """Take an element away, with its lines where nothing else is on them."""
    place = written.value(repair.pointer)
    if place is None or "/@" in repair.pointer or written.has_comment(*place):
        return None
    return (written.edit(*(written.whole_lines(*place) or place)),)
