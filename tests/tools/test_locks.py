"""The locks: they hold what pyproject.toml asks for, and agree with each other."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from postmortems.values import HOME

PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text())
RUNNING = PROJECT["project"]["dependencies"]
DEVELOPING = RUNNING + PROJECT["dependency-groups"]["dev"]


def pins(lock: str) -> dict[tuple[str, str], str]:
    """The version of each package, for each condition under which it is installed."""
    found: dict[tuple[str, str], str] = {}
    for line in (HOME / lock).read_text().splitlines():
        if not line.startswith(" "):
            pin = Requirement(line.removesuffix("\\"))
            found[canonicalize_name(pin.name), str(pin.marker)] = str(pin.specifier)
    return found


@pytest.mark.parametrize(
    ("lock", "asked"),
    [("requirements.txt", RUNNING), ("requirements-dev.txt", DEVELOPING)],
)
def test_a_lock_holds_what_is_asked_for(lock: str, asked: list[str]) -> None:
    for wish in map(Requirement, asked):
        versions = [
            version.removeprefix("==")
            for (name, _), version in pins(lock).items()
            if name == canonicalize_name(wish.name)
        ]
        assert versions, f"{wish} is not in {lock}: run make lock"
        assert all(wish.specifier.contains(version) for version in versions)


def test_the_lock_for_development_changes_nothing_that_runs() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_known_by_its_hashes_and_by_no_address(lock: str) -> None:
    text = (HOME / lock).read_text()
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in entry
