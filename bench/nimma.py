"""Compare our JSONPath with the engines that Spectral uses (nimma, jsonpath-plus): expressions times documents.

Needs node and the installed packages (`npm install @stoplight/spectral-core` in bench/). A filter that throws is no
match on either side: that is our deliberate difference, and how often the engines would give up is counted beside it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from integrationlint.dialects.jsonpath.select import PathError, compiled, select  # noqa: E402
from integrationlint.model.limits import DEFAULT_LIMITS  # noqa: E402
from integrationlint.parse.parsers import parse  # noqa: E402

SHARED = HERE.parent.parent / "shared"
EXPRESSIONS = SHARED / "conformance" / "spectral" / "given-expressions.json"
# How many documents of which size in bytes are taken from which folder of the corpus.
FOLDERS = {"openapi/v2": 4, "openapi/v3.0": 5, "openapi/v3.1": 4, "contracts/asyncapi": 4}
SIZES = range(2_000, 150_000)

SCRIPT = """
const { readFileSync, writeFileSync } = require('fs');
const { createRequire } = require('module');
const [modules, input, output] = process.argv.slice(2);
const need = createRequire(modules + '/x.js');
const Nimma = need('nimma/legacy').default;
const { jsonPathPlus } = need('nimma/fallbacks');
const plus = jsonPathPlus.runtimeDeps.get('nimma_JSONPath');
let forgiving = true;
jsonPathPlus.runtimeDeps.set('nimma_JSONPath', o => plus({ ...o, ignoreEvalErrors: forgiving }));

function run(expression, document, lenient) {
  forgiving = lenient;
  const found = [];
  try {
    // Beside any expression that begins with '..' nimma walks all of a document; alone it has zones, which miss some.
    const one = new Nimma([expression, '$..nothing-has-this-name'], {
      fallback: jsonPathPlus, unsafe: false, output: 'auto', customShorthands: {},
    });
    if (lenient) one.sourceCode = one.sourceCode.replace(/^ *tree\\[".*"\\]\\(scope\\);$/gm, 'try {$&} catch {}');
    one.query(document, { [expression]: ({ path, value }) => {
      const steps = Array.from(path, String);
      found.push([steps[0] === '$' ? steps.slice(1) : steps, expression.includes('~') ? String(value) : null]);
    }, '$..nothing-has-this-name': () => {} });
  } catch (error) {
    return { failed: String(error.message).slice(0, 200) };
  }
  return { found };
}

const { expressions, documents } = JSON.parse(readFileSync(input));
const results = [];
for (const document of documents) {
  for (const expression of expressions) {
    const result = run(expression, document, true);
    result.aborts = 'failed' in run(expression, document, false);
    results.push(result);
  }
}
writeFileSync(output, JSON.stringify(results));
"""


def documents(many: int) -> dict[str, Any]:
    """Name and value of documents of the corpus, spread evenly over the files of each folder."""
    found: dict[str, Any] = {}
    for folder, count in FOLDERS.items():
        root = SHARED / "corpus" / folder
        files = sorted(
            one for one in root.rglob("*") if one.suffix in (".yaml", ".yml", ".json") and one.stat().st_size in SIZES
        )
        for file in files[:: max(1, len(files) // (count * many))][: count * many]:
            value = parse(str(file), file.read_bytes(), DEFAULT_LIMITS).value
            if isinstance(value, dict):
                found[str(file.relative_to(SHARED))] = value
    return found


def theirs(expressions: list[str], values: list[Any], modules: Path) -> list[dict[str, Any]]:
    """What the engines find, document by document, expression by expression."""
    with tempfile.TemporaryDirectory() as folder:
        script, asked, told = (Path(folder) / name for name in ("run.cjs", "in.json", "out.json"))
        script.write_text(SCRIPT, encoding="utf-8")
        asked.write_text(json.dumps({"expressions": expressions, "documents": values}, default=str), encoding="utf-8")
        subprocess.run(["node", str(script), str(modules.resolve()), str(asked), str(told)], check=True)
        return list(json.loads(told.read_text(encoding="utf-8")))


def ours(expression: str, value: Any) -> set[tuple[Any, ...]] | str:
    """What we find in the same form, or why the expression is refused."""
    try:
        selector = compiled(expression)
    except PathError as error:
        return error.message
    keyed = selector.expression.keyed
    return {(tuple(map(str, one.path)), str(one.value) if keyed else None) for one in select([selector], value)}


def difference(result: dict[str, Any], mine: set[tuple[Any, ...]] | str) -> str:
    """What only they find, and what only we find, a few of each."""
    if "failed" in result or isinstance(mine, str):
        return f"  theirs {result.get('failed', 'matches')}\n  ours   {mine if isinstance(mine, str) else 'matches'}"
    found = {(tuple(path), key) for path, key in result["found"]}
    return f"  theirs {sorted(found - mine, key=str)[:5]}\n  ours   {sorted(mine - found, key=str)[:5]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=1, help="times as many documents")
    parser.add_argument("--modules", type=Path, default=HERE / "node_modules", help="where the packages are installed")
    parser.add_argument("--show", type=int, default=10, help="differences to show")
    given = parser.parse_args()
    rows = json.loads(EXPRESSIONS.read_text(encoding="utf-8"))
    expressions = sorted({row[2] for row in rows if not row[2].startswith("#")})
    corpus = documents(given.many)
    told = theirs(expressions, list(corpus.values()), given.modules)
    tally: Counter[str] = Counter()
    different: Counter[str] = Counter()
    for (name, expression), result in zip(((n, e) for n in corpus for e in expressions), told, strict=True):
        tally["pairs"] += 1
        tally["pairs in which an engine aborts on a filter"] += result["aborts"]
        mine = ours(expression, corpus[name])
        if "failed" in result or isinstance(mine, str):
            same = "failed" in result and isinstance(mine, str)
        else:
            same = mine == {(tuple(path), key) for path, key in result["found"]}
        tally["agree"] += same
        tally["agree, with matches"] += same and bool(result.get("found"))
        if not same:
            different[expression] += 1
            if different[expression] == 1 and len(different) <= given.show:
                print(f"{expression!r} in {name}:\n{difference(result, mine)}")
    for what, count in tally.items():
        print(f"{count:8d} {what}")
    print(
        f"{100 * tally['agree'] / tally['pairs']:8.2f} % agree; {len(different)} expressions differ: {dict(different)}"
    )


if __name__ == "__main__":
    main()
