"""The project's own virtual environment, `.venv`, kept in step with the locks."""

import hashlib
import importlib.util
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
FOLDER = HOME / ".venv"
PYTHON = FOLDER / "bin" / "python"
# Another Python finds no stamp of its own and makes the environment anew.
STAMP = FOLDER / "installed-{}.{}".format(*sys.version_info)
RUNNING = "requirements.txt"
DEVELOPING = "requirements-dev.txt"
AT_A_TIME = 2


def refuse_without_venv() -> None:
    """Debian's `python3` comes without the parts that make an environment."""
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        sys.exit(
            "This Python cannot make a virtual environment; "
            "on Debian or Ubuntu: apt-get install python3-venv"
        )


def provide(lock: str) -> None:
    """An environment with what the lock names; returns at once if it is there."""
    before, wanted = installed(), fingerprint(lock)
    if wanted in before:
        return
    if not before:
        make()
    install(lock)
    # The two locks agree on what they share, so one does not undo the other.
    still = before & {fingerprint(RUNNING), fingerprint(DEVELOPING)}
    STAMP.write_text("\n".join(sorted(still | {wanted})))


def installed() -> set[str]:
    if not (STAMP.exists() and PYTHON.exists()):
        return set()
    return set(STAMP.read_text().splitlines())


def fingerprint(lock: str) -> str:
    return f"{lock} {hashlib.sha256((HOME / lock).read_bytes()).hexdigest()}"


def make() -> None:
    import venv

    print("Making the virtual environment .venv…", flush=True)
    try:
        venv.create(FOLDER, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"The virtual environment {FOLDER} cannot be made: {error}")


def install(lock: str) -> None:
    print(f"Installing what {lock} names…", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--no-user"]
    pip += ["--disable-pip-version-check", "--require-hashes"]
    # Python compiles what it imports by itself, and that is a small part of it all.
    pip += ["--no-compile"]
    # A lock names everything that is needed, so nothing is left to resolve.
    pip += ["--no-deps"]
    with tempfile.TemporaryDirectory() as folder:
        parts = [Path(folder) / f"part-{n}.txt" for n in range(AT_A_TIME)]
        for part, lines in zip(parts, parts_of_lock(HOME / lock), strict=True):
            part.write_text(lines)
        running = [subprocess.Popen([*pip, "--requirement", str(p)]) for p in parts]
        codes = [process.wait() for process in running]
    if any(codes):
        sys.exit(f"What {lock} names could not be installed; pip says why above.")


def parts_of_lock(lock: Path) -> list[str]:
    """The lock split for as many pips as there are cores: packages share no files."""
    # A package's hashes stand in the lines after its own, which are indented.
    packages = re.split(r"\n(?=\S)", lock.read_text())
    return ["\n".join(packages[n::AT_A_TIME]) for n in range(AT_A_TIME)]


if __name__ == "__main__":
    refuse_without_venv()
    provide(DEVELOPING)
