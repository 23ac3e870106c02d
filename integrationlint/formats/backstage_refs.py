"""References to entities of Backstage: `[kind:][namespace/]name`, compared without regard to case (its ADR 009)."""

from typing import Any, NamedTuple

_DEFAULT = "default"


class Ref(NamedTuple):
    """An entity by kind (in lower case), namespace and name."""

    kind: str
    namespace: str
    name: str

    @property
    def key(self) -> str:
        """The key under which an element offers itself: `entity:api:default/orders`."""
        return f"entity:{self.kind}:{self.namespace}/{self.name}".lower()


def parse_ref(said: Any, kind: str, namespace: str) -> Ref | None:
    """A reference as a text or as a mapping with `kind`, `namespace` and `name`; None for anything else.

    `kind` and `namespace` are those of a reference that names none.
    """
    if isinstance(said, dict):
        name, kind, namespace = said.get("name"), said.get("kind") or kind, said.get("namespace") or namespace
    elif isinstance(said, str):
        before, colon, rest = said.strip().partition(":")
        kind, rest = (before, rest) if colon else (kind, before)
        before, slash, name = rest.partition("/")
        namespace, name = (before, name) if slash else (namespace, before)
    else:
        return None
    if not (isinstance(name, str) and name and isinstance(kind, str) and isinstance(namespace, str)):
        return None
    return Ref(kind.lower(), namespace, name)


def shown(ref: Ref, kind: str = "") -> str:
    """A reference as people write it: without its kind where that is the one expected, nor the default namespace."""
    name = ref.name if ref.namespace.lower() in (_DEFAULT, "") else f"{ref.namespace}/{ref.name}"
    return name if ref.kind in ("", kind) else f"{ref.kind}:{name}"
