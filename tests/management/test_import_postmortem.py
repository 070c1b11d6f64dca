"""Markdown in by command: what is refused, what scripts read, what is stored."""

import json
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from incidents.documents.parse import Parsed, parse
from incidents.models import Incident, User

TEXT = """\
# The lift stood still

## Timeline
- 2024-08-18 10:00: it stopped

## Action items
- [ ] Buy a fuse
"""
NEWER = TEXT.replace("Buy a fuse", "Buy two fuses")
Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file, and says where it is."""

    def written(name: str, text: str | bytes = TEXT) -> str:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    return written


def bring(*words: str) -> tuple[str, str]:
    """What the command said on both of its channels."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_postmortem", *words, stdout=out, stderr=err)
    except CommandError as error:
        err.write(f"FAILED: {error}")
    return out.getvalue(), err.getvalue()


def look(*words: str) -> list[dict[str, Any]]:
    out, _ = bring("--dry-run", "--json", *words)
    found = json.loads(out)
    assert isinstance(found, list)
    return found


def test_without_an_admin_it_says_how_to_get_one(db: None, write: Write) -> None:
    _, err = bring(write("a.md"))
    assert "There is no admin yet" in err
    assert "createsuperuser" in err


@pytest.mark.parametrize("name", ["nobody", "remy"])
def test_a_reader_or_a_stranger_is_no_author(
    reader: User, write: Write, name: str
) -> None:
    assert "is not the account of an author" in bring("--as", name, write("a.md"))[1]
    assert not Incident.objects.exists()


def test_a_zone_that_is_none_is_refused(db: None, write: Write) -> None:
    assert "is not a time zone" in bring("--zone", "Mars", write("a.md"))[1]


def test_a_file_that_cannot_be_read_keeps_its_place_and_the_rest_goes_on(
    admin: User, write: Write
) -> None:
    files = write("a.md"), write("b.md", b"\0"), "/nowhere/c.md", write("d.md", "# D")
    _, err = bring(*files)
    assert "FAILED: 2 of 4 files could not be read." in err
    assert "b.md could not be read. This file is not a text file." in err
    assert Incident.objects.count() == 2
    found = look(*files)
    assert [one["source"] for one in found] == ["a.md", "b.md", "c.md", "d.md"]
    assert found[1]["title"] is None
    assert found[1]["timeline"] == []
    assert found[1]["warnings"] == [found[1]["error"]]


def test_a_file_that_we_stumble_over_does_not_stop_the_others(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(text: str, **more: Any) -> Parsed:
        if "stairs" in text:
            raise RuntimeError("stumbled")
        return parse(text, **more)

    monkeypatch.setattr("incidents.management.import_files.parse", stumble)
    first, second = look(write("a.md", "# The stairs"), write("b.md"))
    assert "stumbled" in first["error"]
    assert second["title"] == "The lift stood still"


def test_a_dry_run_asks_nothing_of_the_database(write: Write) -> None:
    """Without the `db` fixture, each question to the database is an error."""
    (found,) = look(write("a.md"))
    assert found["title"] == "The lift stood still"
    assert found["timeline"][0]["at"] == "2024-08-18T10:00:00"
    assert "“The lift stood still”" in bring("--dry-run", write("a.md"))[0]


def test_the_array_is_all_that_is_printed(write: Write) -> None:
    out, err = bring("--dry-run", "--json", write("a.md"), write("b.md"))
    assert len(json.loads(out)) == 2
    assert err.count("\n") == 2


def test_a_draft_belongs_to_the_first_admin_or_to_whom_you_say(
    admin: User, author: User, write: Write
) -> None:
    out, _ = bring(write("a.md"))
    assert "a.md imported as PM-" in out
    bring("--as", "ada", write("b.md", "# Another"))
    made = Incident.objects.order_by("number").values_list(
        "created_by__username", "owner__username"
    )
    assert list(made) == [("amir", None), ("ada", "ada")]


def test_local_times_are_read_in_the_zone_you_say(admin: User, write: Write) -> None:
    bring("--zone", "Europe/Berlin", write("a.md"))
    entry = Incident.objects.get().timeline.get()
    assert entry.at
    assert entry.at.isoformat() == "2024-08-18T08:00:00+00:00"


def test_the_same_text_is_not_imported_twice(admin: User, write: Write) -> None:
    out, _ = bring(write("a.md"), write("b.md"))
    assert "b.md exists as PM-" in out
    assert Incident.objects.count() == 1


def test_a_newer_text_is_a_revision_only_where_you_say_so(
    admin: User, write: Write
) -> None:
    bring(write("a.md"))
    assert "give --revise" in bring(write("a.md", NEWER))[0]
    incident = Incident.objects.get()
    assert incident.actions.get().text == "Buy a fuse"
    assert (
        "became the next revision of PM-" in bring("--revise", write("a.md", NEWER))[0]
    )
    assert incident.actions.get().text == "Buy two fuses"


def test_a_zip_is_read_file_by_file(admin: User, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2024/a.md", TEXT)
        archive.writestr("2024/b.md", "# Another")
    out, _ = bring(str(path))
    assert "2 of 2 files were read." in out
    assert set(Incident.objects.values_list("source_name", flat=True)) == {
        "2024/a.md",
        "2024/b.md",
    }
