"""What is shipped beside the code: the rules, as one compiled catalogue, and the templates; the one door to Jinja2."""

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from integrationlint.model.errors import ConfigError, UsageError, did_you_mean
from integrationlint.model.location import Location, Position, Span
from integrationlint.model.scalars import WORDS, number

if TYPE_CHECKING:
    from jinja2 import Environment

CACHE_VARIABLE: Final = "INTEGRATIONLINT_CACHE_DIR"
CATALOGUE: Final = "catalogue.json"
MAX_RULE_BYTES: Final = 1_000_000
MAX_RULE_DEPTH: Final = 100
_PACKAGE: Final = Path(__file__).parent
# Changes when the same rule files would compile to something else.
_EDITION: Final = 1
_LONGEST_NUMBER: Final = 40
_STARTS: Final = ("MappingStartEvent", "SequenceStartEvent")
_HIDDEN: Final = "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
_RULE_ID: Final = r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)+"

Catalogue = list[dict[str, Any]]


def folder(name: str) -> Path:
    """A shipped folder, such as `rules`: `_shipped/` inside an installed package, beside the package in a checkout.

    Only an installed package has `_shipped/`; its neighbours are other packages, whose folders may have these names.
    """
    shipped = _PACKAGE / "_shipped"
    return shipped / name if shipped.is_dir() else _PACKAGE.parent / name


def catalogue() -> Catalogue:
    """The built-in rules by id, as plain data: the keys of the file without `examples`, `id`, and `_lines`.

    `_lines` maps each key to its line, from 1. Installed, it is one file made when the package was built; in a checkout
    the rule files are compiled once, and again whenever the name, size or time of one of them changes.
    ConfigError when a rule file is not a mapping in YAML.
    """
    shipped = _PACKAGE / "_shipped" / CATALOGUE
    if shipped.is_file():
        found: Catalogue = json.loads(shipped.read_bytes())
        return found
    return cached(folder("rules"), cache_folder())


def rule_source(rule_id: str) -> str:
    """The text of a built-in rule's file, examples included. UsageError when there is no such rule."""
    file = folder("rules") / f"{rule_id}.yaml"
    if re.fullmatch(_RULE_ID, rule_id) is None or not file.is_file():
        known = [_id(name) for name, _ in _entries(folder("rules"))]
        raise UsageError(f"there is no built-in rule '{rule_id}'{did_you_mean(rule_id, known)}")
    return file.read_text(encoding="utf-8")


def cache_folder() -> Path:
    """Where this user keeps what can be made again: INTEGRATIONLINT_CACHE_DIR, else the platform's place for it."""
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("integrationlint", appauthor=False)


def cached(rules: Path, store: Path) -> Catalogue:
    """The compiled rules of a folder, from the folder `store` when what is there was made from these very files.

    A stale or damaged copy is made again; where nothing can be written, nothing is kept.
    """
    file = store / f"catalogue-{crc32(str(rules.absolute()).encode()):08x}.json"
    key = [_EDITION, *((name, at.st_size, at.st_mtime_ns) for name, at in _entries(rules))]
    found: Catalogue = remembered(file, key, lambda: compiled(rules))
    return found


def remembered(file: Path, key: list[Any], make: Callable[[], Any]) -> Any:
    """What was made before under the same key and kept in `file`, or what `make` makes now: plain data."""
    head = json.dumps(key).encode()
    try:
        kept, mark, body = file.read_bytes().split(b"\n", 2)
    except (OSError, ValueError):
        kept, mark, body = b"", b"", b""
    if kept == head and mark == b"%08x" % crc32(body):
        return json.loads(body)
    made = make()
    body = dump(made)
    _keep(file, b"%b\n%08x\n%b" % (head, crc32(body), body))
    return made


def dump(data: Any) -> bytes:
    """The bytes of what is compiled: JSON on one line."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _keep(file: Path, data: bytes) -> None:
    # Whoever reads it at the same time sees the old file or the new one, never half of one.
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, delete=False) as stream:
            try:
                stream.write(data)
                stream.close()
                Path(stream.name).replace(file)
            finally:
                Path(stream.name).unlink(missing_ok=True)
    except OSError:
        return


def _entries(rules: Path) -> list[tuple[str, os.stat_result]]:
    # The rule files below a folder by their paths, with what the folder's entries say of them. Links are not followed;
    # names that begin with `_` or `.` are hidden.
    found: list[tuple[str, os.stat_result]] = []
    waiting = [""]
    while waiting:
        above = waiting.pop()
        try:
            entries = os.scandir(rules / above)
        except OSError:
            continue
        with entries:
            for one in entries:
                if one.name.startswith((".", "_")):
                    continue
                if one.is_dir(follow_symlinks=False):
                    waiting.append(f"{above}{one.name}/")
                elif one.name.endswith(".yaml") and one.is_file(follow_symlinks=False):
                    found.append((f"{above}{one.name}", one.stat(follow_symlinks=False)))
    return sorted(found, key=lambda entry: entry[0])


def _id(name: str) -> str:
    return name.removesuffix(".yaml")


def compiled(rules: Path, shown: str = "rules", *, examples: bool = False) -> Catalogue:
    """The rules of a folder, read one by one: what the catalogue is made from.

    Errors name files as `shown/…`; `examples` keeps the examples, which a run does not need. The files may be those of
    an untrusted repository. ConfigError, with line and column, for what is not one small mapping in YAML.
    """
    return [_rule(rules / name, _id(name), f"{shown}/{name}", examples=examples) for name, _ in _entries(rules)]


def _rule(file: Path, rule_id: str, shown: str, *, examples: bool) -> dict[str, Any]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", _place(shown, 1, 1)) from None
    if len(data) > MAX_RULE_BYTES:
        raise ConfigError(f"larger than {MAX_RULE_BYTES} bytes: not a rule", _place(shown, 1, 1))
    rule, lines = _mapping(_events(data, shown), shown)
    if not examples:
        rule.pop("examples", None)
    return {"id": rule_id, **rule, "_lines": lines}


def _events(data: bytes, shown: str) -> Iterator[Any]:
    import yaml

    try:
        yield from yaml.parse(data, Loader=getattr(yaml, "CLoader", yaml.Loader))
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two from PyYAML without libyaml
        mark = getattr(error, "problem_mark", None)
        place = _at(mark, shown) if mark else _place(shown, 1, 1)
        said = " ".join(str(getattr(error, "problem", None) or error).split())
        raise ConfigError(f"not YAML: {said}", place) from None


def _mapping(events: Iterator[Any], shown: str) -> tuple[dict[str, Any], dict[str, int]]:
    # The one mapping of a rule file and the lines of its keys, from events and without recursion.
    lines: dict[str, int] = {}
    frames: list[tuple[str, list[Any], set[str]]] = [("", [], set())]
    for event in events:
        kind, (holder, items, names) = type(event).__name__, frames[-1]
        is_key = holder == "MappingStartEvent" and len(items) % 2 == 0
        _refuse(event, "key" if is_key and kind in _STARTS else kind, len(frames), shown)
        if kind in _STARTS:
            frames.append((kind, [], set()))
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            frames.pop()
            frames[-1][1].append(dict(zip(items[::2], items[1::2], strict=True)) if kind[0] == "M" else items)
        elif kind == "ScalarEvent":
            if is_key:
                _name(event, names, shown)
                lines |= {event.value: event.start_mark.line + 1} if len(frames) == 2 else {}
            items.append(event.value if is_key or not event.implicit[0] else _scalar(event.value))
    found = frames[0][1]
    if len(found) != 1 or not isinstance(found[0], dict):
        raise ConfigError("a rule file is one mapping in YAML", _place(shown, 1, 1))
    return found[0], lines


def _refuse(event: Any, kind: str, depth: int, shown: str) -> None:
    if kind in ("key", "AliasEvent") or getattr(event, "tag", None) or depth > MAX_RULE_DEPTH:
        message = f"a rule file has only words as keys, no aliases, no tags, and at most {MAX_RULE_DEPTH} levels"
        raise ConfigError(message, _at(event.start_mark, shown))


def _name(event: Any, names: set[str], shown: str) -> None:
    if event.value in names:
        raise ConfigError(f"key {event.value!r} is given twice", _at(event.start_mark, shown))
    names.add(event.value)


def _at(mark: Any, shown: str) -> Location:
    return _place(shown, mark.line + 1, mark.column + 1)


def _place(file: str, line: int, column: int) -> Location:
    position = Position(line, column)
    return Location(file, "", Span(position, position))


def _scalar(text: str) -> object:
    # `off` is text, and so is a date.
    if text in WORDS:
        return WORDS[text]
    found = number(text) if len(text) <= _LONGEST_NUMBER else None
    return text if found is None else found


def render(template: str, **values: object) -> str:
    """A template of `templates/` filled in: `report.html.j2`, `summary.md.j2`, `config.yaml.j2`.

    What is put in is escaped for the notation that the name says, whatever the template does, and autoescape is on in
    all of them: text becomes text in HTML and XML, text in Markdown, a quoted scalar in YAML. Only `markupsafe.Markup`
    goes in as it is. A name that a template uses and nobody gave is an error, and so is a notation that is not known.
    """
    notation = template.removesuffix(".j2").rpartition(".")[2]
    return _environment(str(folder("templates")), notation).get_template(template).render(**values)


@cache
def _environment(templates: str, notation: str) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_ESCAPES[notation],
    )


def _in_markdown(value: object) -> object:
    # Each mark of CommonMark behind a backslash (section 2.4), one line, no tags, and nobody is called by @name.
    text = " ".join(str(value).split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _safe(re.sub(r"([\\`*_{}\[\]()#+.!|~=^$:-])", r"\\\1", text).replace("@", "@\u200b"), value)


def _in_yaml(value: object) -> object:
    # A JSON text is a YAML scalar or flow collection on one line, but for what YAML does not count as printable.
    return _safe(re.sub(_HIDDEN, _escaped, json.dumps(value, ensure_ascii=False, default=str)), value)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\\ufffd" if 0xD800 <= code < 0xE000 else f"\\u{code:04x}"


def _safe(text: str, value: object) -> object:
    from markupsafe import Markup

    return value if isinstance(value, Markup) else Markup(text)  # noqa: S704  escaped just above


_ESCAPES: Final[dict[str, Callable[[object], object] | None]] = {
    "html": None,
    "xml": None,
    "md": _in_markdown,
    "yaml": _in_yaml,
}
