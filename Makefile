# The same commands for people and for CI. `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PROPERDOCS := .venv-properdocs
SITE ?= site

export PYTHONPATH := hooks
export NO_MKDOCS_2_WARNING := 1
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help serve build check changes schema permalinks check-links test bench-search lint format lock clean bench bench-check bench-serve compare-properdocs status new format-code explain tools bench-load fuzz audit characters

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/site ## Build the site and serve it with live reload (PORT=8000)
	@$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: $(VENV)/site ## Build the site into site/, whole or not at all (SITE_URL=https://… sets its address)
	@$(BIN)/python scripts/build_site.py '$(SITE)'

check: $(VENV)/site ## List every problem in the catalogue (BASE=… holds the changes against it)
	@$(BIN)/python -m errorcatalog check $(if $(BASE),--base '$(BASE)') $(if $(FIRST),--first)

changes: $(VENV)/site ## Propose entries for the list of changes (BASE=file, address or git revision)
	@$(BIN)/python -m errorcatalog changes $(if $(BASE),--base '$(BASE)')

schema: $(VENV)/site ## Write the schema by which editors complete and check the catalogue's files
	@$(BIN)/python -m errorcatalog schema

status: $(VENV)/site ## Show how far the catalogue is: texts by language, guidance, long titles
	@$(BIN)/python -m errorcatalog status

# The environment hands both over as they were typed, whatever they hold.
new: $(VENV)/site ## Add a record to fill in (SCENARIO=payment CODE=4470)
	@[ -n "$$SCENARIO" ] && [ -n "$$CODE" ] || { echo "usage: make new SCENARIO=payment CODE=4470" >&2; exit 2; }
	@$(BIN)/python -m errorcatalog new -- "$$SCENARIO" "$$CODE"

format: $(VENV)/site ## Bring the catalogue's files into their canonical form (FILES=…)
	@$(BIN)/python -m errorcatalog format $(FILES)

permalinks: $(VENV)/site ## Add new codes to the ledger of published addresses
	@$(BIN)/python -m errorcatalog permalinks

explain: $(VENV)/site ## Say what a code means (CODE=4454), or the response that is piped in
	@$(BIN)/python -m errorcatalog explain $${CODE:+"$$CODE"}

check-links: $(VENV)/dev ## Ask a built site for every address ever published (URL= for another)
	@PYTHONPATH=hooks:tests $(BIN)/python scripts/check_links.py $(URL)

test: lint tools ## Run everything that CI runs
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

bench-search: $(VENV)/dev tools ## Ask the search the queries of bench/search, beside stock
	@PYTHONPATH=hooks:tests:bench/search $(BIN)/python bench/search/run.py

bench: $(VENV)/dev ## Time whole builds at 1 and 10 times the size, beside stock MkDocs (TIMES='1 10 100')
	@PYTHONPATH=hooks:tests $(BIN)/python bench/build/run.py $(if $(TIMES),--times $(TIMES))

bench-check: $(VENV)/site ## Time the check of catalogues of 1,500 codes
	@$(BIN)/python bench/check/run.py

bench-serve: $(VENV)/dev ## Time from saving a record to the page that shows it
	@PYTHONPATH=hooks:tests $(BIN)/python bench/serve/run.py

compare-properdocs: $(VENV)/site $(PROPERDOCS)/site ## Tell whether ProperDocs, which continues MkDocs 1, makes the same site
	@./scripts/compare-properdocs $(BIN)/mkdocs $(PROPERDOCS)/bin/properdocs

bench-load: $(VENV)/dev ## Load nginx with a mix of addresses, and with one file (SECONDS=120)
	@./scripts/ensure-tools wrk
	@PYTHONPATH=hooks:tests $(BIN)/python bench/load/run.py $(if $(SECONDS),--seconds $(SECONDS))

audit: $(VENV)/dev tools ## Have HTML, speed and access judged (Nu checker, Lighthouse; needs npm, Java)
	@PYTHONPATH=hooks:tests $(BIN)/python scripts/audit_pages.py

lint: $(VENV)/dev ## Check style and types
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo "Some files are not formatted; run 'make format-code'."; exit 1; }
	@$(BIN)/mypy

format-code: $(VENV)/dev ## Format the Python code
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet

characters: $(VENV)/dev ## Renew the tables of Chinese characters by which search folds forms and sounds
	@$(BIN)/python scripts/make_characters.py

lock: $(VENV)/dev ## Pin all dependencies, with hashes, and ask whether any is known to be vulnerable
	@./scripts/lock $(BIN)/uv requirements requirements-dev requirements-properdocs
	@$(BIN)/python scripts/audit_lock.py

fuzz: $(VENV)/dev ## Try catalogues of any content, and files damaged in any way (MINUTES=10, SEED=…)
	@$(BIN)/python scripts/run_fuzz.py --minutes $(or $(MINUTES),10) $(if $(SEED),--seed $(SEED))

tools: ## Make sure that there are a Chromium, curl and nginx for the tests
	@./scripts/ensure-tools

clean: ## Remove what was built and installed
	@rm -rf $(VENV) $(PROPERDOCS) $(SITE) .site.building .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/site: requirements.txt
	@./scripts/ensure-environment $(PYTHON) $(VENV) requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt requirements.txt
	@./scripts/ensure-environment $(PYTHON) $(VENV) requirements-dev.txt
	@touch $(VENV)/site $@

$(PROPERDOCS)/site: requirements-properdocs.txt
	@./scripts/ensure-environment $(PYTHON) $(PROPERDOCS) requirements-properdocs.txt
	@touch $@
