"""The rules of a ruleset over one document: which fit, what they look at, what they find, and where that is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from integrationlint.dialects.jsonpath.select import Match, PathError, Selector, compiled, select
from integrationlint.model.document import Document
from integrationlint.model.report import RunError
from integrationlint.spectral.aliases import AliasError, expressions
from integrationlint.spectral.detect import detected
from integrationlint.spectral.diagnostics import Result, reading, references, unrecognised
from integrationlint.spectral.field import targets
from integrationlint.spectral.functions.functions import find
from integrationlint.spectral.message import fill, printed_path, property_name
from integrationlint.spectral.nouns import Context, Found, Function, Path, SpectralRule
from integrationlint.spectral.places import span_of
from integrationlint.spectral.resolve import Resolved, Resolver
from integrationlint.spectral.ruleset import Ruleset, effective
from integrationlint.spectral.source import Place, written, written_in


class Ready(NamedTuple):
    """A rule with what it asks: a function, its options, and the field that it is asked of."""

    rule: SpectralRule
    asked: tuple[tuple[Function, Any, str], ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """What rules run over, what is known of it, and how a path in it leads to where that is written."""

    root: Any
    resolved: Resolved
    formats: frozenset[str]
    place: Callable[[Path], Place]
    errors: list[RunError]
    failed: set[str] = field(default_factory=set)
    memory: dict[Any, Any] = field(default_factory=dict)

    def references(self) -> frozenset[str]:
        """The places that something in the document refers to."""
        return self.resolved.references

    def fail(self, rule: str, error: Exception) -> None:
        """A rule that fails is told of once, and does not run over the rest of the tree."""
        if rule not in self.failed:
            self.failed.add(rule)
            told = (
                str(error)
                if isinstance(error, AliasError | PathError | LookupError)
                else f"{type(error).__name__}: {error}"
            )
            self.errors.append(RunError(told, rule, self.resolved.document.path))


def examine(document: Document, ruleset: Ruleset, rules: Sequence[SpectralRule], resolver: Resolver) -> list[Result]:
    """What there is to say of a document before any rule runs over it, each thing once."""
    resolved = resolver.resolved(document)
    file = resolver.references.file(document.path)
    found = [*reading(document, file, ruleset.parser_options), *references(resolved.missing)]
    wanted = {name for one in rules for name in one.formats}
    if wanted and document.value is not None and detected(resolved.root).isdisjoint(wanted):
        found.append(unrecognised(document, wanted))
    return _once(found)


def run(
    document: Document, ruleset: Ruleset, rules: Sequence[SpectralRule], resolver: Resolver, errors: list[RunError]
) -> list[Result]:
    """What rules of a ruleset have to say of a document and of what it refers to, each thing once.

    `ruleset` is the one for this file. A rule that fails is an entry in `errors`, and the others go on.
    """
    if document.value is None:
        return []
    resolved = resolver.resolved(document)
    formats = detected(resolved.root)
    fitting = [one for one in rules if not one.formats or not formats.isdisjoint(one.formats)]
    in_tree = Tree(resolved.root, resolved, formats, lambda path: written_in(resolved, path), errors)
    as_written = Tree(document.value, resolved, formats, lambda path: written(document, path), errors)
    found = [*_over(in_tree, [one for one in fitting if one.resolved], ruleset)]
    found += _over(as_written, [one for one in fitting if not one.resolved], ruleset)
    return _once(found)


def _once(found: Iterable[Result]) -> list[Result]:
    return list({(one.code, one.path or one.span, one.document.path, one.message): one for one in found}.values())


def _over(tree: Tree, rules: Iterable[SpectralRule], ruleset: Ruleset) -> list[Result]:
    by_expression = _asking(tree, rules)
    results: list[Result] = []
    for expression, match in _matches(tree, by_expression):
        for rule, asked in by_expression[expression]:
            if rule.id in tree.failed:
                continue
            try:
                found = _found(tree, rule, asked, match)
            except Exception as error:  # noqa: BLE001  a rule that crashes must not take the others with it
                tree.fail(rule.id, error)
                continue
            for one, path in found:
                result = _result(tree, rule, one, path, ruleset)
                if result.severity.number >= 0:
                    results.append(result)
    return results


def _asking(tree: Tree, rules: Iterable[SpectralRule]) -> dict[str, list[Ready]]:
    """The rules by each expression whose matches they look at."""
    asking: dict[str, list[Ready]] = {}
    for rule in rules:
        try:
            ready = Ready(rule, tuple((_function(one.function), one.options, one.field) for one in rule.then))
            for expression in dict.fromkeys(expressions(rule, tree.formats)):
                compiled(expression)
                asking.setdefault(expression, []).append(ready)
        except Exception as error:  # noqa: BLE001  a rule that cannot run must not take the others with it
            tree.fail(rule.id, error)
    return asking


def _function(name: str) -> Function:
    found = find(name)
    if found is None:
        raise LookupError(f"there is no function '{name}'")
    return found


def _matches(tree: Tree, asking: Mapping[str, list[Ready]]) -> Iterator[tuple[str, Match]]:
    """All matches of all expressions in one pass; where that fails, those of each that does not fail alone."""
    names = list(asking)
    selectors = [compiled(one) for one in names]
    try:
        for match in select(selectors, tree.root):
            yield names[match.number], match
    except Exception:  # noqa: BLE001  one expression must not take the others with it
        yield from _one_by_one(tree, asking, selectors)


def _one_by_one(
    tree: Tree, asking: Mapping[str, list[Ready]], selectors: Iterable[Selector]
) -> Iterator[tuple[str, Match]]:
    for (expression, readies), selector in zip(asking.items(), selectors, strict=True):
        try:
            for match in select([selector], tree.root):
                yield expression, match
        except Exception as error:  # noqa: BLE001  it is told as a failure of the rules that ask for it
            for ready in readies:
                tree.fail(ready.rule.id, error)


def _found(
    tree: Tree, rule: SpectralRule, asked: Iterable[tuple[Function, Any, str]], match: Match
) -> list[tuple[Found, Path]]:
    """What the functions of a rule find at a match, each with its path."""
    raw, value, path = tree.resolved.document.value, match.value, match.path
    found: list[tuple[Found, Path]] = []
    for function, options, name in asked:
        if name:
            for below, inner in targets(value, name):
                at = (*path, *below)
                context = Context(at, tree.root, raw, tree.formats, rule, tree.references, tree.memory)
                found += [(one, at if one.path is None else one.path) for one in function(inner, options, context)]
        else:
            context = Context(path, tree.root, raw, tree.formats, rule, tree.references, tree.memory)
            found += [(one, path if one.path is None else one.path) for one in function(value, options, context)]
    return found


def _result(tree: Tree, rule: SpectralRule, found: Found, path: Path, ruleset: Ruleset) -> Result:
    document, here, value, asked = tree.place(path)
    severity = ruleset.severity_at(document.path, here, rule.id, effective(rule))
    message = rule.message or rule.description
    if not message or "{{" in message or "{{" in found.message:
        name, shown = property_name(here, asked), printed_path(here)
        words = {"description": rule.description, "path": shown, "property": name, "value": value}
        error = fill(found.message, error=found.message, **words)
        message = fill(rule.message, error=error, **words) if rule.message else rule.description or error
    return Result(rule.id, severity, message.strip(), document, here, span_of(document, here))
