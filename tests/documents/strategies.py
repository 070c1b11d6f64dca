"""Documents as hypothesis invents them: odd letters, long texts, empty parts."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from incidents.documents.document import (
    Action,
    Document,
    Entry,
    Factor,
    Participant,
    Person,
    Section,
)
from incidents.documents.kinds import (
    ActionKind,
    ActionState,
    Detection,
    EntryKind,
    Priority,
    SectionKind,
)

LETTERS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
TRAPS = st.sampled_from(
    [
        "## Timeline",
        "# Heading",
        "```",
        "```python\ncode # not a heading",
        "~~~",
        "~~~\nopen\n<!-- fence closed -->",
        "- a\n  ```\n  open in a bullet",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "- [x] a box",
        "- Owner: somebody",
        "<!-- timeline -->",
        "<!-- \\section summary -->",
        "<!-- facts -->",
        "---",
        "10:00 UTC: a time",
        "  indented",
        "\ttab",
        "\n",
        "<b>",
        "**bold:**",
        "Timeline:",
        "\u2028",
        "\ufeff",
        "\x85",
        "\u202e",
        "﷽",
        '"quoted"',
        "null",
        "~",
        " ",
        "",
        "-->",
        "--",
        "a: b",
        "# #",
        "👩‍🚒",
    ]
)
TEXTS = st.lists(TRAPS | st.text(LETTERS, max_size=30), max_size=6).map("\n".join)
TITLES = st.text(LETTERS, max_size=30) | TRAPS
PEOPLE = st.builds(Person, name=TITLES, account=st.none() | TITLES)
ZONES = st.integers(-14 * 60, 14 * 60).map(
    lambda m: dt.timezone(dt.timedelta(minutes=m))
)
NO_ZONE: st.SearchStrategy[dt.tzinfo | None] = st.none()
MOMENTS = st.builds(
    dt.datetime.combine,
    st.dates(dt.date(1990, 1, 2), dt.date(2100, 1, 1)),
    st.times(),
    NO_ZONE | ZONES,
)
SECTIONS = st.builds(
    Section, kind=st.sampled_from(SectionKind), title=TITLES, body=TEXTS
)
ENTRIES = st.builds(
    Entry,
    text=TEXTS,
    at=st.none() | MOMENTS,
    until=st.none() | MOMENTS,
    as_written=TITLES,
    zone=TITLES,
    kind=st.sampled_from(EntryKind),
    pinned=st.booleans(),
    derived=st.booleans(),
)
ACTIONS = st.builds(
    Action,
    text=TEXTS,
    kind=st.none() | st.sampled_from(ActionKind),
    priority=st.none() | st.sampled_from(Priority),
    owner=st.none() | PEOPLE,
    due_on=st.none() | st.dates(),
    state=st.sampled_from(ActionState),
    done_at=st.none() | MOMENTS,
    done_by=st.none() | PEOPLE,
    evidence=TEXTS,
    declined_because=TEXTS,
    url=TITLES,
)
PLACES = st.lists(st.integers(0, 5), max_size=4).map(tuple)
FACTORS = st.builds(
    Factor, text=TEXTS, category=TITLES, evidence=PLACES, answers=PLACES, accepted=TEXTS
)
PARTICIPANTS = st.builds(Participant, person=PEOPLE, role=TITLES)


def some(
    of: st.SearchStrategy[object], most: int = 3
) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=most).map(tuple)


DOCUMENTS = st.builds(
    Document,
    title=TITLES,
    severity=st.none() | TITLES,
    zone=st.none() | TITLES,
    started_at=st.none() | MOMENTS,
    detected_at=st.none() | MOMENTS,
    mitigated_at=st.none() | MOMENTS,
    resolved_at=st.none() | MOMENTS,
    detection=st.none() | st.sampled_from(Detection),
    users_affected_percent=st.none() | st.decimals(0, 100, places=2).map(Decimal),
    users_affected_count=st.none() | st.integers(0, 10**9),
    services=some(TITLES),
    tags=some(TITLES),
    owner=st.none() | PEOPLE,
    participants=some(PARTICIPANTS),
    sections=some(SECTIONS, 4),
    timeline=some(ENTRIES, 4),
    actions=some(ACTIONS, 4),
    factors=some(FACTORS, 2),
)
