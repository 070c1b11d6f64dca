"""Restoring: an earlier revision's words come back, and nothing else moves."""

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents import models
from incidents.documents.document import Action, Entry, Factor, Person, Section
from incidents.documents.formats.as_json import to_json
from incidents.documents.kinds import ActionState, SectionKind
from incidents.models import Incident, Revision, State, User, Visibility
from incidents.workflow.actions.state import set_state
from incidents.workflow.parts import rows
from incidents.workflow.parts.part_kinds import ACTION, ENTRY, FACTOR, FACTS, SECTION
from incidents.workflow.parts.save import Saved, StaleError, save
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.reviewing.access import set_access
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.whole.restore import restore
from incidents.workflow.whole.to_document import to_document
from tests.factories import NOW, make_incident

BODY = "The first sentence stands. The second one stands too. So does the third."


def after(minutes: int) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


LATER, LAST = after(20), after(40)


@pytest.fixture
def draft(author: User) -> Incident:
    return make_incident(
        author,
        started_at=NOW,
        resolved_at=NOW,
        owner=Person(name="Ada Byron", account="ada"),
        sections=(Section(kind=SectionKind.SUMMARY, title="Summary", body=BODY),),
        timeline=(Entry(text="The alarm rang.", at=NOW),),
        actions=(Action(text="Oil the hinge."),),
        factors=(Factor(text="No oil.", evidence=(0,), answers=(0,)),),
    )


def first(draft: Incident) -> Revision:
    return draft.revisions.get(number=1)


def write(
    draft: Incident, by: User, body: str, version: int, now: dt.datetime = LATER
) -> Saved[models.Section]:
    key = draft.sections.get().key
    return save(SECTION, draft, key, {"body": body}, version=version, by=by, now=now)


def body(draft: Incident) -> str:
    return draft.sections.get().body


# Refusals


def test_a_reader_may_not_restore(draft: Incident, author: User, reader: User) -> None:
    write(draft, author, "Anew.", 1)
    with pytest.raises(NotAllowedError):
        restore(draft, first(draft), by=reader, now=LAST)
    assert body(draft) == "Anew."


def test_an_author_may_not_restore_what_is_hidden_from_them(
    draft: Incident, author: User, colleague: User
) -> None:
    write(draft, author, "Anew.", 1)
    set_access(draft, Visibility.RESTRICTED, [], [], by=author, now=LATER)
    with pytest.raises(NotAllowedError):
        restore(draft, first(draft), by=colleague, now=LAST)


def test_the_revision_of_another_postmortem_is_refused(
    draft: Incident, author: User
) -> None:
    other = make_incident(author, title="Another")
    with pytest.raises(RefusedError, match="another postmortem"):
        restore(draft, first(other), by=author, now=LAST)


def test_a_revision_that_is_already_so_makes_no_other(
    draft: Incident, author: User
) -> None:
    with pytest.raises(RefusedError, match="already says"):
        restore(draft, first(draft), by=author, now=LAST)
    assert draft.revisions.count() == 1


def test_a_revision_of_a_newer_program_is_refused_in_words(
    draft: Incident, author: User
) -> None:
    draft.revisions.update(document={"format": 99})
    with pytest.raises(RefusedError, match="newer version"):
        restore(draft, first(draft), by=author, now=LAST)


# What comes back


def test_a_restore_is_a_revision_of_its_own_that_says_so(
    draft: Incident, author: User, colleague: User
) -> None:
    write(draft, author, "Anew.", 1)
    made = restore(draft, first(draft), by=colleague, now=LAST)
    assert (made.number, made.note) == (3, "Restored from revision 1")
    assert made.author == colleague
    assert made.document == first(draft).document
    event = made.events.get()
    assert event.what == "section changed"
    assert event.before is not None
    assert event.before["body"] == "Anew."
    assert event.before["version"] == 2


def test_who_may_see_it_and_how_far_it_has_come_stay(
    draft: Incident, author: User, reviewer: User
) -> None:
    write(draft, author, "Anew.", 1)
    publish(draft, by=reviewer, now=LATER)
    set_access(draft, Visibility.RESTRICTED, [reviewer], [], by=author, now=LATER)
    restore(draft, first(draft), by=author, now=LAST)
    draft.refresh_from_db()
    assert draft.state == State.PUBLISHED
    assert draft.visibility == Visibility.RESTRICTED
    assert list(draft.allowed_users.all()) == [reviewer]
    assert "Anew" in draft.publications.get().html


def test_an_owner_whose_account_is_gone_comes_back_as_a_name(
    draft: Incident, author: User, colleague: User
) -> None:
    facts = {"owner": Person(name="Bo Lind", account="bo")}
    save(FACTS, draft, None, facts, version=1, by=colleague, now=LATER)
    author.delete()
    restore(draft, first(draft), by=colleague, now=LAST)
    draft.refresh_from_db()
    assert (draft.owner, draft.owner_name) == (None, "Ada Byron")


# Nobody is overwritten


def test_a_form_from_before_the_restore_is_joined_with_it(
    draft: Incident, author: User, colleague: User
) -> None:
    changed = BODY.replace("first sentence", "opening")
    write(draft, author, changed, 1)
    restore(draft, first(draft), by=author, now=LAST)
    mine = changed.replace("So does the third.", "So do all.")
    saved = write(draft, colleague, mine, 2, now=after(41))
    assert saved.joined
    assert body(draft) == BODY.replace("So does the third.", "So do all.")


def test_a_form_of_a_row_that_went_and_came_back_is_asked(
    draft: Incident, author: User, colleague: User
) -> None:
    key = draft.timeline.get().key
    save(ENTRY, draft, key, {"text": "It rang."}, version=1, by=author, now=LATER)
    rows.remove(ENTRY, draft, key, version=2, by=author, now=LATER)
    restore(draft, first(draft), by=author, now=LAST)
    assert draft.timeline.get().version == 3
    with pytest.raises(StaleError):
        save(ENTRY, draft, key, {"text": "Beep."}, version=2, by=colleague, now=LAST)


def test_a_form_of_a_factor_whose_evidence_was_restored_is_asked(
    draft: Incident, author: User, colleague: User
) -> None:
    row = draft.factors.get()
    smoke = Entry(text="Smoke.")
    other = rows.add(ENTRY, draft, smoke, key=uuid4(), by=author, now=NOW)
    both = {"evidence": (str(draft.timeline.all()[0].key), str(other.key))}
    save(FACTOR, draft, row.key, both, version=1, by=author, now=LATER)
    newest = draft.revisions.all()[0]
    save(FACTOR, draft, row.key, {"evidence": ()}, version=2, by=author, now=LAST)
    restore(draft, newest, by=author, now=after(60))
    mine = {"evidence": (str(other.key),)}
    with pytest.raises(StaleError):
        save(FACTOR, draft, row.key, mine, version=3, by=colleague, now=after(61))


# Whatever was done, every revision comes back whole

Edit = Callable[[Incident, User, dt.datetime], object]
words = st.text("ab. \n", min_size=1, max_size=12)


def add_entry(text: str) -> Edit:
    return lambda draft, by, now: rows.add(
        ENTRY, draft, Entry(text=text, at=now), key=uuid4(), by=by, now=now
    )


def rewrite(text: str) -> Edit:
    def edit(draft: Incident, by: User, now: dt.datetime) -> None:
        row = draft.sections.get()
        save(
            SECTION, draft, row.key, {"body": text}, version=row.version, by=by, now=now
        )

    return edit


def rename(text: str) -> Edit:
    def edit(draft: Incident, by: User, now: dt.datetime) -> None:
        draft.refresh_from_db()
        facts = {"title": f"The lift {text}", "tags": (text.strip(". \n") or "x",)}
        save(FACTS, draft, None, facts, version=draft.version, by=by, now=now)

    return edit


def remove_first(draft: Incident, by: User, now: dt.datetime) -> None:
    if row := draft.timeline.first():
        rows.remove(ENTRY, draft, row.key, version=row.version, by=by, now=now)


def close(draft: Incident, by: User, now: dt.datetime) -> None:
    for row in draft.actions.all():
        set_state(draft, row.key, ActionState.DONE, by=by, now=now)


def put_first(text: str) -> Edit:
    def edit(draft: Incident, by: User, now: dt.datetime) -> None:
        row = rows.add(ACTION, draft, Action(text=text), key=uuid4(), by=by, now=now)
        rows.move(ACTION, draft, row.key, after=None, by=by, now=now)

    return edit


def unlink(draft: Incident, by: User, now: dt.datetime) -> None:
    row = draft.factors.get()
    save(FACTOR, draft, row.key, {"answers": ()}, version=row.version, by=by, now=now)


edits = st.one_of(
    words.map(add_entry),
    words.map(rewrite),
    words.map(rename),
    words.map(put_first),
    st.sampled_from([remove_first, close, unlink]),
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(edits, min_size=1, max_size=6), st.data())
def test_any_revision_comes_back_to_the_letter_and_with_its_keys(
    author: User, todo: list[Edit], data: st.DataObject
) -> None:
    draft = make_incident(
        author,
        sections=(Section(kind=SectionKind.SUMMARY, title="Summary", body=BODY),),
        timeline=(Entry(text="The alarm rang.", at=NOW),),
        actions=(Action(text="Oil the hinge."),),
        factors=(Factor(text="No oil.", evidence=(0,), answers=(0,)),),
    )
    for number, edit in enumerate(todo, 1):
        edit(draft, author, after(20 * number))
    wanted = data.draw(st.sampled_from(list(draft.revisions.all())))
    draft.refresh_from_db()
    if to_json(to_document(draft)) != wanted.document:
        restore(draft, wanted, by=author, now=after(1000))
    draft.refresh_from_db()
    assert to_json(to_document(draft)) == wanted.document
