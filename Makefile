# `make` or `make help` lists the targets. Needed: Python >= 3.11 with venv, and make; everything else goes into $(VENV).
# Every target that needs an environment sets it up; stamps in it keep a second call from installing again.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.SUFFIXES:
.PHONY: help run test check test-oldest bench trust schema pictures docs clean
SHELL := /bin/sh

VENV ?= .venv
OLDEST = .venv-oldest
OUT ?= out/history
# PYTHON is empty unless the caller names one: then that one is used or refused, and no other is tried.
PYTHON ?=
CANDIDATES = $(if $(PYTHON),"$(PYTHON)",python3 python3.13 python3.12 python3.11 python3.14)
SUITABLE = import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

IN_VENV = $(VENV)/bin
INSTALL = $(@D)/bin/python -m pip install --quiet --disable-pip-version-check

help: ## lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile
	@echo "PYTHON=python3.12 (or a path) chooses the Python of a new environment; VENV=.venv312 puts it elsewhere; OUT=out/other is for run"

run: $(VENV)/installed ## sets up what is needed, then replays scenarios/history.toml into out/history
	$(IN_VENV)/factions run scenarios/history.toml --out "$(OUT)"

test: check ## sets up what is needed; then lint, format, types, layers, every test and doctest
	$(IN_VENV)/python -m pytest

check: $(VENV)/installed-test ## the fast part of test: lint, format, types, layers
	$(IN_VENV)/python -m ruff check .
	$(IN_VENV)/python -m ruff format --check .
	$(IN_VENV)/python -m mypy
	$(IN_VENV)/lint-imports

test-oldest: $(OLDEST)/installed-oldest ## every test, with the oldest versions that pyproject.toml allows
	$(OLDEST)/bin/python -m pytest -W default --ignore=src/factions/app  # the app needs newer versions than the rest

bench: $(VENV)/installed ## measures what running worlds costs; takes some minutes
	$(IN_VENV)/python benchmarks/bench.py

trust: $(VENV)/installed-trust ## attacks files, commands and machines, and counts what fails; takes some hours
	$(IN_VENV)/python trust

schema: $(VENV)/installed ## writes scenarios/schema.json anew from the models
	$(IN_VENV)/python -m factions.scenario.forms.schema_json

pictures: $(VENV)/installed-test ## draws the pages in docs/ anew, with the chromium of the system
	$(IN_VENV)/python docs/pictures.py

docs: $(VENV)/installed-docs ## draws the gallery, then builds the documentation into out/site; open out/site/index.html
	rm -rf out/gallery && mkdir -p out
	$(IN_VENV)/factions run history --worlds 2000 --out out/gallery/run >out/gallery.txt
	$(IN_VENV)/factions compare history testament trotsky_backs_zinoviev --worlds 1000 --out out/gallery/compare >>out/gallery.txt
	$(IN_VENV)/factions causes history --outcome ruling:right --only event --worlds 300 --out out/gallery/causes >>out/gallery.txt
	$(IN_VENV)/factions sweep history --vary safety_motive=5,10,15,20 --out out/gallery/sweep >>out/gallery.txt
	$(IN_VENV)/factions run gahuku_gama --worlds 1000 --out out/gallery/tribes >>out/gallery.txt
	$(IN_VENV)/factions run germany_2021 --worlds 1000 --out out/gallery/cabinet >>out/gallery.txt
	$(IN_VENV)/factions run spd_1914 --worlds 1000 --out out/gallery/party >>out/gallery.txt
	NO_MKDOCS_2_WARNING=1 $(IN_VENV)/python -m mkdocs build --quiet

clean: ## removes the environment and the tools' caches; results in out/ stay
	rm -rf $(VENV) $(OLDEST) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/created $(OLDEST)/created:
	@set -e; \
	for python in $(CANDIDATES); do \
	  if "$$python" -c '$(SUITABLE)' >/dev/null 2>&1; then \
	    echo "creating $(@D) with $$("$$python" --version)"; \
	    "$$python" -m venv $(@D); touch $@; exit 0; \
	  fi; \
	done; \
	echo 'make: no Python >= 3.11 with venv and pip among: '$(CANDIDATES)'; install one, or name it: make PYTHON=/path/to/python3.12' >&2; \
	exit 1

$(VENV)/installed: pyproject.toml $(VENV)/created
	$(INSTALL) --editable .
	@touch $@

$(VENV)/installed-test: pyproject.toml $(VENV)/created
	$(INSTALL) --editable '.[app,test,docs,xarray]'
	@touch $(VENV)/installed $(VENV)/installed-docs $@

$(VENV)/installed-docs: pyproject.toml $(VENV)/created
	$(INSTALL) --editable '.[docs]'
	@touch $(VENV)/installed $@

$(VENV)/installed-trust: pyproject.toml $(VENV)/created
	$(INSTALL) --editable '.[trust]'
	@touch $(VENV)/installed $@

# Old packages warn of the newer ones that they meet there, so here a warning is no error.
$(OLDEST)/installed-oldest: pyproject.toml tests/oldest.py $(OLDEST)/created
	$(@D)/bin/python tests/oldest.py >$(@D)/oldest.txt
	$(INSTALL) --constraint $(@D)/oldest.txt --editable '.[test]'
	@touch $@
