"""What a `$ref` points to, as the key of a use."""

from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit


def reference_key(path: str, reference: str) -> str:
    """The use key of a URI reference (RFC 3986) written in the document at `path`.

    `pointer:FILE#/json/pointer` for a place in a file of the snapshot, `anchor:FILE#name` for a plain-name fragment
    (JSON Schema 2020-12, section 8.2.2), `id:URL` for anything with a scheme: matched against `$id`s, never fetched.
    An empty fragment of a URL does not count.
    """
    if reference.startswith("#/") and "%" not in reference:
        return f"pointer:{path}{reference}"
    try:
        parts = urlsplit(reference)
    except ValueError:
        return f"id:{reference}"
    if parts.scheme or parts.netloc:
        return f"id:{reference.removesuffix('#')}"
    file = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
    fragment = unquote(parts.fragment)
    if fragment and not fragment.startswith("/"):
        return f"anchor:{file}#{fragment}"
    return f"pointer:{file}#{fragment}"
