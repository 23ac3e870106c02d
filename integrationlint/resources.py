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

if TYPE_CHECKING:
    import yaml
    from jinja2 import Environment

CACHE_VARIABLE: Final = "INTEGRATIONLINT_CACHE_DIR"
CATALOGUE: Final = "catalogue.json"
_PACKAGE: Final = Path(__file__).parent
# Changes when the same rule files would compile to something else.
_EDITION: Final = 1
_RULE_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)+")

Catalogue = list[dict[str, Any]]


def folder(name: str) -> Path:
    """The folder `rules` or `templates`: `_shipped/` inside an installed package, beside the package in a checkout.

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
    if _RULE_ID.fullmatch(rule_id) is None or not file.is_file():
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
    key = json.dumps([_EDITION, *((name, at.st_size, at.st_mtime_ns) for name, at in _entries(rules))]).encode()
    try:
        mark, _, body = file.read_bytes().partition(b"\n")
    except OSError:
        mark, body = b"", b""
    if mark == _mark(key, body):
        found: Catalogue = json.loads(body)
        return found
    made = compiled(rules)
    body = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    _keep(file, b"%b\n%b" % (_mark(key, body), body))
    return made


def _mark(key: bytes, body: bytes) -> bytes:
    return b"%08x%08x" % (crc32(key), crc32(body))


def _keep(file: Path, data: bytes) -> None:
    # Whoever reads it at the same time sees the old file or the new one, never half of one.
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, delete=False) as stream:
            try:
                stream.write(data)
                stream.close()
                Path(stream.name).replace(file)
            except OSError:
                Path(stream.name).unlink(missing_ok=True)
    except OSError:
        return


def _entries(rules: Path) -> list[tuple[str, os.stat_result]]:
    # The rule files below a folder by their paths, with what the folder's entries say of them; `_` and `.` are hidden.
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
                if one.name.endswith(".yaml"):
                    found.append((f"{above}{one.name}", one.stat()))
                elif one.is_dir() and not one.name.startswith((".", "_")):
                    waiting.append(f"{above}{one.name}/")
    return sorted(found, key=lambda entry: entry[0])


def _id(name: str) -> str:
    return name.removesuffix(".yaml")


def compiled(rules: Path, shown: str = "rules", *, examples: bool = False) -> Catalogue:
    """The rules of a folder, read one by one: what the catalogue is made from.

    Errors name files as `shown/…`; `examples` keeps the examples, which a run does not need.
    """
    return [_rule(rules / name, _id(name), shown, examples=examples) for name, _ in _entries(rules)]


def _rule(file: Path, rule_id: str, folder: str, *, examples: bool) -> dict[str, Any]:
    import yaml

    shown = f"{folder}/{rule_id}.yaml"
    try:
        loader = _loader()(file.read_bytes())
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise ConfigError("a rule file is a mapping", _place(shown, 1, 1))
        lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
        if len(lines) < len(node.value):
            raise ConfigError("a key is given twice", _place(shown, 1, 1))
        data: dict[str, Any] = loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = _place(shown, mark.line + 1, mark.column + 1) if mark else _place(shown, 1, 1)
        raise ConfigError(f"not YAML: {getattr(error, 'problem', None) or error}", place) from None
    if not examples:
        data.pop("examples", None)
    return {"id": rule_id, **data, "_lines": lines}


def _place(file: str, line: int, column: int) -> Location:
    position = Position(line, column)
    return Location(file, "", Span(position, position))


@cache
def _loader() -> "type[yaml.SafeLoader]":
    # PyYAML's safe loader with the scalars of YAML 1.2 (core schema, 10.3.2): `off` is text, and so is a date.
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    made: Any = type("RuleLoader", (base,), {"yaml_implicit_resolvers": {}})
    for tag, pattern, starts in (
        ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
        ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
        ("int", r"[-+]?(0|[1-9][0-9]*)", list("-+0123456789")),
        (
            "float",
            r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+",
            list("-+.0123456789"),
        ),
    ):
        made.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), starts)
    found: type[yaml.SafeLoader] = made
    return found


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


def _as_is(value: object) -> object:
    return value


def _in_markdown(value: object) -> object:
    # Each mark of CommonMark behind a backslash (section 2.4), one line, no tags, and nobody is called by @name.
    text = " ".join(str(value).split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _safe(re.sub(r"([\\`*_{}\[\]()#+.!|~=^$:-])", r"\\\1", text).replace("@", "@\u200b"), value)


def _in_yaml(value: object) -> object:
    # A JSON text is a YAML scalar or flow collection on one line.
    return _safe(json.dumps(value, ensure_ascii=True, default=str), value)


def _safe(text: str, value: object) -> object:
    from markupsafe import Markup

    return value if isinstance(value, Markup) else Markup(text)  # noqa: S704  escaped just above


_ESCAPES: Final[dict[str, Callable[[object], object]]] = {
    "html": _as_is,
    "xml": _as_is,
    "md": _in_markdown,
    "yaml": _in_yaml,
}
