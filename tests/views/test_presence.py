"""Who else is here: seen by those who may write here, and by nobody else."""

import datetime as dt

import pytest
from django.utils import timezone

from incidents.documents.document import Action, Entry, Section
from incidents.documents.kinds import SectionKind
from incidents.models import Incident, Presence, User
from incidents.workflow.parts.presence import arrive, forget_old
from tests.factories import browser_of, make_incident, restrict


@pytest.fixture
def draft(author: User) -> Incident:
    return make_incident(
        author,
        sections=(Section(kind=SectionKind.SUMMARY, title="Summary", body="Short."),),
        timeline=(Entry(text="The alarm rang."),),
        actions=(Action(text="Buy a spare."),),
    )


def sees(user: User, draft: Incident, part: str = "") -> str:
    """What this person's page shows when it says where they are."""
    address = f"{draft.get_absolute_url()}presence/"
    response = browser_of(user).post(address, {"part": part})
    assert response.status_code == 200
    return response.content.decode()


def opens(user: User, draft: Incident, query: str = "") -> str:
    response = browser_of(user).get(draft.get_absolute_url() + query)
    return response.content.decode()


def test_who_may_not_see_the_postmortem_hears_nothing(
    draft: Incident, author: User, colleague: User, reader: User, stranger: User
) -> None:
    restrict(draft)
    sees(author, draft)
    address = f"{draft.get_absolute_url()}presence/"
    for user in (colleague, reader, stranger):
        assert browser_of(user).post(address).status_code == 404
    assert not Presence.objects.exclude(user=author).exists()


def test_a_sign_needs_a_post(draft: Incident, author: User) -> None:
    address = f"{draft.get_absolute_url()}presence/"
    assert browser_of(author).get(address).status_code == 405


@pytest.mark.parametrize("part", ["", "nowhere", "<b>", "x" * 500, "section-"])
def test_a_part_that_is_not_there_is_no_place(
    draft: Incident, author: User, colleague: User, part: str
) -> None:
    sees(author, draft, part)
    shown = sees(colleague, draft)
    assert "Ada Byron</li>" in shown


def test_nobody_sees_themselves(draft: Incident, author: User) -> None:
    assert "Here now" not in sees(author, draft, "timeline")


def test_people_see_each_other_with_the_part_they_write(
    draft: Incident, author: User, colleague: User
) -> None:
    section = draft.sections.get()
    sees(author, draft, f"section-{section.key}")
    assert "Ada Byron, at Summary" in opens(colleague, draft)
    sees(author, draft, "timeline")
    assert "Ada Byron, at Timeline" in sees(colleague, draft)
    assert Presence.objects.filter(user=author).count() == 1


@pytest.mark.parametrize(
    ("rows", "where"), [("timeline", "Timeline"), ("actions", "Action items")]
)
def test_without_scripts_an_opened_row_says_where_one_is(
    draft: Incident, author: User, colleague: User, rows: str, where: str
) -> None:
    row = getattr(draft, rows).get()
    opens(author, draft, f"?open={row.key}")
    assert f"Ada Byron, at {where}" in opens(colleague, draft)


def test_who_left_a_minute_ago_is_not_here(
    draft: Incident, author: User, colleague: User
) -> None:
    long_ago = timezone.now() - dt.timedelta(seconds=61)
    arrive(draft, "", by=author, now=long_ago)
    assert "Ada" not in sees(colleague, draft)


def test_a_closed_account_is_not_here(
    draft: Incident, author: User, colleague: User
) -> None:
    sees(author, draft)
    User.objects.filter(pk=author.pk).update(is_active=False)
    assert "Ada" not in sees(colleague, draft)


def test_old_signs_are_forgotten(draft: Incident, author: User) -> None:
    now = timezone.now()
    arrive(draft, "", by=author, now=now)
    forget_old(now=now + dt.timedelta(hours=23))
    assert Presence.objects.exists()
    forget_old(now=now + dt.timedelta(hours=25))
    assert not Presence.objects.exists()
