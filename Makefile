# The same commands for people and for CI. `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
SITE ?= site

export PYTHONPATH := hooks
export NO_MKDOCS_2_WARNING := 1
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help serve build check changes schema permalinks check-links test bench-search lint format lock browser clean bench-check status audit

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/site ## Build the site and serve it with live reload (PORT=8000)
	@$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: $(VENV)/site ## Build the site into site/ (SITE_URL=https://… sets its address)
	@SITE_DIR=$(SITE) $(BIN)/mkdocs build --strict --quiet
	@echo "Built $(SITE)/."

check: $(VENV)/site ## List every problem in the catalogue (BASE=… holds the changes against it)
	@$(BIN)/python -m errorcatalog check $(if $(BASE),--base '$(BASE)') $(if $(FIRST),--first)

changes: $(VENV)/site ## Propose entries for the list of changes (BASE=file, address or git revision)
	@$(BIN)/python -m errorcatalog changes $(if $(BASE),--base '$(BASE)')

schema: $(VENV)/site ## Write the schema by which editors complete and check the catalogue's files
	@$(BIN)/python -m errorcatalog schema

status: $(VENV)/site ## Show how far the catalogue is: texts by language, guidance, long titles
	@$(BIN)/python -m errorcatalog status

permalinks: $(VENV)/site ## Add new codes to the ledger of published addresses
	@$(BIN)/python -m errorcatalog permalinks

check-links: $(VENV)/dev ## Ask a built site for every address ever published (URL= for another)
	@PYTHONPATH=hooks:tests $(BIN)/python scripts/check_links.py $(URL)

test: lint browser ## Run everything that CI runs
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

bench-search: $(VENV)/dev browser ## Ask the search every query of bench/search/queries.yml
	@PYTHONPATH=hooks:tests $(BIN)/python bench/search/run.py

bench-check: $(VENV)/site ## Time the check of catalogues of 1,500 codes
	@$(BIN)/python bench/check/run.py

audit: $(VENV)/dev browser ## Have HTML, speed and access judged (Nu checker, Lighthouse; needs npm, Java)
	@PYTHONPATH=hooks:tests $(BIN)/python scripts/audit.py

lint: $(VENV)/dev ## Check style and types
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo "Some files are not formatted; run 'make format'."; exit 1; }
	@$(BIN)/mypy

format: $(VENV)/dev ## Format the Python code
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet

lock: $(VENV)/dev ## Pin all dependencies, with hashes, for every platform
	@for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    $$name.in --output-file $$name.txt || exit 1; \
	done

browser: ## Make sure that there is a Chromium for the tests
	@./scripts/ensure-chromium

clean: ## Remove what was built and installed
	@rm -rf $(VENV) $(SITE) .mypy_cache .pytest_cache .ruff_cache

$(VENV)/site: requirements.txt
	@./scripts/ensure-environment $(PYTHON) $(VENV) requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt requirements.txt
	@./scripts/ensure-environment $(PYTHON) $(VENV) requirements-dev.txt
	@touch $(VENV)/site $@
