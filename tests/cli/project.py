"""What the tests of the command line share: a folder to work in, documents to put there, and what a run came to."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# A document with one finding of oas/path-case, whatever other rules there are.
API = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  /purchaseOrders:
    get:
      operationId: listOrders
      responses:
        "200":
          description: The orders
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Order"}
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: {type: string}
        note: {type: string}
"""
GOOD = API.replace("/purchaseOrders", "/purchase-orders")
# Only these rules, so that a new built-in rule changes no test.
CONFIG = "extends: []\nrules: {oas/path-case: warning, any/parseable: error}\n"
BREAKING = GOOD.replace("      required: [id]\n", "").replace("        id: {type: string}\n", "")


@dataclass(frozen=True)
class Result:
    """What a command line came to."""

    code: int
    out: str
    err: str


Cli = Callable[..., Result]


@dataclass(frozen=True)
class Project:
    """A folder, perhaps with a repository in it."""

    root: Path

    def write(self, path: str, text: str | bytes = API) -> Path:
        """A file, with the folders above it."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def git(self, *arguments: str) -> str:
        """The output of a git command."""
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def commit(self, **files: str) -> str:
        """Write and commit everything; keywords are names without `.yaml`. The object id."""
        for name, text in files.items():
            self.write(f"{name}.yaml", text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")
        return self.git("rev-parse", "HEAD")
