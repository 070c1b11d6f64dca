"""Made-up postmortems are what the verbs would have made of the same words."""

import io

import pytest
from django.core.management import CommandError, call_command

from incidents.documents.as_json import from_json, to_json
from incidents.documents.card import card
from incidents.management.load.words import vocabulary
from incidents.models import ActionItem, Incident, Listing, Publication, User
from incidents.models.listing import Progress
from incidents.workflow.listing import count_promises, list_report
from incidents.workflow.publish import body, draw
from incidents.workflow.to_document import to_document
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
    load(20)
    assert Incident.objects.published().count() == 20
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


def check_frozen(publication: Publication) -> None:
    document = from_json(publication.document)
    drawn, severity = draw(document), publication.incident.severity
    assert severity
    assert publication.html == body(drawn)
    assert card(document, drawn, rank=severity.rank).items() <= publication.card.items()


def check_listed(publication: Publication) -> None:
    incident = publication.incident
    before = shown(incident)
    list_report(publication, from_json(publication.document))
    count_promises(incident, to_document(incident).actions)
    assert shown(incident) == before


def shown(incident: Incident) -> list[object]:
    row = Listing.objects.filter(pk=incident.pk)
    labels = [
        set(getattr(row.get(), name).values_list("name", flat=True))
        for name in ("services", "tags", "categories")
    ]
    return [*row.values(), *labels]


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
