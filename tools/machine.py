"""Programs from the machine, not from a lock: found, or installed, or asked for."""

import glob
import os
import shutil
import subprocess
from pathlib import Path
from threading import Lock

# The first one draws the same pages for two thirds of the work: it has no window.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
# Root and containers have no sandbox; and nobody on the network is asked for anything.
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SERVERS = "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/*/bin"
LIBRARIES = "/lib/*", "/usr/lib/*", "/usr/lib", "/usr/lib64"
# apt-get refuses to work twice at a time.
INSTALLING = Lock()


class MissingError(Exception):
    """Something that this machine lacks and we may not install; says what to do."""


def provide_browser() -> Path:
    """The browser, and the library that its driver needs."""
    browser = find_browser()
    if not (browser and newest_match(LIBRARIES, "libatomic.so.1")):
        install("the browser tests", BROWSERS[0], "fonts-liberation", "libatomic1")
    return browser or found_or_missing(find_browser(), BROWSERS[0])


def provide_postgresql() -> Path:
    """The folder of PostgreSQL's server programs."""
    folder = find_postgresql()
    if not folder:
        install("the suite on PostgreSQL", "postgresql")
    return folder or found_or_missing(find_postgresql(), "postgresql")


def provide_pgbouncer() -> Path:
    program = find_pgbouncer()
    if not program:
        install("the tests behind a pooler", "pgbouncer")
    return program or found_or_missing(find_pgbouncer(), "pgbouncer")


def find_browser() -> Path | None:
    paths = (shutil.which(name) for name in BROWSERS)
    return next((Path(path) for path in paths if path), None)


def find_postgresql() -> Path | None:
    """Debian keeps the server's programs off the PATH."""
    if initdb := newest_match(SERVERS, "initdb") or shutil.which("initdb"):
        return Path(initdb).parent
    return None


def find_pgbouncer() -> Path | None:
    """Debian keeps it where only root's PATH leads."""
    place = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    return Path(place) if place else None


def newest_match(folders: tuple[str, ...], name: str) -> str | None:
    """The last in the order of names, which is the newest version."""
    matches = (path for folder in folders for path in glob.glob(f"{folder}/{name}"))
    return max(matches, default=None)


def found_or_missing(place: Path | None, package: str) -> Path:
    if place is None:
        raise MissingError(f"The package {package} is installed but cannot be found.")
    return place


def install(purpose: str, *packages: str) -> None:
    names = " ".join(packages)
    advice = f"{purpose} cannot run without {names}; install: apt-get install {names}"
    right = right_to_install()
    if right is None or not shutil.which("apt-get"):
        raise MissingError(advice)
    print(f"Installing {names}…", flush=True)
    apt = [*right, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    with INSTALLING:
        quietly(*apt, "update")
        if quietly(*apt, "install", "--yes", "--no-install-recommends", *packages):
            raise MissingError(f"{advice} (this failed just now)")


def right_to_install() -> list[str] | None:
    """The words before a command that needs root; nothing if we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not quietly("sudo", "-n", "true"):
        return ["sudo", "-n"]
    return None


def quietly(*command: str) -> int:
    return subprocess.run(command, check=False, capture_output=True).returncode
