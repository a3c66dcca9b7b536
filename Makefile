# Each target sets up what it needs, on a machine where nothing was installed by hand.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

.PHONY: help setup demo test test-all test-real check matrix walkthroughs bench bench-scale one-request faults faults-processes faults-browser faults-profiles faults-night faults-machines lock clean

help: ## Show this.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

setup: $(STAMP) ## Install the locked dependencies and see that there is a browser.

demo: $(STAMP) ## Cancel two of three items in the practice store, and keep the report.
	@$(BIN)/unorder demo

# A run waits for a browser and a store as often as it computes, so there are more workers than cores.
# Each begins with a share of whole files, as what a file's tests share takes long to make. A trace of
# each run would cost a third.
PYTEST := $(BIN)/pytest -n 4 --dist worksteal --tracing=off

test: $(STAMP) ## Run the tests of every change: each thing once.
	@$(PYTEST) --durations=15 -m "not thorough" $(ARGS)

test-all: $(STAMP) ## Run every test: each quirk, layout, language and shape of a shop; an hour on two cores.
	@$(PYTEST) --durations=40 $(ARGS)

# Real shop systems, each in an environment of its own. The tests follow an adapter on each shop, and
# ask the shop's own database what became of each order.
OSCAR := .venv-oscar
PRETIX := .venv-pretix

test-real: $(STAMP) $(OSCAR)/.ready $(PRETIX)/.ready ## Install django-oscar and pretix, start them, and cancel orders in them.
	@UNORDER_OSCAR=$(OSCAR)/bin/python UNORDER_PRETIX=$(PRETIX)/bin/python $(BIN)/pytest -n 0 --tracing=off --durations=5 tests/real $(ARGS)

$(OSCAR)/.ready $(PRETIX)/.ready: .venv-%/.ready: requirements/%.txt
	@$(PYTHON) -m venv .venv-$*
	@start=$$(date +%s) && .venv-$*/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $< \
		&& echo "installed $* in $$(( $$(date +%s) - start )) s"
	@touch $@

check: $(STAMP) ## Format, lint, types, flows, tests.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/unorder check flows/
	$(PYTEST)

matrix: $(STAMP) ## Follow every cell of the cases five times, and draw docs/matrix.html.
	@$(BIN)/unorder matrix --times 5 --html docs/matrix.html $(ARGS)

walkthroughs: $(STAMP) ## Make films and the handbook of all flows, in three languages, in walkthroughs/.
	@$(BIN)/unorder film --all --language all $(ARGS)
	@$(BIN)/unorder guide --all --language all --format html,md,pdf

bench: $(STAMP) ## Measure unorder beside other ways, side by side; --write puts it into docs/performance.md.
	@$(BIN)/python -m benchmarks.speed $(ARGS)
	@$(BIN)/python -m benchmarks.blocking

bench-scale: $(STAMP) ## Measure how time, memory and disk grow with orders, runs and workers; half an hour.
	@$(BIN)/python -m benchmarks.scale $(ARGS)

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

faults-profiles: $(STAMP) ## Profiles with 2,000 mistakes that people make, checked, rehearsed and committed.
	@$(BIN)/python -m faults profiles --seeds 2000 --workers 2 $(ARGS)
	@$(BIN)/python -m faults profiles --planted --workers 2

faults-night: $(STAMP) ## A night of 200 orders in three accounts, killed five times on the way; a quarter of an hour.
	@$(BIN)/python -m faults night $(ARGS)

faults-machines: $(STAMP) ## Two machines' worth of workers on one PostgreSQL, one of them killed.
	@$(BIN)/python -m faults machines $(ARGS)

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

lock: $(STAMP) ## Resolve the dependencies again.
	$(BIN)/pip install --quiet uv
	$(COMPILE) --group dev pyproject.toml -o requirements/dev.txt
	$(COMPILE) requirements/oscar.in -o requirements/oscar.txt
	$(COMPILE) requirements/pretix.in -o requirements/pretix.txt
	$(COMPILE) requirements/robot.in -o requirements/robot.txt
	$(COMPILE) requirements/selenium.in -o requirements/selenium.txt

clean: ## Remove what was made here.
	rm -rf $(VENV) $(OSCAR) $(PRETIX) .venv-robot .venv-selenium dist .pytest_cache .mypy_cache .ruff_cache

$(STAMP): requirements/dev.txt pyproject.toml setup.sh
	@PYTHON=$(PYTHON) VENV=$(VENV) sh setup.sh
	@touch $@
