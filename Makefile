# Each target does everything it needs, from a fresh clone, with python3 (3.11 or later), git and make.
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test check format golden docs bench peers clean

help:
	@echo "make demo    lint the example estate, then show what a change to it breaks, and whom"
	@echo "make test    run the tests"
	@echo "make check   format, lint, types, import contracts and tests: what CI runs"
	@echo "make golden  rewrite the golden files (review them as diffs)"
	@echo "make docs    write the generated pages of docs/ anew"
	@echo "make bench   measure, and compare with the peers that are installed (make peers installs them with npm)"

$(VENV)/.ready: pyproject.toml constraints.txt hatch_build.py
	python3 -c 'import sys; sys.exit("integrationlint needs Python 3.11 or later, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	touch $@

demo: $(VENV)/.ready
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/demo.sh

test: $(VENV)/.ready
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto

format: $(VENV)/.ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(VENV)/.ready
	$(BIN)/python -m pytest --golden

docs: $(VENV)/.ready
	$(BIN)/integrationlint rules docs --out docs

peers:
	cd bench && npm install --no-package-lock --no-save --silent @stoplight/spectral-cli @redocly/cli

bench: $(VENV)/.ready
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache bench/node_modules
