# Each target sets up what it needs, on a machine where nothing was installed by hand.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

.PHONY: help setup demo test test-all test-real check matrix bench one-request faults faults-processes faults-browser lock clean

help: ## Show this.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

setup: $(STAMP) ## Install the locked dependencies and see that there is a browser.

demo: $(STAMP) ## Cancel two of three items in the practice store, and keep the report.
	@$(BIN)/unorder demo

# What was seen to pass in one tree. Everything else is in
# `make test-all`, and belongs here again as soon as all of it passes.
PROVED := tests/unit tests/jobs tests/walkthrough tests/safety/test_hostile_files.py \
  tests/faults/test_house.py tests/faults/test_checker.py tests/faults/test_proxy.py

test: $(STAMP) ## Run the tests that were seen to pass together.
	@$(BIN)/pytest -n 2 --tracing=off --durations=10 $(PROVED) $(ARGS)

test-all: $(STAMP) ## Run every test.
	@$(BIN)/pytest -n 2 --tracing=off --durations=10 $(ARGS)  # a trace of each run costs a third

# A real shop system, in an environment of its own. Its adapter is followed on it, and its own
# database is asked what became of each order.
OSCAR := .venv-oscar

test-real: $(STAMP) $(OSCAR)/.ready ## Install django-oscar, start it, and cancel orders in it.
	@UNORDER_OSCAR=$(OSCAR)/bin/python $(BIN)/pytest -n 0 --tracing=off tests/real $(ARGS)

$(OSCAR)/.ready: requirements/oscar.txt
	@$(PYTHON) -m venv $(OSCAR)
	@$(OSCAR)/bin/pip install --quiet --no-deps -r requirements/oscar.txt
	@touch $@

check: $(STAMP) ## Format, lint, types, flows, tests.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/unorder check flows/
	$(BIN)/pytest -n 2

matrix: $(STAMP) ## Follow every cell of the cases five times, and draw docs/matrix.html.
	@$(BIN)/unorder matrix --times 5 --html docs/matrix.html $(ARGS)

bench: $(STAMP) ## Measure what the safety costs.
	@$(BIN)/python -m benchmarks.cancel_items $(ARGS)

one-request: $(STAMP) ## Measure what a store receives of one click, way by way.
	@$(BIN)/python -m benchmarks.one_request $(ARGS)

faults: $(STAMP) ## Try the protocol on 30,000 simulated bad days, and see that planted bugs are caught.
	@$(BIN)/python -m faults simulate $(ARGS)
	@$(BIN)/python -m faults mutants

faults-processes: $(STAMP) ## The same with real processes, signals, full disks and damaged journals.
	@$(BIN)/python -m faults processes --seeds 1000 --workers 3 $(ARGS)
	@$(BIN)/python -m faults damage

faults-browser: $(STAMP) ## The same with a real browser, the store and a proxy; takes an hour or two.
	@$(BIN)/python -m faults browser --seeds 200 $(ARGS)
	@$(BIN)/python -m faults browser --seeds 200 --term $(ARGS)

lock: $(STAMP) ## Resolve the dependencies again.
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --group dev pyproject.toml -o requirements/dev.txt

clean: ## Remove what was made here.
	rm -rf $(VENV) $(OSCAR) dist .pytest_cache .mypy_cache .ruff_cache

$(STAMP): requirements/dev.txt pyproject.toml setup.sh
	@PYTHON=$(PYTHON) VENV=$(VENV) sh setup.sh
	@touch $@
