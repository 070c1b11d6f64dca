"""The newcomer: `make run` that cannot work says so in one line, before long work."""

import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from postmortems import env, values
from postmortems.reach import why_unreachable
from postmortems.values import HOME, Database
from tools import machine, venv


def make_run(**variables: str) -> subprocess.CompletedProcess[str]:
    """`make run`, which must refuse within seconds."""
    environ = {k: v for k, v in os.environ.items() if k not in env.VARIABLES}
    command = ["make", "--silent", f"PYTHON={sys.executable}", "run"]
    return subprocess.run(
        command,
        cwd=HOME,
        env=environ | variables,
        check=False,
        capture_output=True,
        text=True,
        timeout=20,
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The only line said, apart from make's own remark that its recipe failed."""
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.stdout == ""
    (line,) = said
    return line


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = one_line(make_run(PORT=str(port)))
    assert line.startswith(f"PORT {port} is taken")
    assert f"make run PORT={port + 1}" in line


def test_a_port_that_is_no_number_is_named() -> None:
    assert one_line(make_run(PORT="http")).startswith("PORT 'http' is not a port")


def test_a_data_folder_that_cannot_be_written_is_named(
    tmp_path: Path, free_port: str
) -> None:
    (tmp_path / "file").touch()
    folder = str(tmp_path / "file" / "data")
    line = one_line(make_run(PORT=free_port, DATA_DIR=folder))
    assert line.startswith(f"DATA_DIR: the folder '{folder}' cannot be written")


def test_a_database_address_that_cannot_be_read_is_named(free_port: str) -> None:
    line = one_line(make_run(PORT=free_port, DATABASE_URL="oracle://db/x"))
    assert line.startswith("DATABASE_URL is not a database address")


def test_an_address_of_another_machine_is_named(free_port: str) -> None:
    line = one_line(make_run(PORT=free_port, BIND_ADDRESS="192.0.2.1"))
    assert line == "BIND_ADDRESS '192.0.2.1' is not an address of this machine."


def test_what_is_no_address_is_named(free_port: str) -> None:
    line = one_line(make_run(PORT=free_port, BIND_ADDRESS="999.1.1.1"))
    assert line == "BIND_ADDRESS '999.1.1.1' is not an address to listen on."


def test_a_database_that_does_not_answer_is_named_without_its_password(
    free_port: str,
) -> None:
    url = f"postgres://me:hush@127.0.0.1:{free_port}/record"
    (line,) = why_unreachable(values.database(url)).splitlines()
    assert line.startswith("DATABASE_URL: the database cannot be used: ")
    assert "hush" not in line


def test_a_file_is_not_asked_to_answer() -> None:
    assert why_unreachable(Database(kind="sqlite", name="anywhere")) == ""


def test_a_python_that_is_too_old_is_named(tmp_path: Path) -> None:
    """Runs the very lines that an old Python would run, with its version told."""
    source = (HOME / "tools" / "__init__.py").read_text()
    script = f"import sys; sys.version_info = (3, 8, 2)\n{source}"
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed; this is 3.8.")


def test_a_python_without_venv_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        venv.refuse_without_venv()


def test_a_missing_program_that_we_may_not_install_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine, "find_postgresql", lambda: None)
    monkeypatch.setattr(machine, "right_to_install", lambda: None)
    with pytest.raises(machine.MissingError, match="apt-get install postgresql"):
        machine.provide_postgresql()


def test_an_environment_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(venv, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(venv, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(venv, "make", lambda: (tmp_path / "python").touch())
    monkeypatch.setattr(venv, "install", made.append)
    for lock in (venv.RUNNING, venv.DEVELOPING, venv.RUNNING, venv.DEVELOPING):
        venv.provide(lock)
    assert made == [venv.RUNNING, venv.DEVELOPING]


def test_an_installation_that_broke_off_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def break_off(lock: str) -> None:
        made.append(lock)
        raise SystemExit(1)

    monkeypatch.setattr(venv, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(venv, "make", lambda: made.append("environment"))
    monkeypatch.setattr(venv, "install", break_off)
    for _ in range(2):
        with pytest.raises(SystemExit):
            venv.provide(venv.RUNNING)
    assert made == ["environment", venv.RUNNING] * 2
