# `make demo` shows a whole visit, `make test` proves it; both set up all that they need. `make help` lists the rest.
SHELL := /bin/bash
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup demo test check test-pythons test-layouts test-consent bench bench-quick bench-soak fuzz audit run technician translations pictures lock clean

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## install what is missing: Debian packages, .venv, the pinned libraries
	@packaging/linux/setup.sh

DEMO_ARGS ?= --out build/demo
demo: setup ## one whole visit on this machine, nothing mocked (DEMO_ARGS="--out DIR")
	@$(BIN)/remotehelp demo $(DEMO_ARGS)

test: check ## everything: layers, style, types, all tests (TEST_ARGS="-k name")
	@packaging/linux/test.sh $(BIN)/python $(TEST_ARGS)

check: setup ## layers, style and types only
	$(BIN)/lint-imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test-pythons: ## all tests with each Python from 3.11 to 3.13 that is found, in environments under build/
	@packaging/linux/test_pythons.sh $(TEST_ARGS)

test-layouts: setup ## every keyboard layout against each other one, in two programs (8 minutes)
	$(BIN)/python -m pytest tests/layouts $(TEST_ARGS)

test-consent: setup ## a thousand questions under attack by everything that a technician can press (an hour; CONSENT_DIALOGS=N)
	CONSENT_DIALOGS=$(or $(CONSENT_DIALOGS),1000) $(BIN)/python -m pytest tests/e2e/test_consent.py -s -k ever_allows

bench: setup ## picture and hands beside six peers, at most an hour: a table, and build/bench.json (root)
	@packaging/linux/bench_peers.sh
	@$(BIN)/python -m tests.benchmarks.bench $(BENCH_ARGS)

bench-quick: setup ## the same beside TigerVNC alone, in five minutes
	@packaging/linux/bench_peers.sh quick
	@$(BIN)/python -m tests.benchmarks.bench --quick $(BENCH_ARGS)

bench-soak: setup ## one visit of 30 minutes: does memory stay flat? (root; SOAK_ARGS="--minutes N")
	@packaging/linux/bench_peers.sh quick
	@$(BIN)/python -m tests.benchmarks.soak $(SOAK_ARGS)

fuzz: setup ## every parser under atheris for an hour (FUZZ_ARGS="--minutes N --only NAME ...")
	@[ -d build/fuzz/atheris ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--target build/fuzz/atheris -r tests/fuzz/atheris.lock
	@$(BIN)/python -m tests.fuzz.fuzz $(FUZZ_ARGS)

AUDIT := build/audit/bin
audit: setup ## known weaknesses of the pinned libraries; the licence of everything that is bundled
	@[ -x $(AUDIT)/pip-audit ] || { $(BIN)/python -m venv build/audit && $(AUDIT)/python -m pip install --quiet \
		--disable-pip-version-check --require-hashes -r packaging/audit/audit.lock; }
	@$(BIN)/python packaging/audit/audit.py

run: setup ## the customer's window on this desktop (ARGS="...")
	@$(BIN)/remotehelp $(ARGS)

technician: setup ## the technician's window on this desktop (ARGS="--camera FILE")
	@$(BIN)/remotehelp technician $(ARGS)

TRANSLATIONS := resources/translations
TRANSLATED := $(sort $(shell find ui -name '*.py')) remotehelp/sentences.py
LUPDATE := $(BIN)/pyside6-lupdate -silent -locations none -no-obsolete
translations: setup ## collect every string for translation; make what the program loads from what is translated
	@$(LUPDATE) -target-language de $(TRANSLATED) -ts $(TRANSLATIONS)/remotehelp_de.ts
	@$(LUPDATE) -target-language en -pluralonly $(TRANSLATED) -ts $(TRANSLATIONS)/remotehelp_en.ts
	@$(BIN)/pyside6-lrelease -silent -fail-on-unfinished $(TRANSLATIONS)/*.ts

pictures: setup ## renew the reference pictures of all windows; look at each before you commit it
	@$(BIN)/python -m tests.helpers.reference_pictures

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: ## pin the newest libraries that pyproject.toml allows (needs uv)
	@command -v uv >/dev/null || { echo "Please install uv first; it works out the pinned versions." >&2; exit 1; }
	$(COMPILE) --upgrade pyproject.toml --group test -o requirements.lock
	$(COMPILE) --upgrade --group pyproject.toml:build -o packaging/linux/build.lock
	$(COMPILE) --upgrade --group pyproject.toml:fuzz -o tests/fuzz/atheris.lock
	$(COMPILE) --upgrade --group pyproject.toml:audit -o packaging/audit/audit.lock

clean: ## remove what was built and cached (.venv stays)
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find remotehelp ui tests -name __pycache__ -type d -prune -exec rm -rf {} +
