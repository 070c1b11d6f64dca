"""The four numbers on top of the page."""

import datetime as dt
from dataclasses import dataclass, field

from incidents.insights.counting import Sum
from incidents.insights.figures import Cell, number
from incidents.insights.lengths import known, spoken
from incidents.insights.promises import closed, oldest, overdue, promised
from incidents.insights.question import Question


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with its unit, words after it, and what it was before."""

    head: Cell
    words: str
    details: list[Cell] = field(default_factory=list)


def tiles(question: Question) -> list[Tile]:
    made = (incidents, on_time, still_open, told)
    return [make(question) for make in made]


def incidents(question: Question) -> Tile:
    now, links = question.now.get("n", 0), question.links
    before = number(question.before.get("n", 0), links.before.reports())
    return Tile(
        number(now, links.reports()),
        "incident" if now == 1 else "incidents",
        [before._replace(text=f"{before.text} before")],
    )


def on_time(question: Question) -> Tile:
    """How many were closed on time, of those whose day of closing is known."""
    now, links = question.now, question.links
    share, before = punctual(now), punctual(question.before)
    kept = links.actions(state="kept")
    done, all_of = closed(now), promised(now)
    details = [
        Cell(f"{done:,} of {all_of:,} closed", done, links.actions(state="done")),
    ]
    if before is not None:
        earlier = links.before.actions(state="kept")
        details.append(Cell(f"{before}% on time before", before, earlier))
    head = Cell("–") if share is None else Cell(f"{share}%", share, kept)
    return Tile(head, "of closed action items on time", details)


def punctual(counts: Sum) -> int | None:
    kept, late = counts.get("kept", 0), counts.get("late", 0)
    return round(100 * kept / (kept + late)) if kept + late else None


def still_open(question: Question) -> Tile:
    now, today, links = question.now, question.today, question.links
    late = overdue(now, today)
    details = [
        Cell(f"{late:,} overdue", late, links.actions(state="open", due="overdue")),
    ]
    if age := oldest(now, today):
        day = f"{today - dt.timedelta(age)}"
        link = links.actions(state="open", promised_to=day)
        details.append(Cell(f"oldest {age} days", age, link))
    head = number(now.get("open", 0), links.actions(state="open"))
    return Tile(head, "action items open", details)


def told(question: Question) -> Tile:
    now, before = known(question.now, "publish"), known(question.before, "publish")
    links = question.links
    if now is None:
        return Tile(Cell("–"), "from resolved to published")
    head = Cell(spoken(now.median), now.median, links.reports(span="publish"))
    details = [Cell(f"median, n = {now.n}", now.n, links.reports(span="publish"))]
    if before:
        earlier = links.before.reports(span="publish")
        text = f"{spoken(before.median)} before, n = {before.n}"
        details.append(Cell(text, before.median, earlier))
    return Tile(head, "from resolved to published", details)
