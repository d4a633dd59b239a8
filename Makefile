# Bare `make` lists the targets. Every target installs what it needs first, so each works on a fresh machine.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# Recipes are not printed: what `make demo ARGS=--json` writes on standard output is for programs.
.SILENT:
PY := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# What does not wait for each other is done at once.
MAKEFLAGS += --jobs=2

.PHONY: help setup browser demo test test-browser test-all fuzz crash check check-server check-browser packages fix bench pins clean

help: ## list the targets
	grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/installed browser ## install everything; the command is then at .venv/bin/spiff

.venv/installed: requirements/dev.txt pyproject.toml
	echo "Installing the Python parts…" >&2
	python3 -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	scripts/system-packages render
	touch $@

browser/node_modules/.package-lock.json: browser/package-lock.json browser/package.json
	echo "Installing the browser parts…" >&2
	cd browser && npm ci --no-audit --no-fund --loglevel=error >&2
	touch $@

browser: browser/node_modules/.package-lock.json ## build the browser parts into the package
	cd browser && npm run --silent build >&2

demo: setup ## start the platform and the example shop; pass options with ARGS='--port 8700'
	.venv/bin/spiff demo $(ARGS)

check: check-server check-browser ## formatting, lint, types, import rules

check-server: setup
	echo "Checking…" >&2
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

check-browser: setup
	cd browser && npm run --silent check

packages: setup
	scripts/system-packages test

test-browser: packages
	cd browser && npm test --silent

test: check test-browser ## everything CI runs: checks, both composers, the server on two databases, the journey in a browser
	.venv/bin/pytest -q --numprocesses logical --dist worksteal $(ARGS)

test-all: test ## the same, with five times as many random designs in both composers
	cd browser && SPIFF_DESIGNS=5000 SPIFF_SEED=2 npm test --silent -- composer/test/designs.test.ts

fuzz: setup ## look much longer for requests that make the server fail
	SPIFF_FUZZ_EXAMPLES=1000 .venv/bin/pytest -q tests/contracts/test_fuzz.py $(ARGS)

crash: setup ## kill programs at random moments for minutes, compare what was acknowledged with what is stored
	$(PY) -m tests.crash $(ARGS)

fix: setup ## format and mend what can be mended by a tool
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	cd browser && npm run --silent fix

bench: setup ## print the measured ratios of docs/benchmarks.md; installs the programs it compares with
	scripts/system-packages bench
	$(PY) -m benchmarks

pins: .venv/installed ## pin the versions in requirements/*.in with hashes
	for name in runtime dev build; do .venv/bin/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make pins" requirements/$$name.in -o requirements/$$name.txt; done

clean: ## remove what was built and installed
	rm -rf .venv build browser/node_modules src/spiff/web/static
