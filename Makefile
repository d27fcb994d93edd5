# Commands for developers; Python 3.11 or newer. `make setup` first, then `. .venv/bin/activate`.
PYTHON ?= python3

.PHONY: setup lint test slow screens bench lock wheel bundle

setup: ## a virtual environment with everything for development
	$(PYTHON) -m venv .venv
	.venv/bin/pip install -c requirements/test.txt -e ".[dev]"

lint: ## style, types and import contracts
	ruff check .
	ruff format --check .
	mypy
	lint-imports

test: ## all quick tests
	QT_QPA_PLATFORM=offscreen pytest

slow: ## tests that take minutes, or need a real screen
	pytest -m slow

screens: ## a picture of every panel, into screens/
	python -m tools.screens screens
	python -m tools.screens screens/dark --theme dark

bench: ## how fast the window is; `python -m solver bench --help` measures the solver
	python -m benchmarks.startup
	python -m benchmarks.recompute
	python -m benchmarks.latency --seconds 20

lock: ## pin the versions of the test set anew; needs pip-tools
	pip-compile -q --extra test --strip-extras --no-annotate --no-emit-options --no-header -o requirements/new.txt pyproject.toml
	(sed -n '/^#/p' requirements/test.txt; sed '/^glossa @/d; s/+cpu$$//; /^$$/d; /^#/d' requirements/new.txt) > requirements/pins.txt
	rm requirements/new.txt
	mv requirements/pins.txt requirements/test.txt

wheel: ## the package into dist/, by way of its source archive: left-overs in build/ cannot get in; needs the group bundle
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(PYTHON) -m build --outdir dist

bundle: ## an application that needs no Python, and on Linux a .deb, into dist/; needs the group bundle
	$(PYTHON) -m tools.bundle dist
