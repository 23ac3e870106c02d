"""Keys under which flows find what they call: HTTP paths in normal form, names out of addresses, secrets by name."""

import re
from typing import Final

from integrationlint.formats.http_paths import normal_path

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
# A placeholder of a platform inside a path; what it stands for is one path segment or a part of one.
_PLACEHOLDER: Final = re.compile(r"#\[(?:[^\[\]]|\[[^\[\]]*\])*\]|\$\{[^{}]*\}|\{%[^%]*%\}")
_LONGEST: Final = 2000
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_SECRET: Final = re.compile(
    r"passw(?:or)?d|passphrase|pwd$|secret|token$|api[-_.]?key|private[-_.]?key|credential|authorization|accesskey",
    re.IGNORECASE,
)
_NO_SECRET: Final = re.compile(
    r"(?:task|client|clientrequest|request|idempotency|ack|next|continuation|page|session|start|usage)[-_.]?token$"
    r"|max[-_.]?tokens?$|url$|uri$|arn$|id$|name$|ref$|type$|path$|expiration",
    re.IGNORECASE,
)


def http_path(path: str) -> tuple[str, bool]:
    """A request path in the form of `http:` keys, and whether all of it is known.

    The host, the query and the fragment are dropped; a placeholder becomes `{}`; a placeholder that the path begins
    with may stand for any prefix, so it is dropped and the path is not known. Nor is one that is too long to be one.
    """
    if len(path) > _LONGEST:
        return "/", False
    plain = _PLACEHOLDER.sub("{}", path.strip())
    hosted = _SCHEME.match(plain)
    plain = plain[hosted.end() :] if hosted else plain
    plain = normal_path(re.split(r"[?#]", plain, maxsplit=1)[0])
    known = not plain.startswith("{}")
    if not known:
        plain = plain.removeprefix("{}")
    return "/" + "/".join(part for part in plain.split("/") if part), known


def literal_parts(expression: str, joint: str) -> str:
    """The literal parts of a concatenation, `{}` for the others: `'/orders/' & $id` as `/orders/{}`.

    Empty when it does not begin with a literal: then nothing is known of where it leads.
    """
    pieces = [piece.strip() for piece in expression.split(joint)]
    quoted = [len(piece) > 1 and piece[0] in "'\"" and piece[-1] == piece[0] for piece in pieces]
    if not quoted[0]:
        return ""
    return "".join(piece[1:-1] if literal else "{}" for piece, literal in zip(pieces, quoted, strict=True))


def join_paths(base: str, path: str) -> str:
    """A base path and a path below it, with one slash between them."""
    return f"{base.rstrip('/')}/{path.lstrip('/')}" if base.strip("/") else path


def http_key(method: str, path: str) -> str:
    """`http:POST /orders/{}`; the path is in the form that `http_path` gives."""
    return f"http:{method.upper()} {path}"


def is_secret(name: str) -> bool:
    """Whether a setting of that name holds a secret: password, secret, token, key, credential."""
    return _SECRET.search(name) is not None and _NO_SECRET.search(name) is None


def last_part(address: str) -> str:
    """The name at the end of a URL: `orders` of `https://sqs.eu-west-1.amazonaws.com/123456789012/orders`."""
    return re.split(r"[?#]", address, maxsplit=1)[0].rstrip("/").rpartition("/")[2]
