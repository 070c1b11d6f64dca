"""What became of the action items of the period's reports."""

import datetime as dt
from typing import Final

from incidents.documents.kinds import ActionKind
from incidents.insights.bars import Line, bars
from incidents.insights.counting import Sum
from incidents.insights.figures import Figure
from incidents.insights.links import Links
from incidents.insights.names import NONE
from incidents.insights.question import Question

# What became of an item: its name in the sums, in words, and the board that shows it.
CLOSINGS: Final = (
    ("kept", "Done on time", "kept"),
    ("late", "Done late", "late"),
    ("whenever", "Done, day unknown", "whenever"),
    ("open", "Open", "open"),
    ("declined", "Declined", "declined"),
)
# From so many days on, and what that is called.
AGES: Final = (
    (0, "Up to 30 days"),
    (31, "31 to 90 days"),
    (91, "91 to 180 days"),
    (181, "181 days to a year"),
    (366, "More than a year"),
)


def closing(question: Question) -> Figure:
    now, before, links = question.now, question.before, question.links
    lines = [
        Line(
            text,
            now.get(name, 0),
            before.get(name, 0),
            links.actions(state=state),
            links.before.actions(state=state),
        )
        for name, text, state in CLOSINGS
    ]
    note = "the items of these reports as they are now"
    return bars("closing", "What became of the action items", note, lines, what="Item")


def kinds(question: Question) -> Figure:
    now, before, links = question.now, question.before, question.links
    lines = [
        Line(
            text,
            now.get(f"kind:{kind}", 0),
            before.get(f"kind:{kind}", 0),
            links.actions(kind=kind, state="promised"),
            links.before.actions(kind=kind, state="promised"),
        )
        for kind, text in ((*ActionKind.choices(), (NONE, "No kind")))
    ]
    total = sum(line.now for line in lines)
    note = f"share of {total:,} items that are open or done"
    return bars("kinds", "What the action items do", note, lines, what="Kind")


def ages(question: Question) -> Figure:
    """How long the open items have been open: from the first publication on."""
    today = question.today
    now, before = aged(question.now, today), aged(question.before, today)
    lines = [
        Line(
            text,
            now[least],
            before[least],
            open_for(question.links, least, today),
            open_for(question.links.before, least, today),
        )
        for least, text in AGES
    ]
    note = "counted from the day on which the report was published first"
    return bars("ages", "How old the open items are", note, lines, what="Open for")


def aged(counts: Sum, today: dt.date) -> dict[int, int]:
    """The open items by the least age of their sort."""
    found = dict.fromkeys((least for least, _ in AGES), 0)
    for since, number in by_day(counts, "since").items():
        age = max(0, (today - since).days)
        found[max(least for least in found if least <= age)] += number
    return found


def open_for(links: Links, least: int, today: dt.date) -> str:
    """The board of the open items of this age."""
    longer = [age for age, _ in AGES if age > least]
    until = {"promised_to": f"{today - dt.timedelta(least)}"} if least else {}
    since = today - dt.timedelta(longer[0] - 1) if longer else None
    more = until | ({"promised_from": f"{since}"} if since else {})
    return links.actions(state="open", **more)


def by_day(counts: Sum, name: str) -> dict[dt.date, int]:
    """How many items have each day."""
    days = counts.of(name).items()
    return {dt.date.fromordinal(day): number for day, number in days}


def overdue(counts: Sum, today: dt.date) -> int:
    due = by_day(counts, "due")
    return sum(number for day, number in due.items() if day < today)


def oldest(counts: Sum, today: dt.date) -> int:
    """The days for which the oldest open item has been open."""
    return max(((today - day).days for day in by_day(counts, "since")), default=0)


def closed(counts: Sum) -> int:
    return sum(counts.get(name, 0) for name in ("kept", "late", "whenever"))


def promised(counts: Sum) -> int:
    """Items that are open or done."""
    return closed(counts) + counts.get("open", 0)
