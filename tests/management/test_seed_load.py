"""Made-up postmortems are what the verbs would have made of the same words."""

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from incidents.documents.formats.as_json import from_json, to_json
from incidents.documents.searching.pieces import Piece
from incidents.documents.searching.words import spellings
from incidents.documents.showing.card import card
from incidents.management.load.loading import ahead
from incidents.management.load.making import Batch
from incidents.management.load.people import World
from incidents.management.load.words import vocabulary
from incidents.models import (
    ActionItem,
    Incident,
    Listing,
    Publication,
    SearchDocument,
    SearchWord,
    User,
)
from incidents.models.listing import Progress
from incidents.search.words import drift
from incidents.search.words.terms import Entry, fields_of, put
from incidents.workflow.counting import recounting
from incidents.workflow.counting.listing import count_promises, list_report
from incidents.workflow.reviewing.publish import drawn_report, report_html
from incidents.workflow.whole.to_document import to_document
from tests.factories import browser_of, make_incident

pytestmark = pytest.mark.django_db


def load(count: int) -> None:
    out = io.StringIO()
    call_command("seed_load", "--incidents", str(count), stdout=out, stderr=out)


def test_a_site_with_content_is_left_alone(author: User) -> None:
    make_incident(author)
    with pytest.raises(CommandError, match="has content already"):
        load(3)
    assert Incident.objects.count() == 1


def test_none_at_all_is_refused() -> None:
    with pytest.raises(CommandError, match="Give a number"):
        load(0)


def test_what_is_loaded_agrees_with_itself() -> None:
    load(12)
    assert Incident.objects.published().count() == 12
    assert ActionItem.objects.open().exists()
    for incident in Incident.objects.all():
        incident.full_clean()
        newest = incident.revisions.first()
        assert newest
        assert newest.document == to_json(to_document(incident))
        for row in (*incident.actions.all(), *incident.timeline.all()):
            row.full_clean()
    for publication in Publication.objects.select_related("incident__severity"):
        check_frozen(publication)
        check_listed(publication)
    assert not list(drift.drift())
    assert not list(recounting.drift())
    for found in SearchDocument.objects.all():
        check_found(found)


def check_frozen(publication: Publication) -> None:
    document = from_json(publication.document)
    drawn, severity = drawn_report(document), publication.incident.severity
    assert severity
    assert publication.html == report_html(drawn)
    assert card(document, drawn, rank=severity.rank).items() <= publication.card.items()


def check_listed(publication: Publication) -> None:
    incident = publication.incident
    before = shown(incident)
    list_report(publication, from_json(publication.document))
    count_promises(incident, to_document(incident).actions)
    assert shown(incident) == before


def check_found(found: SearchDocument) -> None:
    """Indexed anew from its own pieces, it has the terms and the words it had."""
    pieces = [Piece(*piece) for piece in found.pieces]
    words = {word for piece in pieces for word in spellings(piece.text)}
    assert SearchWord.objects.filter(pk__in=words).count() == len(words)
    before = terms_at(found.place)
    put([Entry(found.place, found.digest, fields_of(pieces))])
    assert terms_at(found.place) == before


def terms_at(place: int) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM incidents_searchterms WHERE rowid = %s", [place])
        return cursor.fetchone()


def shown(incident: Incident) -> list[object]:
    row = Listing.objects.filter(pk=incident.pk)
    labels = [
        set(getattr(row.get(), name).values_list("name", flat=True))
        for name in ("services", "tags", "categories")
    ]
    return [*row.values(), *labels]


def test_what_is_written_next_goes_on_counting() -> None:
    load(3)
    author = User.objects.get(username="ada.abara")
    assert make_incident(author).number == 4
    assert {row.pk for row in ActionItem.objects.all()} == set(range(1, 16))


@pytest.mark.once
def test_batches_come_in_their_order_and_few_are_under_way() -> None:
    begun: list[Batch] = []

    def note(batch: Batch) -> Batch:
        begun.append(batch)
        return batch

    world, today = World([], [], [], [], [], {}, {}), dt.date(2026, 11, 21)
    asked = (Batch(world, [], today, 0, range(at, at)) for at in range(5))
    with ThreadPoolExecutor(1) as pool:
        made = ahead(pool, map(note, asked), 2)
        assert [len(begun) for _ in made] == [3, 4, 5, 5, 5]
    assert [batch.places.start for batch in begun] == [0, 1, 2, 3, 4]


def test_a_reader_finds_and_opens_them() -> None:
    load(25)
    reader = browser_of(User.objects.get(username="jonas.abara"))
    page = reader.get("/reports/?actions=" + Progress.OPEN)
    assert page.status_code == 200
    for report in Listing.objects.filter(incident__visibility="everyone")[:2]:
        assert report.title in reader.get(report.address).content.decode()


@pytest.mark.once
def test_no_word_is_made_up_twice() -> None:
    assert vocabulary()[0] == "the"
    assert len(set(vocabulary())) == len(vocabulary()) == 25_000
