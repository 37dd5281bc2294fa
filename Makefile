# The front door. `make run` serves a demonstration; `make test` runs everything that CI runs.
#
#   make install   .venv with the command `varna`, and nothing else
#   make run       a demonstration municipality on http://localhost:8000 (PORT=… for another port)
#   make check     everything quick: format, lint, types, layers, templates, migrations, texts
#   make test      the whole truth: the checks, then every test on SQLite and on PostgreSQL
#   make bench     the figures in docs/reference, measured on this machine
#   make texts     collects the texts of every room and compiles them
#   make lock      new lock files from pyproject.toml
#   make format    writes the code the way `make check` wants it
.PHONY: run test check bench install developing lock texts format
.DELETE_ON_ERROR:
PORT ?= 8000
PYTHON ?= python3
B := .venv/bin
UV := 0.13.9
CATALOGUES := $(wildcard src/varna/site/locale/*/LC_MESSAGES/django.po)
COMPILED := $(CATALOGUES:.po=.mo)

install: .venv/installed $(COMPILED)

developing: .venv/developing $(COMPILED)

run: install
	@VARNA_DEMO=yes exec $(B)/varna $(if $(wildcard src/varna/site/management/commands/demo.py),demo,serve) --port $(PORT)

test: developing
	@$(B)/python tests/everything.py

check: developing
	@$(B)/python tests/checks.py

bench: developing
	@$(B)/python -m bench

texts: developing
	@cd src/varna && VARNA_DEMO=yes VARNA_VAR=$${TMPDIR:-/tmp}/varna-texts ../../$(B)/varna makemessages \
		--locale sv --locale fi --no-location --no-wrap --no-obsolete
	@$(B)/python -m varna.site.texts

format: developing
	@$(B)/ruff check --fix --quiet src tests
	@$(B)/ruff format --quiet src tests

lock: .venv/installed
	@$(B)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
		pyproject.toml --output-file requirements/runtime.txt
	@$(B)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
		pyproject.toml --extra dev --output-file requirements/dev.txt

.venv/installed: requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; choose one with make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(B)/pip install --quiet --disable-pip-version-check uv==$(UV)
	@$(B)/uv pip install --quiet --require-hashes -r requirements/runtime.txt
	@$(B)/uv pip install --quiet --no-deps -e .
	@touch $@

.venv/developing: .venv/installed requirements/dev.txt
	@$(B)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

%.mo: %.po .venv/installed
	@$(B)/python -m varna.site.texts
