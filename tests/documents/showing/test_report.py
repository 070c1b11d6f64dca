"""A report as a value: order, clocks, the lead, and links that hold."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.calendar.durations import in_words, since
from incidents.documents.document import (
    Document,
    Entry,
    Participant,
    Person,
    Section,
)
from incidents.documents.kinds import SectionKind
from incidents.documents.showing.card import SUMMARY_LENGTH, card, summary
from incidents.documents.showing.report import names, report

START = dt.datetime(2026, 3, 28, 22, 30, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)

titles = st.lists(st.text(max_size=12) | st.sampled_from(["Timeline", "Why", "why"]))


def section(body: str, kind: SectionKind = SectionKind.SUMMARY) -> Section:
    return Section(kind=kind, title=kind.label, body=body)


@given(titles)
def test_no_two_sections_share_a_name_and_none_takes_the_pages(
    wanted: list[str],
) -> None:
    found = names(wanted)
    assert len(found) == len(set(found)) == len(wanted)
    assert not {"content", "timeline", "causes", "action-items"} & set(found)
    assert all(name and "." not in name for name in found)


@given(st.timedeltas(min_value=dt.timedelta(0)))
def test_a_duration_is_short_and_never_longer_than_it_was(length: dt.timedelta) -> None:
    said = in_words(length)
    units = {"d": 86400, "h": 3600, "min": 60, "s": 1}
    words = said.split()
    last = words[-1] if words[-1].isdigit() else None
    pairs = re.findall(r"(\d+) (d|h|min|s)\b", said)
    seconds = sum(int(number) * units[unit] for number, unit in pairs)
    seconds += 60 * int(last) if last else 0
    assert seconds <= length.total_seconds() < seconds + 3600


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (dt.timedelta(0), "0 s"),
        (45 * MINUTE / 60, "45 s"),
        (MINUTE, "1 min"),
        (42.9 * MINUTE, "42 min"),
        (180 * MINUTE, "3 h 00"),
        (105 * MINUTE, "1 h 45"),
        (52 * 60 * MINUTE, "2 d 4 h"),
        (48 * 60 * MINUTE, "2 d"),
    ],
)
def test_a_duration_reads_as_people_say_it(length: dt.timedelta, said: str) -> None:
    assert in_words(length) == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "start"), (25, "+25 min"), (-5, "−5 min")]
)
def test_a_moment_is_placed_beside_the_start(minutes: int, said: str) -> None:
    assert since(START, START + minutes * MINUTE) == said


def test_an_empty_document_makes_an_empty_report() -> None:
    drawn = report(Document(title="Nothing is known"))
    assert drawn.lead is None
    assert not [*drawn.contents, *drawn.facts, *drawn.moments]


def test_the_first_paragraph_of_the_summary_leads_and_is_not_repeated() -> None:
    document = Document(
        title="x", sections=(section("One.\n\nTwo [a][1].\n\n[1]: /x"),)
    )
    drawn = report(document)
    assert drawn.lead
    assert drawn.lead.html.strip() == "<p>One.</p>"
    assert "One." not in drawn.opening[0].text.html
    assert "Two" in drawn.opening[0].text.html


def test_a_summary_of_one_paragraph_needs_no_heading() -> None:
    drawn = report(Document(title="x", sections=(section("One."),)))
    assert drawn.opening == ()


def test_a_summary_that_begins_with_a_list_stays_whole() -> None:
    drawn = report(Document(title="x", sections=(section("- One\n- Two"),)))
    assert drawn.lead is None
    assert "One" in drawn.opening[0].text.html


def test_a_link_to_another_section_finds_it() -> None:
    sections = (
        section("See [the cause](#root-cause).", SectionKind.OTHER),
        section("Rust.", SectionKind.ROOT_CAUSE),
    )
    drawn = report(Document(title="x", sections=sections))
    assert 'href="#root-cause"' in drawn.telling[0].text.html
    assert drawn.telling[1].anchor == "root-cause"


def test_a_new_day_begins_at_midnight_where_it_happened() -> None:
    # Berlin: 23:30 on the 28th, and the clocks go forward in the night.
    timeline = tuple(
        Entry(at=START + minutes * MINUTE, text="x") for minutes in (0, 29, 30, 180)
    )
    drawn = report(
        Document(title="x", zone="Europe/Berlin", started_at=START, timeline=timeline)
    )
    assert [row.day for row in drawn.timeline] == ["", "", "Sunday, 29 March 2026", ""]
    assert [row.clock for row in drawn.timeline] == ["23:30", "23:59", "00:00", "03:30"]
    assert [row.elapsed for row in drawn.timeline] == [
        "start",
        "+29 min",
        "+30 min",
        "+3 h 00",
    ]


def test_a_zone_is_told_beside_each_clock_only_where_clocks_are_put() -> None:
    night = (Entry(at=START, text="x"), Entry(at=START + 180 * MINUTE, text="y"))
    there = report(Document(title="x", zone="Europe/Berlin", timeline=night))
    assert [row.zone for row in there.timeline] == ["CET", "CEST"]
    elsewhere = report(Document(title="x", zone="Asia/Tokyo", timeline=night))
    assert [row.zone for row in elsewhere.timeline] == ["", ""]


def test_an_entry_without_a_known_time_shows_what_was_written() -> None:
    timeline = (Entry(text="x", as_written="that evening"), Entry(text="y"))
    drawn = report(Document(title="x", started_at=START, timeline=timeline))
    assert [row.clock for row in drawn.timeline] == ["that evening", "?"]
    assert [row.elapsed for row in drawn.timeline] == ["", ""]


def test_an_entry_shows_its_end_and_that_a_time_is_only_about_right() -> None:
    long = Entry(text="x", at=START, until=START + 5 * MINUTE)
    about = Entry(text="y", at=START, as_written="1 May, ca. 22:30")
    drawn = report(Document(title="x", timeline=(long, about)))
    assert [row.clock for row in drawn.timeline] == ["22:30–22:35", "~22:30"]


def test_facts_are_told_where_they_are_known() -> None:
    document = Document(
        title="x",
        started_at=START,
        detected_at=START + MINUTE,
        resolved_at=START + 180 * MINUTE,
        users_affected_percent=Decimal("85.00"),
        users_affected_count=12000,
    )
    told = [(fact.name, fact.value) for fact in report(document).facts]
    assert told == [
        ("Duration", "3 h 00"),
        ("Time to detect", "1 min"),
        ("Time to resolve", "2 h 59"),
        ("Users affected", "85%"),
    ]
    counted = replace(document, users_affected_percent=None)
    assert report(counted).facts[-1].value == "12,000"


@given(st.text(max_size=2000))
def test_a_summary_is_cut_between_words(text: str) -> None:
    said = summary(Document(title="x", sections=(section(text),)))
    assert len(said) <= SUMMARY_LENGTH + 1
    assert "\n" not in said


def test_a_card_names_the_owner_once() -> None:
    ines = Person(name="Ines", account="ines")
    owner_only = Document(title="x", owner=ines)
    also_there = replace(
        owner_only, participants=(Participant(person=ines, role="lead"),)
    )
    assert card(owner_only, report(owner_only), rank=None)["people"] == [
        ["Ines", "owner"]
    ]
    assert card(also_there, report(also_there), rank=None)["people"] == [
        ["Ines", "lead"]
    ]
