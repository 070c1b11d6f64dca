# Everything is plain Python behind these names; see tools/.
PYTHON = python3

.PHONY: run test bench bench-compare faults lock format screenshots

SIZES = 1000 10000 100000

run:
	@$(PYTHON) -m tools.run

test:
	@$(PYTHON) -m tools.check

# Prints how fast the site is with so many postmortems, and keeps it as JSON.
bench:
	@$(PYTHON) -m tools.venv
	@.venv/bin/python -m bench $(SIZES)

# Fails where NEW is slower than OLD.
bench-compare:
	@.venv/bin/python -m bench.compare $(OLD) $(NEW)

# Breaks what can break, and says whether anything was lost. As root, or lacking the disk
# that is full.
faults:
	@$(PYTHON) -m tools.venv
	@.venv/bin/python -m tools.faults $(FAULTS)

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
