"""The page that explains the settings, kept in step with what is read."""

import re

from postmortems import env
from postmortems.values import HOME

PAGE = (HOME / "docs" / "settings.md").read_text()
EXPLAINED = re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE)


def test_every_variable_is_explained_once_and_no_other() -> None:
    assert sorted(EXPLAINED) == sorted(env.VARIABLES)


def test_every_secret_is_shown_with_its_file() -> None:
    assert set(re.findall(r"`([A-Z_]+)_FILE`", PAGE)) == set(env.SECRETS)
