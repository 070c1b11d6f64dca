"""What `make` runs: plain Python for a machine that has nothing installed yet."""

import sys

# Read by whatever Python is there, so written for all of them.
if sys.version_info < (3, 11):
    sys.exit(
        "Python 3.11 or newer is needed; this is %d.%d. "
        "Name another one: make PYTHON=python3.12 run" % sys.version_info[:2]
    )
