"""What a person copies to run the site without containers: it names what is there."""

import configparser
import re
from pathlib import Path

import pytest

from postmortems import env
from postmortems.values import HOME

EXAMPLES = HOME / "docs" / "examples"
UNITS = sorted(EXAMPLES.glob("*.service"))


def service(unit: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.read(unit)
    return parser["Service"]


def test_the_example_of_an_environment_names_only_what_is_read() -> None:
    lines = (EXAMPLES / "postmortems.env").read_text().splitlines()
    names = {line.partition("=")[0] for line in lines if line and line[0] != "#"}
    assert names <= set(env.VARIABLES)
    assert {"SECRET_KEY", "DATABASE_URL", "DATA_DIR"} <= names


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_writes_where_the_site_does_and_gives_up_on_a_bad_setting(
    unit: Path,
) -> None:
    said = service(unit)
    written = re.search(
        r"^DATA_DIR=(.+)$", (EXAMPLES / "postmortems.env").read_text(), re.MULTILINE
    )
    assert written
    assert said["ReadWritePaths"] == written[1]
    assert said["RestartPreventExitStatus"] == str(env.EXIT_CODE)
    assert said["User"] != "root"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_command_for_admins_runs_as_the_units_do(unit: Path) -> None:
    said, command = service(unit), (EXAMPLES / "postmortems").read_text()
    assert f"\n. {said['EnvironmentFile']}\n" in command
    assert f"\ncd {said['WorkingDirectory']}\n" in command
    assert f"runuser -u {said['User']} -- venv/bin/python manage.py" in command


def test_a_proxy_names_the_address_that_the_site_listens_on() -> None:
    port = env.read({}).port
    for name in ("nginx.conf", "Caddyfile"):
        text = (EXAMPLES / name).read_text()
        assert f"127.0.0.1:{port}" in text
        assert "/metrics" in text or "(metrics|" in text
