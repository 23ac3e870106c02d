"""`integrationlint init`."""

from collections import Counter
from typing import Annotated, Final

from typer import Option

from integrationlint import __version__
from integrationlint.cli import console, gate
from integrationlint.cli.policy import Policy
from integrationlint.cli.site import Site, locate
from integrationlint.cli.snapshots import work_tree
from integrationlint.catalog import Catalog
from integrationlint.formats.formats import recognise
from integrationlint.model.errors import InputError
from integrationlint.model.settings import Settings
from integrationlint.parse.parsers import parse
from integrationlint.report.sanitise import line
from integrationlint.resources import render
from integrationlint.source.write import write_atomic

CONFIGURATION: Final = ".integrationlint.yaml"
HOOKS: Final = ".pre-commit-config.yaml"
WORKFLOW: Final = ".github/workflows/integrationlint.yml"
# Files that tell of another home of the pipeline.
_OTHER_CI: Final = (".gitlab-ci.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", "Jenkinsfile", ".circleci")
