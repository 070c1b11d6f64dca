# Everything is plain Python behind these names; see tools/.
PYTHON = python3

.PHONY: run test lock format screenshots

run:
	@$(PYTHON) -m tools.run

test:
	@$(PYTHON) -m tools.check

# Rewrites the locks from pyproject.toml.
lock:
	@$(PYTHON) -m tools.lock

format:
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .
	@git ls-files '*.html' | xargs .venv/bin/djade

# Takes the pictures of docs/screenshots/ anew.
screenshots:
	@.venv/bin/python -m tools.screenshots
