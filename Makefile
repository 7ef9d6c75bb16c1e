# Every target prepares what it needs; Python 3.11 or later and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
PORT ?= 8000
SIZE ?= town
.DEFAULT_GOAL := help

help: ## Show this help
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/ready: requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Opvangloket needs Python 3.11 or later; PYTHON=/path/to/python3 make … chooses one."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "Python cannot make a virtual environment: install its venv package (Debian: apt install python3-venv)."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/ready-test: $(VENV)/ready requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

setup: $(VENV)/ready ## Prepare .venv with the opvangloket command

demo: setup ## A whole town to try: the territory of Ninove, with a login link per role
	@$(BIN)/opvangloket demo --port $(PORT)

test: $(VENV)/ready-test ## All tests
	$(BIN)/python -m pytest -n $(WORKERS)

check: export OPVANGLOKET_BROWSER = required
check: lint types contracts migrations browser test ## Exactly what CI does

browser: $(VENV)/ready-test # Chromium: the one on the path, else installed (as root by apt, else by playwright)
	@command -v chromium || command -v chromium-browser || command -v google-chrome || \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; \
		else $(BIN)/playwright install chromium; fi || \
		{ echo "No browser could be installed: install Chromium and try again."; exit 1; }

e2e: browser ## The journeys in a real browser
	OPVANGLOKET_BROWSER=required $(BIN)/python -m pytest -m e2e -n $(WORKERS)

slow: browser ## The same journeys on a slow machine, where what is not waited for shows (twenty minutes)
	OPVANGLOKET_BROWSER=required $(BIN)/python -m pytest -p tests.slow -m e2e -n $(WORKERS) \
		--deselect tests/e2e/test_axe_everywhere.py

faults: $(VENV)/ready-test ## Kill web and worker at every moment of a question's way (minutes)
	OPVANGLOKET_EVERY_MOMENT=yes $(BIN)/python -m pytest -m faults -n $(WORKERS) -s

bench: $(VENV)/ready ## The time of each page beside its floor, and of each sweep (SIZE=flanders for all of Flanders)
	$(BIN)/python -m benchmarks.pages --size $(SIZE)
	$(BIN)/python -m benchmarks.sweeps --size $(SIZE)
	$(BIN)/python -m benchmarks.asking

screenshots: browser ## The pictures of the README, in docs/images
	$(BIN)/python -m tests.screenshots

lint: $(VENV)/ready-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/ready-test
	$(BIN)/mypy

contracts: $(VENV)/ready-test
	$(BIN)/lint-imports --no-cache

migrations: $(VENV)/ready-test
	OPVANGLOKET_VAR=var/test OPVANGLOKET_PLAYGROUND=yes $(BIN)/opvangloket django makemigrations --check --dry-run

lock: $(VENV)/ready-test ## Pin the dependencies anew, by hash and without addresses
	$(BIN)/python -m pip install --quiet uv
	for extras in "base --extra build" "test --extra build --extra test"; do set -- $$extras; name=$$1; shift; \
		UV_NO_CONFIG=1 $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate -q "$$@" -o requirements/$$name.txt; done

format: $(VENV)/ready-test ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only -q .

clean: ## Remove the environment and the demo's data
	rm -rf $(VENV) var

.PHONY: help setup demo test check browser e2e slow faults bench screenshots lint types contracts migrations lock format clean
