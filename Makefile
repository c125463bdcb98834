# The two commands a newcomer needs: make run, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A pip of today finds what to install in half the time of one that came with Python.
PIP := pip==26.3
# Only what is imported is compiled, and then: most of what is installed never is.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
# Every process of a run reads the same code, which is compiled once.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test fast check format clean

run: $(VENV)/.run
	$(BIN)/python -m pipelines sample --if-empty
	WM_MODE=development $(BIN)/streamlit run asgi.py

# Three workers for two processors: a browser test waits for a third of its time.
test: $(VENV)/.compiled
	$(BIN)/python -m pytest -n 3 --dist worksteal

fast: $(VENV)/.compiled
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser and not slow and not real_data"

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/.run: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) $(PIP)
	$(INSTALL) -r requirements.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) $(PIP)
	$(INSTALL) -r requirements-dev.txt
	touch $@

# What tests import is compiled once, before each of their processes would do it for itself.
$(VENV)/.compiled: $(VENV)/.dev
	-$(BIN)/python -m pytest --collect-only -qq >/dev/null
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
