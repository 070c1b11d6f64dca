"""What `make` runs: plain Python for a machine that has nothing installed yet.

- Each of these is a target: `run`, `check` (for `make test`, in `steps`), `lock` and
  `screenshots`; `faults` is one of its own.
- What they need: the `venv`, a `preflight` of ports and folders, programs of the
  `machine`, and `processes` that stop together.
- For one test or measurement: a `postgres`, a `pooler`, a `served` site, and somebody
  `browsing` who fills in its `forms`.
"""

import sys

# Read by whatever Python is there, so written for all of them.
if sys.version_info < (3, 11):
    sys.exit(
        "Python 3.11 or newer is needed; this is %d.%d. "
        "Name another one: make PYTHON=python3.12 run" % sys.version_info[:2]
    )
