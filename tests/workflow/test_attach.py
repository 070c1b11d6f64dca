"""Keeping a picture: once, with an event, and never half."""

import pytest
from django.core.files.storage import default_storage

from incidents.documents.pictures import Picture, read
from incidents.models import Attachment, Incident, User
from incidents.workflow.parts import attach as verb
from incidents.workflow.parts.attach import attach
from incidents.workflow.refusals import NotAllowedError, RefusedError
from tests import pictures
from tests.factories import NOW, make_incident


@pytest.fixture
def draft(author: User) -> Incident:
    return make_incident(author)


def keep(
    draft: Incident, by: User, alt: str = "A lift", picture: Picture | None = None
) -> Attachment:
    picture = picture or read(pictures.picture())
    return attach(draft, picture, name="lift.png", alt=alt, by=by, now=NOW)


def files(draft: Incident) -> list[str]:
    folder = f"incidents/{draft.pk}"
    there = default_storage.exists(folder)
    return sorted(default_storage.listdir(folder)[1]) if there else []


def test_a_reader_may_not_add_a_picture(draft: Incident, reader: User) -> None:
    with pytest.raises(NotAllowedError):
        keep(draft, reader)
    assert not draft.attachments.exists()


def test_a_postmortem_does_not_hold_pictures_without_end(
    draft: Incident, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verb, "MOST_PICTURES", 1)
    keep(draft, author)
    with pytest.raises(RefusedError, match="up to 1 pictures"):
        keep(draft, author, alt="Another lift")


def test_a_row_that_fails_leaves_no_file(
    draft: Incident, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("The disk of the database is full.")

    monkeypatch.setattr(verb, "record_event", fail)
    before = files(draft)
    with pytest.raises(RuntimeError):
        keep(draft, author)
    assert not draft.attachments.exists()
    assert files(draft) == before


def test_a_picture_is_kept_under_its_key_with_an_event(
    draft: Incident, author: User
) -> None:
    kept = keep(draft, author)
    assert kept.file.name == f"incidents/{draft.pk}/{kept.key}.png"
    with kept.file.open() as file:
        assert file.read() == read(pictures.picture()).data
    event = draft.events.get(what="picture added")
    assert event.after is not None
    assert (event.part, event.after["name"]) == (kept.key, "lift.png")


def test_a_click_too_many_keeps_it_once(draft: Incident, author: User) -> None:
    assert keep(draft, author) == keep(draft, author)
    assert keep(draft, author, alt="In other words") != keep(draft, author)
    assert draft.attachments.count() == 2


@pytest.mark.parametrize(
    ("alt", "words"),
    [
        ("A lift", "A lift"),
        ("a](https://evil.example)", r"a\](https://evil.example)"),
        ("two\nlines", "two lines"),
        (r"back\slash", r"back\\slash"),
    ],
)
def test_its_markdown_shows_the_words_and_leads_nowhere_else(
    draft: Incident, author: User, alt: str, words: str
) -> None:
    kept = keep(draft, author, alt=alt)
    address = f"/incidents/{draft.pk}/images/{kept.key}.png"
    assert kept.markdown == f"![{words}]({address})"


def test_the_markdown_of_an_svg_is_a_link(draft: Incident, author: User) -> None:
    kept = keep(draft, author, picture=read(pictures.SVG))
    assert kept.markdown.startswith("[A lift](")
