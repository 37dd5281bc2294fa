# The front door. `make run` serves a demonstration; `make test` runs everything that CI runs.
#
#   make install   .venv with the command `varna`, and nothing else
#   make run       a demonstration municipality on http://localhost:8000 (PORT=… for another port)
#   make check     everything quick: format, lint, types, layers, templates, migrations, texts
#   make test      the whole truth: the checks, beside every test on SQLite and on PostgreSQL
#                  MOMENT='2026-11-24 18:00'  with the clock of tests, servers and workers moved
#                  ROOM=cases                 a room's tests, and those of what stands on it
#                  DEEP=1                     more examples of what nobody thought of
#                  COVER=1                    tells what the tests do not come to
#                  JOBS=4                     so many tests at a time
#                  PYTHON=python3.13          with another Python, in a folder of its own
#                  DJANGO='>=6.0,<6.1'        with another Django, the same
#   make faults    the faults that take minutes, on SQLite and on PostgreSQL (SEED=… again, KILLS=60)
#   make bench     the figures in docs/reference, measured on this machine (SMALLEST=1: hardly any)
#   make texts     collects the texts of every room and compiles them
#   make lock      new lock files from pyproject.toml
#   make release   VERSION=0.2.0: checks, tags and builds the wheel, and serves from it
#   make mutation  changes rules one by one, and tells which change no test notices
#   make developing  .venv with what tests and checks need too
#   make format    writes the code the way `make check` wants it
.PHONY: run test faults check bench install developing lock texts format release mutation
.DELETE_ON_ERROR:
PORT ?= 8000
PYTHON ?= python3
DJANGO ?=
# What is tried lives beside what is used.
V := .venv$(if $(filter-out python3,$(notdir $(PYTHON))),-$(notdir $(PYTHON)))$(if $(DJANGO),-django)
B := $(V)/bin
export MOMENT ROOM DEEP COVER JOBS SEED KILLS
UV := 0.13.9
CATALOGUES := $(wildcard src/varna/site/locale/*/LC_MESSAGES/django.po)
COMPILED := $(CATALOGUES:.po=.mo)

install: $(V)/installed $(COMPILED)

developing: $(V)/developing $(COMPILED)

run: install
	@VARNA_DEMO=yes exec $(B)/varna $(if $(wildcard src/varna/site/management/commands/demo.py),demo,serve) --port $(PORT)

test: developing
	@$(B)/python tests/everything.py

faults: developing
	@$(B)/python tests/long.py

check: developing
	@$(B)/python tests/checks.py

bench: developing
	@$(B)/python -m bench $(if $(SMALLEST),--smallest)

release: developing
	@$(B)/python tests/release.py "$(VERSION)"

mutation: developing
	@$(B)/python tests/mutation.py $(SECONDS)

texts: developing
	@cd src/varna && VARNA_DEMO=yes VARNA_VAR=$${TMPDIR:-/tmp}/varna-texts ../../$(B)/varna makemessages \
		--locale sv --locale fi --no-location --no-wrap --no-obsolete
	@$(B)/python -m varna.site.texts

format: developing
	@$(B)/ruff check --fix --quiet src tests bench
	@$(B)/ruff format --quiet src tests bench

lock: $(V)/installed
	@$(B)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
		pyproject.toml --output-file requirements/runtime.txt
	@$(B)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
		pyproject.toml --extra dev --output-file requirements/dev.txt

$(V)/installed: requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; choose one with make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(V)
	@$(B)/pip install --quiet --disable-pip-version-check uv==$(UV)
	@VIRTUAL_ENV=$(V) $(B)/uv pip install --quiet --require-hashes -r requirements/runtime.txt
	@VIRTUAL_ENV=$(V) $(B)/uv pip install --quiet --no-deps -e .
	@touch $@

$(V)/developing: $(V)/installed requirements/dev.txt
	@VIRTUAL_ENV=$(V) $(B)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	@$(if $(DJANGO),VIRTUAL_ENV=$(V) $(B)/uv pip install --quiet "Django$(DJANGO)")
	@touch $@

%.mo: %.po $(V)/installed
	@$(B)/python -m varna.site.texts
