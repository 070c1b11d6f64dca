"""`make lock`: writes the two locks from pyproject.toml.

uv's own lock file and pip-compile's name the registry they asked; this form names
none, and plain pip installs it on every Python we support.
"""

import shutil
import subprocess
import sys

from tools.venv import DEVELOPING, HOME, RUNNING

OPTIONS = ("--universal", "--generate-hashes", "--no-annotate", "--no-header", "-q")


def main() -> None:
    uv = shutil.which("uv") or sys.exit("make lock needs uv: pip install uv")
    compile_ = [uv, "pip", "compile", "pyproject.toml", *OPTIONS, *sys.argv[1:]]
    subprocess.run([*compile_, "-o", RUNNING], cwd=HOME, check=True)
    agreeing = ["--group=dev", f"--constraints={RUNNING}"]
    subprocess.run([*compile_, *agreeing, "-o", DEVELOPING], cwd=HOME, check=True)


if __name__ == "__main__":
    main()
