"""`integrationlint init`."""

from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Annotated, Final

from typer import Option

from integrationlint import __version__
from integrationlint.catalog import Catalog
from integrationlint.cli import console, gate
from integrationlint.cli.detect import recognised
from integrationlint.cli.policy import Policy
from integrationlint.cli.site import Site, locate
from integrationlint.cli.snapshots import work_tree
from integrationlint.config.files import NAMES, find
from integrationlint.model.errors import InputError
from integrationlint.model.report import DocumentInfo
from integrationlint.model.settings import Settings
from integrationlint.resources import render
from integrationlint.source.write import write_atomic

HOOKS: Final = ".pre-commit-config.yaml"
WORKFLOW: Final = ".github/workflows/integrationlint.yml"
# Where Spectral looks for its ruleset; what is JavaScript is only told of.
_SPECTRAL: Final = (".spectral.yaml", ".spectral.yml", ".spectral.json")
_SPECTRAL_CODE: Final = (".spectral.js", ".spectral.mjs", ".spectral.ts")
# Files that tell of another home of the pipeline.
_OTHER_CI: Final = (".gitlab-ci.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", "Jenkinsfile", ".circleci")

Force = Annotated[bool, Option("--force", help="Replace files that exist.")]


def init(*, force: Force = False) -> int:
    """Write a configuration, hooks and a workflow.

    They are for pre-commit and GitHub, and made by what is in this repository. Nothing that exists is replaced
    without --force.
    """
    site = replace(locate((), no_config=True), given=("",))
    found = _documents(site)
    counts = Counter(one.format for one in found)
    kinds = ", ".join(f"{counts[name]} {name}" for name in sorted(counts)) or "no artifact yet"
    requirement = f"integrationlint=={__version__}"
    console.say(f"found in {site.root}: {kinds}")
    present = find(Path(site.root), Path(site.root))
    config = render("config.yaml.j2", found=kinds, ruleset=_ruleset(site))
    _put(site, present.name if present else NAMES[0], config, force=force)
    hooks = render("pre-commit.yaml.j2", requirement=requirement, files=_pattern(found))
    if not _put(site, HOOKS, hooks, force=force) and "integrationlint" not in _text(site.place(HOOKS)):
        console.say(f"add this to {HOOKS}:")
        console.result(hooks)
    elsewhere = next((name for name in _OTHER_CI if site.place(name).exists()), "")
    if elsewhere and not site.place(".github").exists():
        console.say(f"no workflow for GitHub, because there is {elsewhere}: run 'integrationlint lint' there")
    else:
        _put(site, WORKFLOW, render("github-workflow.yaml.j2", requirement=requirement), force=force)
    console.say("next: integrationlint lint")
    return gate.PASSED


def _documents(site: Site) -> list[DocumentInfo]:
    policy = Policy(Settings(root=site.root), Catalog(()))
    return [one for one in recognised(work_tree(site, policy), policy) if isinstance(one, DocumentInfo)]


def _ruleset(site: Site) -> str:
    """The Spectral ruleset of the repository, as `extends` takes it; empty without one."""
    code = next((name for name in _SPECTRAL_CODE if site.place(name).is_file()), "")
    if code:
        console.say(f"{code} is JavaScript, which is never run: docs/spectral.md says how to move its rules")
    found = next((name for name in _SPECTRAL if site.place(name).is_file()), "")
    if found:
        console.say(f"extends your Spectral ruleset {found}")
    return f"./{found}" if found else ""


def _pattern(found: list[DocumentInfo]) -> str:
    """A regular expression of the endings of the files that are artifacts; of the usual ones where there are none."""
    endings = sorted({PurePosixPath(one.file).suffix[1:].lower() for one in found} - {""})
    return rf"\.({'|'.join(endings or ['yaml', 'yml', 'json', 'xml', 'xsd', 'wsdl'])})$"


def _put(site: Site, path: str, text: str, *, force: bool) -> bool:
    """Write a file; False, and said so, when there is one already."""
    place = site.place(path)
    if place.exists() and not force:
        console.say(f"kept  {path} (--force replaces it)")
        return False
    if path == "pyproject.toml":
        console.say(f"kept  {path}, which holds the configuration")
        return False
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{place.parent}: cannot be made ({error.strerror})") from None
    write_atomic(str(place), text.encode())
    console.say(f"wrote {path}")
    return True


def _text(place: Path) -> str:
    return place.read_text(encoding="utf-8", errors="replace")
