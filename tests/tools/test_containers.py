"""The containers: their files are valid, and the image's own steps lead to a site.

No container engine is needed: the Dockerfile's steps run here, in folders that
stand for the image's.
"""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

import pytest

from postmortems import env
from postmortems.values import HOME
from tests import migrated

DOCKERFILE = (HOME / "Dockerfile").read_text()
FOLDERS = ("/app", "/venv", "/data")
SECONDS_TO_START = 180
DATABASE = "postmortems.sqlite3"


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Each instruction of a Dockerfile as its word and the rest of its line."""
    joined = text.replace("\\\n", " ")
    for line in joined.splitlines():
        if line.strip() and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            yield word, rest.strip()


STEPS = list(instructions(DOCKERFILE))


def last(word: str) -> str:
    return [rest for name, rest in STEPS if name == word][-1]


@dataclass(frozen=True)
class Image:
    """The image's folders, under one of this machine."""

    root: Path
    environ: dict[str, str]

    def here(self, text: str) -> str:
        """The text with the image's folders and Python replaced by this machine's."""
        named = "|".join(FOLDERS)
        text = re.sub(rf"(?<![\w.])({named})\b", rf"{self.root}\1", text)
        return re.sub(r"^python ", f"{sys.executable} ", text)

    def learn(self, pairs: str) -> None:
        for pair in pairs.split():
            name, _, value = self.here(pair).partition("=")
            self.environ[name] = Template(value).safe_substitute(self.environ)

    def run(self, command: str) -> None:
        done = subprocess.run(
            ["sh", "-ec", self.here(command)],
            cwd=f"{self.root}/app",
            env=self.environ,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"

    def command(self, word: str) -> list[str]:
        """The program and arguments of CMD, or of the CMD within HEALTHCHECK."""
        words = json.loads(last(word).rpartition("CMD ")[2])
        return [shutil.which(words[0], path=self.environ["PATH"]) or "", *words[1:]]

    def is_healthy(self) -> bool:
        probe = self.command("HEALTHCHECK")
        where = f"{self.root}/app"
        return not subprocess.run(
            probe, cwd=where, env=self.environ, check=False
        ).returncode


def copied_files() -> Iterator[str]:
    """What `COPY . .` brings along: the tracked files that are not ignored."""
    ignored = (HOME / ".dockerignore").read_text().split()
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOME,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        top = name.split("/")[0]
        if not top.startswith(".") and top not in ignored:
            yield name


def hidden_from_others(folder: Path) -> Iterator[Path]:
    """Root builds the image, and somebody else runs it."""
    for path in folder.rglob("*"):
        if not path.stat().st_mode & stat.S_IROTH:
            yield path


@pytest.fixture
def image(tmp_path: Path, free_port: str) -> Image:
    """An image as built: its RUN steps have run, its ENV is known."""
    for folder in FOLDERS:
        (tmp_path / folder[1:]).mkdir()
    for name in copied_files():
        target = tmp_path / "app" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOME / name, target)
    inherited = {k: v for k, v in os.environ.items() if k not in env.VARIABLES}
    inherited.pop("DJANGO_SETTINGS_MODULE", None)
    # A run compiles less than half of what the packages bring.
    inherited["PIP_COMPILE"] = "0"
    image = Image(tmp_path, inherited)
    for word, rest in STEPS:
        if word == "ENV":
            image.learn(rest)
        elif word == "RUN" and not rest.startswith("useradd"):
            image.run(rest)
    image.environ.update(SECRET_KEY="k" * 60, PORT=free_port)
    # The volume of a site that was here before: to make its tables takes seconds.
    migrated.fill(tmp_path / "data" / DATABASE)
    # The programs of CMD and the probes share what the first of them has compiled.
    del image.environ["PYTHONDONTWRITEBYTECODE"]
    return image


def test_the_image_does_not_run_as_root() -> None:
    assert last("USER") not in ("", "root", "0")
    assert f" {last('USER')}" in last("RUN")


def test_the_steps_of_the_image_lead_to_a_site_that_answers(image: Image) -> None:
    manifest = json.loads(
        (image.root / "app" / "staticfiles" / "staticfiles.json").read_text()
    )
    assert manifest["paths"]
    assert not list(hidden_from_others(image.root / "app" / "staticfiles"))
    server = subprocess.Popen(
        image.command("CMD"), cwd=image.root / "app", env=image.environ
    )
    try:
        until = time.monotonic() + SECONDS_TO_START
        while not image.is_healthy():
            assert server.poll() is None
            assert time.monotonic() < until
            # Every probe starts a Python, on a core that the server needs.
            time.sleep(1)
        # What was made ready is this database, and no other that nobody keeps.
        assert (image.root / "data" / f"{DATABASE}.migrating").exists()
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0


def test_the_compose_file_fits_its_schema() -> None:
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    done = subprocess.run(
        [*checker, "vendor.compose-spec", "docker-compose.yml"],
        cwd=HOME,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_of_an_env_file_names_only_what_is_read() -> None:
    lines = (HOME / ".env.example").read_text().splitlines()
    names = {line.partition("=")[0] for line in lines if line and line[0] != "#"}
    assert names - {"POSTGRES_PASSWORD"} <= set(env.VARIABLES)
    assert "SECRET_KEY" in names
