# Ashar: everything a person needs, in one place. `make` alone prints this list.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
.DEFAULT_GOAL := help

$(VENV)/.run: requirements.txt
	@test -x $(PY) || $(PYTHON) -c "import sys; sys.exit('Ashar needs Python 3.11 or newer') if sys.version_info < (3, 11) else None"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: run
run: $(VENV)/.run ## start the bot: with BOT_TOKEN in .env on Telegram, else in the sandbox in your browser
	$(PY) -m bot start

.PHONY: sandbox
sandbox: $(VENV)/.run ## start the bot in the sandbox, whatever .env says
	$(PY) -m bot sandbox

.PHONY: test
test: $(VENV)/.dev ## run all tests (on PostgreSQL as well when TEST_POSTGRES_URL is set)
	$(PY) -m pytest -n 3 --dist worksteal

.PHONY: check
check: $(VENV)/.dev ## format, lint, strict types, import contracts, words
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m tests.words

.PHONY: words
words: $(VENV)/.dev ## list missing, unused and over-long words of the three languages
	$(PY) -m tests.words

.PHONY: format
format: $(VENV)/.dev ## put the code into the house format
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

.PHONY: talk
talk: $(VENV)/.dev ## record the conversation transcripts anew (then read the diff)
	RECORD=1 $(PY) -m pytest -q tests/conversations

.PHONY: shell
shell: $(VENV)/.run ## a Python shell with the tables and the test cast bound to a database
	$(PY) -m bot shell

.PHONY: bench
bench: $(VENV)/.dev ## speed, as ratios in one run, beside a bare echo bot and the bare database
	$(PY) -m benchmarks

.PHONY: bar
bar: $(VENV)/.dev ## the heavy proofs: crashes, forged input, both databases
	$(PY) -m pytest -n 2 -m "slow or not slow"

.PHONY: requirements
requirements: $(VENV)/.dev ## compile the pinned requirements files from pyproject.toml
	$(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.txt
	$(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.txt

.PHONY: help
help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-13s %s\n' "$$name" "$$text"; done
