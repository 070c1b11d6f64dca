"""At the same instant: one winner, a loser who is asked, and every word kept."""

from collections import Counter
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from incidents.documents.document import Action, Document, Entry, Section
from incidents.documents.kinds import SectionKind
from incidents.models import Incident, ReportTemplate, User
from incidents.workflow.parts import rows
from incidents.workflow.parts.part_kinds import ACTION, ENTRY, FACTS, SECTION
from incidents.workflow.parts.save import Saved, StaleError, save
from incidents.workflow.refusals import RefusedError
from incidents.workflow.whole.create import start
from tests.factories import NOW, make_incident
from tests.racing import together

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BODY = "The first sentence stands. The second one stands too. So does the third."
ROUNDS = 5
PEOPLE = 8


@pytest.fixture
def draft(author: User) -> Incident:
    sections = tuple(
        Section(kind=SectionKind.OTHER, title=f"Part {place}", body=BODY)
        for place in range(PEOPLE)
    )
    return make_incident(author, sections=sections)


def write(draft: Incident, by: User, place: int, version: int, body: str) -> Saved[Any]:
    key = draft.sections.all()[place].key
    return save(SECTION, draft, key, {"body": body}, version=version, by=by, now=NOW)


def bodies_ever(draft: Incident) -> set[str]:
    """Every text that the history can show."""
    return {event.after["body"] for event in draft.events.all() if event.after}


def refusals(results: Any) -> list[Exception]:
    return [result for result in results if isinstance(result, Exception)]


def test_of_two_saves_of_one_sentence_one_wins_and_the_other_is_asked(
    draft: Incident, author: User, colleague: User
) -> None:
    for place in range(ROUNDS):
        texts = [BODY.replace("second", word) for word in ("middle", "next")]
        results = together(
            partial(write, draft, author, place, 1, texts[0]),
            partial(write, draft, colleague, place, 1, texts[1]),
        )
        (asked,) = refusals(results)
        assert isinstance(asked, StaleError)
        won = draft.sections.all()[place]
        assert (won.version, won.body) == (2, asked.joined.theirs.body)
        assert {won.body, asked.mine.body} == set(texts)
        # The loser finishes in the box, on top of what is there.
        write(draft, author, place, asked.row.version, asked.mine.body)
        assert set(texts) <= bodies_ever(draft)


def test_two_saves_of_different_sentences_are_both_there(
    draft: Incident, author: User, colleague: User
) -> None:
    for place in range(ROUNDS):
        results = together(
            partial(write, draft, author, place, 1, BODY.replace("first", "opening")),
            partial(write, draft, colleague, place, 1, BODY.replace("third", "last")),
        )
        assert not refusals(results)
        section = draft.sections.all()[place]
        assert "opening sentence" in section.body
        assert "the last." in section.body
        assert section.version == 3


def test_people_at_different_sections_never_hinder_one_another(
    draft: Incident, author: User
) -> None:
    results = together(
        *(partial(write, draft, author, at, 1, f"Text {at}") for at in range(PEOPLE))
    )
    assert not refusals(results)
    assert [row.body for row in draft.sections.all()] == [
        f"Text {at}" for at in range(PEOPLE)
    ]


def test_one_form_sent_eight_times_at_once_is_one_row(
    draft: Incident, author: User
) -> None:
    key = uuid4()
    entry = Entry(text="The alarm rang.", at=NOW)
    add = partial(rows.add, ENTRY, draft, entry, key=key, by=author, now=NOW)
    results = together(*[add] * PEOPLE)
    assert {row.key for row in results if not isinstance(row, Exception)} == {key}
    assert not refusals(results)
    assert draft.timeline.get().key == key
    assert draft.events.filter(what="entry added").count() == 1


def test_one_beginning_sent_eight_times_at_once_is_one_postmortem(
    author: User,
) -> None:
    template = ReportTemplate.objects.all()[0]
    document = Document(title="The night the pager slept")
    begin = partial(start, document, template, key=uuid4(), by=author, now=NOW)
    results = together(*[begin] * PEOPLE)
    assert not refusals(results)
    assert Incident.objects.count() == 1


def test_positions_and_revision_numbers_never_clash(
    draft: Incident, author: User, colleague: User
) -> None:
    calls = [
        partial(
            rows.add,
            ACTION,
            draft,
            Action(text=f"Do {turn} of {person}"),
            key=uuid4(),
            by=person,
            now=NOW,
        )
        for turn in range(PEOPLE)
        for person in (author, colleague)
    ]
    assert not refusals(together(*calls))
    positions = Counter(draft.actions.values_list("position", flat=True))
    assert sorted(positions) == list(range(2 * PEOPLE))
    numbers = sorted(draft.revisions.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    newest = draft.revisions.all()[0].document
    assert len(newest["action_items"]) == 2 * PEOPLE


def test_one_row_removed_and_saved_at_once_is_never_half_there(
    draft: Incident, author: User, colleague: User
) -> None:
    for _ in range(ROUNDS):
        entry = Entry(text="The alarm rang.", at=NOW)
        row = rows.add(ENTRY, draft, entry, key=uuid4(), by=author, now=NOW)
        text = {"text": "The alarm rang twice."}
        removed, saved = together(
            partial(rows.remove, ENTRY, draft, row.key, version=1, by=author, now=NOW),
            partial(
                save, ENTRY, draft, row.key, text, version=1, by=colleague, now=NOW
            ),
        )
        (refused,) = refusals([removed, saved])
        assert isinstance(refused, RefusedError)
        assert draft.timeline.filter(key=row.key).exists() == (refused is removed)


def test_one_row_removed_by_two_at_once_is_removed_once(
    draft: Incident, author: User, colleague: User
) -> None:
    entry = Entry(text="The alarm rang.", at=NOW)
    row = rows.add(ENTRY, draft, entry, key=uuid4(), by=author, now=NOW)
    one, other = together(
        *(
            partial(rows.remove, ENTRY, draft, row.key, version=1, by=by, now=NOW)
            for by in (author, colleague)
        )
    )
    assert one == other
    assert draft.events.filter(what="entry removed").count() == 1


def test_facts_saved_at_once_from_two_forms_are_both_there(
    draft: Incident, author: User, colleague: User
) -> None:
    results = together(
        partial(
            save,
            FACTS,
            draft,
            None,
            {"severity": "SEV1", "tags": ("lift",)},
            version=1,
            by=author,
            now=NOW,
        ),
        partial(
            save,
            FACTS,
            draft,
            None,
            {"started_at": NOW, "zone": "Europe/Berlin"},
            version=1,
            by=colleague,
            now=NOW,
        ),
    )
    assert not refusals(results)
    draft.refresh_from_db()
    assert draft.severity is not None
    assert (draft.severity.name, draft.zone) == ("SEV1", "Europe/Berlin")
    assert draft.started_at == NOW
