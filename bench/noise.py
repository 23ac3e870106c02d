"""How loud each rule of a preset is over a folder of contracts: documents hit, and findings, loudest first."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "openapi"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--ruleset", default="recommended")
    options = parser.parse_args()
    command = [sys.executable, "-m", "integrationlint", "lint", ".", "--no-config", "--exit-zero", "--format", "json"]
    command += ["--ruleset", options.ruleset]
    report = json.loads(subprocess.run(command, cwd=options.folder, capture_output=True, check=True).stdout)
    documents = {one["file"] for one in report["documents"]}
    hit: dict[str, set[str]] = defaultdict(set)
    count: Counter[str] = Counter()
    for finding in report["findings"]:
        hit[finding["rule"]].add(finding["file"])
        count[finding["rule"]] += 1
    print(f"{len(documents)} documents, {sum(count.values())} findings\n")
    print("| rule | documents | of all | findings |\n|---|---|---|---|")
    for rule in sorted(hit, key=lambda one: (-len(hit[one]), one)):
        print(f"| {rule} | {len(hit[rule])} | {len(hit[rule]) / len(documents):.0%} | {count[rule]} |")


if __name__ == "__main__":
    main()
