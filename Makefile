# The front door. `make run` serves a demonstration; `make test` runs everything that CI runs.
.PHONY: run test check bench install lock texts
PORT ?= 8000
PYTHON ?= python3
B := .venv/bin

install: .venv/installed

.venv/installed: requirements/runtime.txt pyproject.toml
	@$(PYTHON) -m venv .venv
	@$(B)/pip install --quiet --disable-pip-version-check uv==0.13.9
	@$(B)/uv pip install --quiet --require-hashes -r requirements/runtime.txt
	@$(B)/uv pip install --quiet --no-deps --no-build-isolation -e . || $(B)/uv pip install --quiet --no-deps -e .
	@touch $@

.venv/developing: .venv/installed requirements/dev.txt
	@$(B)/uv pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@
