"""`integrationlint rules docs`."""

import os
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from integrationlint.catalog import Catalog, with_examples
from integrationlint.cli import console, gate
from integrationlint.cli.description import asks, clauses, options, presets, subjects
from integrationlint.cli.policy import Asked, policy, rule_folders
from integrationlint.cli.site import locate
from integrationlint.model.errors import InputError, UsageError
from integrationlint.model.rule import Example, Rule
from integrationlint.report.sanitise import line, markdown_block
from integrationlint.resources import folder, render
from integrationlint.source.write import write_atomic

INDEX: Final = "rules.md"
_PAGES: Final = "rules"


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
    ordered = sorted(rules, key=lambda rule: rule.id)
    groups = [
        {"prefix": prefix, "rules": [_row(rule, link(rule)) for rule in ones]}
        for prefix, ones in groupby(ordered, key=lambda rule: rule.id.partition("/")[0])
    ]
    return render("rules.md.j2", groups=groups)


def _row(rule: Rule, link: str) -> dict[str, Any]:
    said = {"id": rule.id, "title": rule.title, "severity": str(rule.severity), "concern": rule.concern}
    return {**said, "presets": ", ".join(rule.presets), "link": _markup(quote(link))}


def page(rule: Rule, catalog: Catalog) -> str:
    """The page of one rule in Markdown."""
    return render(
        "rule.md.j2",
        rule=rule,
        subjects=subjects(rule),
        asks=asks(rule, catalog.check),
        presets=presets(rule),
        clauses=clauses(rule),
        options=options(rule, catalog.check),
        examples=[_example(one) for one in rule.examples],
    )


def _example(example: Example) -> dict[str, Any]:
    title = f"Bad: finds {', '.join(example.finds)}" if example.finds else "Good"
    return {"title": title, "files": list(_files(example))}


def _files(example: Example) -> Iterator[dict[str, Any]]:
    for label, files in (("before", example.before or {}), ("after" if example.before else "", example.files)):
        for name, text in files.items():
            block = "\n".join(markdown_block([line(one) for one in text.rstrip("\n").split("\n")]))
            yield {"name": f"{label} {name}".strip(), "block": _markup(block)}


def _markup(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)  # noqa: S704  quoted URLs, and code in a fence that no line of it can end
