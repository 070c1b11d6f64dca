"""The repository itself: nothing in it belongs to one machine."""

import re
import subprocess
from pathlib import Path

from postmortems.values import HOME

FORBIDDEN = re.compile(
    r"pypi\.org|pythonhosted|registry\.npmjs|find-links|index-url"
    r"|/root/|/home/[a-z]|/work/"
)


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOME,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in listed.stdout.split("\0") if (HOME / name).is_file()]


def text(name: str) -> str:
    return (HOME / name).read_bytes().decode(errors="replace")


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    found = {name: FORBIDDEN.findall(text(name)) for name in tracked()}
    del found[str(Path(__file__).relative_to(HOME))]
    assert {name: words for name, words in found.items() if words} == {}


def test_ci_checks_what_a_person_checks_and_nothing_else() -> None:
    lines = (HOME / ".ci" / "run").read_text().splitlines()
    assert lines == ["#!/bin/sh", "exec make test"]
