"""The sample content: what it refuses, what is in it, and how it reads."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError
from pytest_django import Settings

from incidents import models
from incidents.documents.document import Document
from incidents.documents.kinds import ActionState, EntryKind
from incidents.documents.render import render
from incidents.management.samples import samples
from incidents.management.samples.day import SUNDAY, Day
from incidents.management.samples.people import ACCOUNTS
from incidents.management.samples.sample import Sample
from incidents.workflow.whole.to_document import to_document
from tests.management.seeding import seed

SEASONS = [
    dt.datetime(2026, 1, 5, 0, 30, tzinfo=dt.UTC),
    dt.datetime(2026, 4, 2, 12, 0, tzinfo=dt.UTC),
    dt.datetime(2026, 8, 16, 23, 59, tzinfo=dt.UTC),
    dt.datetime(2026, 12, 6, 7, 0, tzinfo=dt.UTC),
    dt.datetime(2028, 2, 29, 18, 0, tzinfo=dt.UTC),
]

# Any database keeps what it is given in one season as it does in another.
KEPT_IN = [
    SEASONS[0],
    *(pytest.param(now, marks=pytest.mark.once) for now in SEASONS[1:]),
]


def all_samples() -> list[Sample]:
    return [sample for now in SEASONS for sample in samples(now)]


def names_in(document: Document) -> set[str]:
    """Given and family names; teams are written without capitals."""
    people = {item.owner for item in document.actions}
    people |= {row.person for row in document.participants} | set(ACCOUNTS)
    words = {word for who in people if who for word in who.name.split()}
    return {word for word in words if word.istitle()}


def texts_of(document: Document) -> str:
    return "\n".join(
        [
            document.title,
            *(section.body for section in document.sections),
            *(entry.text for entry in document.timeline),
            *(factor.text for factor in document.factors),
        ]
    )


# What it refuses


@pytest.mark.django_db
def test_an_open_site_gets_no_accounts_whose_password_everybody_knows() -> None:
    with pytest.raises(CommandError, match="DEBUG is off"):
        seed()
    assert not models.User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("options", [[], ["--force"]])
def test_a_site_with_people_of_its_own_is_left_alone(options: list[str]) -> None:
    models.User.objects.create(username="somebody")
    with pytest.raises(CommandError, match="other content"):
        seed(*options)
    assert models.User.objects.count() == 1


@pytest.mark.django_db
def test_a_start_that_asks_politely_leaves_such_a_site_without_complaint() -> None:
    models.User.objects.create(username="somebody")
    assert "its own content" in seed("--if-empty")
    assert models.User.objects.count() == 1


# What is there afterwards


@pytest.mark.django_db
def test_a_development_site_needs_no_force(
    settings: Settings,
) -> None:
    settings.DEBUG = True
    assert "postmortem" in seed()


@pytest.mark.django_db
@pytest.mark.parametrize("now", KEPT_IN)
def test_the_record_says_what_the_samples_say(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    seed("--force")
    kept = [to_document(row) for row in models.Incident.objects.order_by("number")]
    assert kept == [sample.document for sample in samples(now)]


# How they read


@pytest.mark.parametrize("now", SEASONS)
def test_there_is_something_overdue_at_any_time_of_the_year(now: dt.datetime) -> None:
    items = [item for row in samples(now) for item in row.document.actions]
    late = [
        item
        for item in items
        if item.due_on
        and item.due_on < now.date()
        and item.state in (ActionState.OPEN, ActionState.IN_PROGRESS)
    ]
    assert len(late) >= 2
    assert {item.state for item in items} == set(ActionState)


@pytest.mark.parametrize("now", SEASONS)
def test_nothing_has_happened_before_it_could(now: dt.datetime) -> None:
    for sample in samples(now):
        document = sample.document
        steps = [
            document.started_at,
            document.detected_at,
            document.mitigated_at,
            document.resolved_at,
            sample.started_writing,
            sample.shared,
            sample.published,
            now,
        ]
        known = [step for step in steps if step]
        assert known == sorted(known)
        assert all(item.done_at < now for item in document.actions if item.done_at)


@pytest.mark.parametrize("sample", all_samples())
def test_timelines_are_in_order(sample: Sample) -> None:
    moments = [entry.at for entry in sample.document.timeline if entry.at]
    assert moments == sorted(moments)
    assert sample.document.started_at in moments
    assert sample.document.resolved_at in moments


@pytest.mark.parametrize("sample", samples(SEASONS[0]))
def test_causes_are_systems_and_never_people(sample: Sample) -> None:
    text = texts_of(sample.document)
    assert not [name for name in names_in(sample.document) if name in text]
    assert "human error" not in text.casefold()


@pytest.mark.parametrize("sample", samples(SEASONS[0]))
def test_people_promise_things_for_working_days(sample: Sample) -> None:
    due = [item.due_on for item in sample.document.actions if item.due_on]
    assert all(day.weekday() < 5 for day in due)


def test_together_they_show_every_kind_of_entry_and_every_severity() -> None:
    documents = [sample.document for sample in samples(SEASONS[0])]
    entries = [entry for document in documents for entry in document.timeline]
    assert {entry.kind for entry in entries} == set(EntryKind)
    assert any(entry.at is None for entry in entries)
    assert any(entry.until for entry in entries)
    assert any(entry.pinned for entry in entries)
    assert {row.severity for row in documents} == {"SEV1", "SEV2", "SEV3", "SEV4"}


@pytest.mark.parametrize(
    "mark",
    ["<table", "<pre", 'class="admonition', 'type="checkbox"', "footnote", "<ol"],
)
def test_together_they_show_what_text_can_do(mark: str) -> None:
    documents = [sample.document for sample in samples(SEASONS[0])]
    bodies = [section.body for row in documents for section in row.sections]
    assert any(mark in render(body).html for body in bodies)


# Days that samples happen on


@pytest.mark.parametrize("now", SEASONS)
def test_the_hour_that_comes_twice_is_two_moments(now: dt.datetime) -> None:
    day = Day.clocks_back(by=now, zone="Europe/Berlin")
    again = Day(day.date, day.zone, second_pass=True)
    assert again.at("02:30") - day.at("02:30") == dt.timedelta(hours=1)


@pytest.mark.parametrize("now", SEASONS)
def test_the_latest_sunday_is_over_and_not_long_ago(now: dt.datetime) -> None:
    day = Day.latest(SUNDAY, by=now, zone="America/Los_Angeles")
    assert day.date.weekday() == SUNDAY
    today = now.astimezone(ZoneInfo(day.zone)).date()
    assert 1 <= (today - day.date).days <= 7
