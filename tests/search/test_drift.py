"""Index and record in step: after every verb, after a failure, after a rebuild."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from incidents.documents.document import Action
from incidents.documents.kinds import ActionState
from incidents.models import Incident, SearchDocument, SearchTerms, SearchWord, User
from incidents.search.words.drift import drift
from incidents.search.words.index import rebuild
from incidents.search.words.terms import take_away
from incidents.workflow.actions.state import set_state
from incidents.workflow.parts.part_kinds import ACTION, SECTION
from incidents.workflow.parts.save import save
from incidents.workflow.reviewing.publish import publish
from tests.factories import NOW, make_draft, make_report
from tests.search.corpus import save_reports

pytestmark = pytest.mark.django_db


class Stopped(Exception):
    """As if the process had died here."""


def dying_at(place: int) -> Callable[..., Any]:
    """Lets so many statements pass and fails at the next; taking back may go on."""
    passed = 0

    def wrapper(execute: Any, *args: Any) -> Any:
        nonlocal passed
        passed += 1
        if passed == place + 1:
            raise Stopped
        return execute(*args)

    return wrapper


def statements_until(verb: Callable[[], object], check: Callable[[], None]) -> int:
    """Try a verb, dying one statement later each time, until it comes through."""
    place = 0
    while True:
        try:
            with connection.execute_wrapper(dying_at(place)):
                verb()
        except Stopped:
            check()
            place += 1
        else:
            return place


def check_nothing_astray() -> None:
    assert list(drift()) == []


def reindex(*options: str) -> str:
    said = io.StringIO()
    call_command("reindex", *options, stdout=said, stderr=io.StringIO())
    return said.getvalue()


def test_a_save_that_dies_anywhere_leaves_index_and_record_in_step(
    reviewer: User,
) -> None:
    incident = make_report(reviewer).incident
    section = incident.sections.get()

    def rewrite() -> None:
        changes = {"body": "A transformer melted."}
        save(SECTION, incident, section.key, changes, version=1, by=reviewer, now=NOW)

    assert statements_until(rewrite, check_nothing_astray) > 10
    check_nothing_astray()
    assert SearchDocument.objects.filter(incident=incident).count() == 2


def test_a_tick_and_another_wording_leave_them_in_step(reviewer: User) -> None:
    promised = (Action(text="Buy a ladder."),)
    incident = make_report(reviewer, actions=promised).incident
    key = incident.actions.get().key
    saved = set_state(incident, key, ActionState.DONE, by=reviewer, now=NOW)
    check_nothing_astray()
    assert not SearchDocument.objects.filter(incident=incident, is_draft=True).exists()
    changes, version = {"text": "Buy a bicycle."}, saved.row.version
    save(ACTION, incident, key, changes, version=version, by=reviewer, now=NOW)
    check_nothing_astray()
    draft = SearchDocument.objects.get(incident=incident, is_draft=True)
    assert "Buy a bicycle." in {text for *_, text in draft.pieces}


def test_a_publication_that_dies_anywhere_leaves_them_in_step(reviewer: User) -> None:
    draft = make_draft(reviewer)
    held = Incident.objects.get(pk=draft.pk)
    statements_until(lambda: publish(held, by=reviewer, now=NOW), check_nothing_astray)
    check_nothing_astray()
    assert not SearchDocument.objects.filter(incident=draft, is_draft=True).exists()


def test_what_differs_is_named_and_reindexing_mends_it() -> None:
    save_reports()
    documents = list(SearchDocument.objects.order_by("incident"))
    take_away([documents[0].place])
    SearchDocument.objects.filter(pk=documents[1].pk).update(digest="x")
    SearchDocument.objects.filter(pk=documents[2].pk).delete()
    labels = [f"PM-{document.incident_id}" for document in documents[:3]]
    with pytest.raises(CommandError) as refused:
        reindex("--check")
    assert [label for label in labels if label in str(refused.value)] == labels
    assert f"PM-{documents[3].incident_id}" not in str(refused.value)
    assert f"{len(documents)} postmortems" in reindex()
    assert "says what the record says" in reindex("--check")


def test_an_upgraded_site_fills_its_empty_index() -> None:
    save_reports()
    before = set(SearchTerms.objects.values_list("place", "digest"))
    words = SearchWord.objects.count()
    take_away([place for place, _ in before])
    SearchDocument.objects.all().delete()
    SearchWord.objects.all().delete()
    reindex("--missing")
    assert set(SearchTerms.objects.values_list("place", "digest")) == before
    assert SearchWord.objects.count() == words


def test_rebuilding_tells_how_far_it_is(reviewer: User) -> None:
    for _ in range(3):
        make_draft(reviewer)
    heard: list[int] = []
    assert rebuild(Incident.objects.all(), heard.append) == 3
    assert heard == [3]
