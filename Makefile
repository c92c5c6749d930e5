# make refresh: raw texts to a published warehouse. make test: all tests. make dev: the Dagster UI.
# Needs Python 3.11 or newer and make; everything else goes into .venv, from requirements.lock (with hashes).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Set only to silence: nothing of this project reports to anyone.
export DAGSTER_DISABLE_TELEMETRY := yes
export DBT_SEND_ANONYMOUS_USAGE_STATS := false

SUPERSET := bi/superset/.venv

.PHONY: refresh test dev lint lock docs superset superset-lock clean help
.DEFAULT_GOAL := help

help:
	@sed -n '1,2s/^# //p' Makefile
	@echo "refresh [ARGS=--full|--force]  test [ARGS=...]  dev  superset [ARGS=--reimport]  lint  docs  lock  clean"

$(READY): requirements.lock pyproject.toml Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, found " + sys.version.split()[0] + ": set PYTHON=/path/to/python3.11")'
	@echo "Setting up $(VENV) from requirements.lock …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@awk '/^[a-zA-Z]/ { keep = /^uv==/ } keep' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(READY)

refresh: $(READY)
	@$(BIN)/klimatlager refresh $(ARGS)

test: $(READY)
	@$(BIN)/python -m pytest $(ARGS)

dev: $(READY)
	@$(BIN)/klimatlager dev

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint --disable-progress-bar dbt_project

$(SUPERSET)/.ready: bi/superset/requirements.lock $(READY)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)) and "Superset needs Python 3.11 or 3.12, found " + sys.version.split()[0] + ": set PYTHON=/path/to/python3.12")'
	@echo "Setting up $(SUPERSET) from bi/superset/requirements.lock …"
	@test -x $(SUPERSET)/bin/python || $(PYTHON) -m venv --without-pip $(SUPERSET)
	@$(BIN)/uv pip sync --quiet --python $(SUPERSET)/bin/python --require-hashes bi/superset/requirements.lock
	@touch $(SUPERSET)/.ready

superset: $(SUPERSET)/.ready
	@$(SUPERSET)/bin/python bi/superset/serve.py $(ARGS)

docs: $(READY)
	@$(BIN)/klimatlager docs

lock: $(READY)
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --group dev pyproject.toml -o requirements.lock

superset-lock: $(READY)
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links bi/superset/requirements.in -o bi/superset/requirements.lock

clean:
	rm -rf $(VENV) $(SUPERSET) dbt_project/target dbt_project/logs
