"""Measure integrationlint, and the peers that are installed, in one run; figures are medians, ratios are against us."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CORPUS = ROOT.parent / "shared" / "corpus"


@dataclass
class Timing:
    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    status: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def once(command: list[str], timing: Timing, cwd: Path) -> None:
    """Run a command, keeping its wall time and its peak memory (its own, not its children's)."""
    start = time.perf_counter()
    with open(os.devnull, "wb") as sink:
        process = subprocess.Popen(command, cwd=cwd, stdout=sink, stderr=sink)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    timing.seconds.append(time.perf_counter() - start)
    timing.megabytes = max(timing.megabytes, usage.ru_maxrss / 1024)
    timing.status = process.returncode


def measured(commands: dict[str, list[str]], rounds: int, cwd: Path) -> dict[str, Timing]:
    """All commands in turn, round by round, so that a busy moment of the machine meets all of them."""
    timings = {name: Timing() for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            once(command, timings[name], cwd)
    return timings


def show(title: str, timings: dict[str, Timing], against: str) -> None:
    print(f"\n{title}")
    ours = timings[against].median
    for name, timing in timings.items():
        ratio = timing.median / ours
        print(f"  {name:34} {timing.median:8.3f} s  x{ratio:6.2f}  {timing.megabytes:7.0f} MB  exit {timing.status}")


def peer(name: str) -> str | None:
    local = HERE / "node_modules" / ".bin" / name
    return str(local) if local.exists() else shutil.which(name)


def small_contract(folder: Path) -> Path:
    """A contract of about two kilobytes."""
    operation = "    get:\n      operationId: list%d\n      responses: {'200': {description: All of them}}\n"
    paths = "".join(f"  /things-{number}:\n{operation % number}" for number in range(18))
    path = folder / "small.yaml"
    path.write_text(f"openapi: 3.1.0\ninfo: {{title: Small, version: 1.0.0}}\npaths:\n{paths}", encoding="utf-8")
    return path


def startup(rounds: int, folder: Path) -> None:
    path = small_contract(folder)
    python = sys.executable
    commands = {
        "integrationlint lint small.yaml": [python, "-m", "integrationlint", "lint", str(path)],
        "python -c 'import json, typer'": [python, "-c", "import json, typer"],
        "python -c 'pass'": [python, "-c", "pass"],
    }
    show(f"start-up, {path.stat().st_size} bytes", measured(commands, rounds, folder), "python -c 'import json, typer'")


def contract(path: Path, rounds: int, folder: Path) -> None:
    lint = [sys.executable, "-m", "integrationlint", "lint", str(path)]
    commands = {
        "integrationlint (recommended)": lint,
        "integrationlint (all rules)": [*lint, "--ruleset", "all"],
        "integrationlint (spectral:oas)": [*lint, "--ruleset", "spectral:oas"],
    }
    spectral, redocly = peer("spectral"), peer("redocly")
    ruleset = folder / "spectral.yaml"
    ruleset.write_text("extends: ['spectral:oas']\n", encoding="utf-8")
    if spectral:
        commands["spectral lint (spectral:oas)"] = [spectral, "lint", "-r", str(ruleset), str(path)]
    if redocly:
        commands["redocly lint (recommended)"] = [redocly, "lint", str(path)]
    size = path.stat().st_size / 1e6
    show(f"{path.name}, {size:.1f} MB", measured(commands, rounds, folder), "integrationlint (all rules)")


def contract_of(size: int, folder: Path) -> Path:
    """A contract of about so many bytes: as many resources as it takes, all of one shape."""
    resource = (
        "  /things-{0}/{{id}}:\n    get:\n      operationId: getThing{0}\n      summary: Find thing {0}\n"
        "      parameters: [{{name: id, in: path, required: true, schema: {{type: string, maxLength: 36}}}}]\n"
        "      responses:\n        '200':\n          description: The thing\n          content:\n"
        "            application/json:\n              schema: {{$ref: '#/components/schemas/Thing{0}'}}\n"
    )
    schema = (
        "    Thing{0}:\n      type: object\n      required: [id]\n      properties:\n"
        "        id: {{type: string, description: What it is called everywhere}}\n"
        "        createdAt: {{type: string, format: date-time, description: When it came to be}}\n"
        "        weight: {{type: number, format: double, description: In kilograms}}\n"
    )
    many = range(max(1, size // (len(resource) + len(schema))))
    paths, schemas = ("".join(one.format(number) for number in many) for one in (resource, schema))
    path = folder / f"of-{size}.yaml"
    head = "openapi: 3.0.3\ninfo: {title: Things, version: 1.0.0}\n"
    path.write_text(f"{head}paths:\n{paths}components:\n  schemas:\n{schemas}", encoding="utf-8")
    return path


def growth(rounds: int, folder: Path) -> None:
    """Seconds for each megabyte, start-up taken off, of contracts that differ in size alone."""
    sizes = (10_000, 100_000, 1_000_000, 3_500_000)
    paths = {size: contract_of(size, folder) for size in (1, *sizes)}
    for title, more in (("recommended", []), ("spectral:oas", ["--ruleset", "spectral:oas"])):
        program = [sys.executable, "-m", "integrationlint", "lint", "--jobs", "1", *more]
        timings = measured({str(size): [*program, str(path)] for size, path in paths.items()}, rounds, folder)
        start = timings["1"].median
        print(f"\nseconds for each megabyte, {title} (start-up {start:.3f} s taken off)")
        for size in sizes:
            megabytes = paths[size].stat().st_size / 1e6
            print(f"  {megabytes:6.2f} MB  {(timings[str(size)].median - start) / megabytes:6.3f} s/MB")


def edited(path: Path, folder: Path) -> Path:
    """The contract after an afternoon's work: some bounds, fields and texts are not what they were."""
    text = path.read_text(encoding="utf-8")
    for old, new in (("maxLength: 5000", "maxLength: 500"), ("description: |-", "description: |"), ("'404'", "'410'")):
        text = text.replace(old, new, 40)
    target = folder / f"edited-{path.name}"
    target.write_text(text, encoding="utf-8")
    return target


def comparison(path: Path, rounds: int, folder: Path) -> None:
    other = edited(path, folder)
    program = [sys.executable, "-m", "integrationlint"]
    commands = {
        "integrationlint lint (old)": [*program, "lint", str(path)],
        "integrationlint diff (old, new)": [*program, "diff", str(path), str(other)],
    }
    show(f"two revisions of {path.name}", measured(commands, rounds, folder), "integrationlint lint (old)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="contracts to lint (default: the large ones of the corpus)")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    files = options.files or sorted((CORPUS / "openapi" / "large").glob("*.yaml"))
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {options.rounds} rounds, medians")
    for name in ("spectral", "redocly"):
        if peer(name) is None:
            print(f"{name} is not installed: left out (make peers)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        startup(options.rounds * 3, folder)
        growth(options.rounds, folder)
        for path in files:
            contract(path.resolve(), options.rounds, folder)
        for path in [one for one in files if "stripe" in one.name]:
            comparison(path.resolve(), options.rounds, folder)


if __name__ == "__main__":
    main()
