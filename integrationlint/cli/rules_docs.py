"""`integrationlint rules docs`."""

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from integrationlint.catalog import Catalog, with_examples
from integrationlint.cli import console, gate
from integrationlint.cli.description import asks, clauses, options, presets, subjects
from integrationlint.cli.policy import Asked, policy, rule_folders
from integrationlint.cli.site import locate
from integrationlint.model.errors import InputError
from integrationlint.model.rule import Example, Rule
from integrationlint.report.sanitise import line, markdown_block
from integrationlint.resources import render
from integrationlint.source.write import write_atomic

_SOURCES: Final = "../rules/"


def written(out: str, config: str) -> int:
    """Print the index, or write it and a page for each rule into the folder `out`."""
    if not out:
        console.result(index(with_examples().rules, lambda rule: f"{_SOURCES}{rule.id}.yaml"))
        return gate.PASSED
    folders = rule_folders(policy(locate((), config), Asked(config)).settings)
    catalogs = [with_examples(), *(with_examples(path, name.removeprefix("./").rstrip("/")) for name, path in folders)]
    pages = {f"{rule.id}.md": page(rule, catalog) for catalog in catalogs for rule in catalog.rules}
    rules = tuple(rule for catalog in catalogs for rule in catalog.rules)
    pages["index.md"] = index(rules, lambda rule: f"{rule.id}.md")
    for name, text in pages.items():
        _write(Path(out) / name, text)
    console.result(f"{len(pages)} pages in {line(out)}\n")
    return gate.PASSED


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{file.parent}: cannot be made ({error.strerror})") from None
    write_atomic(str(file), text.encode("utf-8", "backslashreplace"))


def index(rules: tuple[Rule, ...], link: Callable[[Rule], str]) -> str:
    """The table of all rules in Markdown, by prefix."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    groups = [
        {"prefix": prefix, "rules": [_row(rule, link(rule)) for rule in ones]}
        for prefix, ones in groupby(ordered, key=lambda rule: rule.id.partition("/")[0])
    ]
    return render("rules.md.j2", count=len(ordered), groups=groups)


def _row(rule: Rule, link: str) -> dict[str, Any]:
    said = {"id": rule.id, "title": rule.title, "severity": str(rule.severity), "concern": rule.concern}
    return {**said, "presets": ", ".join(rule.presets), "link": _markup(link)}


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

    return Markup(text)  # noqa: S704  ids of rules, and code in a fence that no line of it can end
