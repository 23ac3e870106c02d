"""`integrationlint rules docs`."""

import os
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final
from urllib.parse import quote

from integrationlint.catalog import Catalog, with_examples
from integrationlint.cli import console, gate
from integrationlint.cli.description import asks, clauses, options, presets, subjects
from integrationlint.cli.policy import Asked, rule_folders
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import locate
from integrationlint.model.errors import InputError, UsageError
from integrationlint.model.rule import Example, Rule
from integrationlint.report.sanitise import line, markdown_block, markdown_code, markdown_text
from integrationlint.resources import folder, render
from integrationlint.source.write import write_atomic

INDEX: Final = "rules.md"
_PAGES: Final = "rules"
_PLAIN: Final = re.compile(r"[a-z0-9]+([/-][a-z0-9]+)*")
_INTRODUCTION: Final = (
    "`integrationlint explain RULE` tells more of each: why, how to fix what it finds, options, clauses and examples."
)


def written(out: str, config: str, *, pages: bool) -> int:
    """Print the index, or write it, with `pages` a page for each rule as well, into the folder `out`."""
    if pages and not out:
        raise UsageError("--pages needs a folder to write them to: --out FOLDER")
    catalogs = list(_catalogs(config))
    rules = tuple(rule for _, catalog in catalogs for rule in catalog.rules)
    if not out:
        console.result(index(rules))
        return gate.PASSED
    files = {INDEX: index(rules, (lambda rule: f"{_PAGES}/{rule.id}.md") if pages else _sources(catalogs, out))}
    if pages:
        files |= {f"{_PAGES}/{rule.id}.md": page(rule, catalog) for _, catalog in catalogs for rule in catalog.rules}
    for name, text in files.items():
        _write(Path(out) / name, text)
    console.say(f"wrote {INDEX}{f' and {len(files) - 1} pages' if pages else ''} to {out}")
    return gate.PASSED


def _catalogs(config: str) -> Iterator[tuple[Path, Catalog]]:
    yield folder("rules"), with_examples()
    for name, path in rule_folders(policy(locate((), config), Asked(config)).settings):
        yield path, with_examples(path, name.removeprefix("./").rstrip("/"))


def _sources(catalogs: list[tuple[Path, Catalog]], out: str) -> Callable[[Rule], str]:
    """Links from the folder `out` to the files of rules, for those that lie in the same repository or folder."""
    root, here = Path(locate(()).root), Path(os.path.realpath(out))
    near = [(path, catalog) for path, catalog in catalogs if path.is_relative_to(root) and here.is_relative_to(root)]
    files = {rule.id: path / f"{rule.id}.yaml" for path, catalog in near for rule in catalog.rules}
    return lambda rule: Path(os.path.relpath(files[rule.id], here)).as_posix() if rule.id in files else ""


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{file.parent}: cannot be made ({error.strerror})") from None
    write_atomic(str(file), text.encode("utf-8", "backslashreplace"))


def index(rules: tuple[Rule, ...], link: Callable[[Rule], str] = lambda _rule: "") -> str:
    """The table of all rules in Markdown, by prefix; `link` says where to read of a rule, empty for nowhere."""
    lines = ["# Rules", "", _INTRODUCTION]
    for prefix, ones in groupby(sorted(rules, key=lambda rule: rule.id), key=lambda rule: rule.id.partition("/")[0]):
        lines += ["", f"## {_name(prefix)}", "", "| rule | what holds | severity | concern | presets |"]
        lines += ["|---|---|---|---|---|", *(_row(rule, link(rule)) for rule in ones)]
    return "\n".join(lines) + "\n"


def _row(rule: Rule, link: str) -> str:
    name = f"[{_name(rule.id)}]({quote(link)})" if link else _name(rule.id)
    presets_ = ", ".join(_name(preset) for preset in rule.presets)
    return f"| {name} | {markdown_text(rule.title)} | {rule.severity} | {rule.concern} | {presets_} |"


def _name(text: str) -> str:
    # Most names need no escapes, and read better without.
    return text if _PLAIN.fullmatch(text) else markdown_text(text)


def page(rule: Rule, catalog: Catalog) -> str:
    """The page of one rule in Markdown."""
    head = render(
        "rule.md.j2",
        rule=rule,
        subjects=subjects(rule),
        asks=asks(rule, catalog.check),
        presets=presets(rule),
        clauses=clauses(rule),
        options=options(rule, catalog.check),
    )
    return head + "".join(f"{text}\n" for example in rule.examples for text in _example(example))


def _example(example: Example) -> Iterator[str]:
    """Headings and fenced code, which no template could quote."""
    found = ", ".join(markdown_code(one) for one in example.finds)
    yield f"\n### {f'Bad: finds {found}' if found else 'Good'}"
    for label, files in (("before", example.before or {}), ("after" if example.before else "", example.files)):
        for name, text in files.items():
            yield f"\n{label} {markdown_code(name)}\n".replace("\n ", "\n")
            yield "\n".join(markdown_block([line(one) for one in text.rstrip("\n").split("\n")]))
