"""What references in a schema refer to: in the schema itself, or in the official metaschemas, and nowhere else."""

from collections.abc import Generator, Iterator, Mapping
from functools import cache
from typing import Any, Final
from urllib.parse import unquote, urldefrag, urljoin

from integrationlint.dialects.json_schema_run import MissingReference

_MOST_SCHEMAS: Final = 200_000
_REFERRING: Final = frozenset(("$ref", "$recursiveRef", "$recursiveAnchor", "$dynamicRef", "$dynamicAnchor"))


class References:
    """The references of one schema, resolved once each."""

    __slots__ = ("_found", "_id", "_index", "_official", "_root")

    def __init__(self, root: Any, id_keyword: str = "$id", official: tuple[str, ...] = ()) -> None:
        """Of a schema, in which `id_keyword` names a schema; with what the addresses of known metaschemas begin."""
        self._root = root
        self._official = official
        self._id = id_keyword
        self._index: dict[str, tuple[Any, str]] | None = None
        self._found: dict[tuple[str, str], tuple[Any, str, bool]] = {}

    def resolve(self, base: str, reference: str) -> tuple[Any, str, bool]:
        """What a reference from a base means, the base there, and whether nothing in it refers to anything.

        MissingReference when it leads nowhere.
        """
        known = self._found.get((base, reference))
        if known is None:
            known = self._found[base, reference] = self._resolved(base, reference)
        return known

    def _resolved(self, base: str, reference: str) -> tuple[Any, str, bool]:
        try:
            address, fragment = urldefrag(urljoin(base, reference))
        except ValueError:
            address, fragment = "-", ""
        target = self._root if not address else self._resource(address)
        if target is not None and fragment and not fragment.startswith("/"):
            target = self._named(f"{address}#{unquote(fragment)}")
        elif target is not None and fragment:
            target = _pointed(target, fragment)
        if target is None:
            raise MissingReference(f"can't resolve reference {reference} from id {base or '#'}")
        return target, address, not _refers(target)

    def _resource(self, address: str) -> Any:
        found = self._named(address)
        if found is not None:
            return found
        return metaschema(address) if address.startswith(self._official) else None

    def _named(self, name: str) -> Any:
        if self._index is None:
            self._index = dict(_names(self._root, self._id))
        return self._index.get(name, (None, ""))[0]


@cache
def metaschema(address: str) -> Any:
    """An official metaschema, as `jsonschema` brings them and Ajv changes two of them; None for any other address."""
    from jsonschema.validators import SPECIFICATIONS  # type: ignore[attr-defined]

    resource = SPECIFICATIONS.get(address) or SPECIFICATIONS.get(address + "#")
    if resource is None:
        return None
    found: Any = resource.contents
    if "draft-06" not in address and "draft-07" not in address:
        return found
    values = {**found["properties"]["enum"], "minItems": 1, "uniqueItems": True}
    return {**found, "properties": {**found["properties"], "enum": values}}


def _refers(target: Any) -> bool:
    waiting, seen = [target], set[int]()
    while waiting and len(seen) < _MOST_SCHEMAS:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, dict):
            if not _REFERRING.isdisjoint(value):
                return True
            waiting += [one for one in value.values() if isinstance(one, dict | list)]
        elif isinstance(value, list):
            waiting += [one for one in value if isinstance(one, dict)]
    return False


def _pointed(target: Any, fragment: str) -> Any:
    for part in unquote(fragment)[1:].split("/"):
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(target, dict):
            target = target.get(name)
        elif isinstance(target, list):
            target = target[int(name)] if name.isdigit() and len(name) < 9 and int(name) < len(target) else None
        else:
            return None
    return target if isinstance(target, dict | bool) else None


def _names(root: Any, id_keyword: str) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Addresses of what has an id or an anchor, wherever it is."""
    waiting: list[tuple[Any, str]] = [(root, "")]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_SCHEMAS:
        value, base = waiting.pop()
        if id(value) in seen or not isinstance(value, dict | list):
            continue
        seen.add(id(value))
        if isinstance(value, dict):
            base = yield from _name(value, base, id_keyword)
        children = value.values() if isinstance(value, dict) else value
        waiting += [(one, base) for one in children if isinstance(one, dict | list)]


def _name(value: Mapping[str, Any], base: str, id_keyword: str) -> Generator[tuple[str, tuple[Any, str]], None, str]:
    """The addresses of one value; returns the base of what is in it."""
    identifier = value.get(id_keyword)
    if isinstance(identifier, str) and identifier:
        try:
            base = urljoin(base, identifier)
        except ValueError:
            return base
        yield base.rstrip("#"), (value, base)
        base = urldefrag(base)[0]
    for keyword in ("$anchor", "$dynamicAnchor"):
        if isinstance(value.get(keyword), str):
            yield f"{base}#{value[keyword]}", (value, base)
    return base
