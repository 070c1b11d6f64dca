"""What comes back, how it is noticed, and who reads of it."""

from typing import Final

from incidents.documents.kinds import Detection
from incidents.insights.bars import Line, bars
from incidents.insights.counting import Sum
from incidents.insights.figures import Figure, number
from incidents.insights.links import Links, page_about
from incidents.insights.names import NONE
from incidents.insights.question import Question

# Seen so often, it has come back.
AGAIN: Final = 2
MOST_FACTORS: Final = 12
# Readers of a report: from, to, in words.
READERS: Final = (
    (0, 0, "Nobody yet"),
    (1, 1, "1 reader"),
    (2, 5, "2 to 5 readers"),
    (6, 20, "6 to 20 readers"),
    (21, None, "21 readers and more"),
)


def factors(question: Question) -> Figure:
    note = "kinds of factor of more than one report, with their items still open"
    return seen_in(question, "factors", "What keeps coming back", note, least=AGAIN)


def companions(question: Question) -> Figure:
    """The kinds of factor of these reports, but for the one they are about."""
    note = "kinds of factor of these reports, with their items still open"
    return seen_in(question, "companions", "Causes that come with it", note, least=1)


def seen_in(
    question: Question, slug: str, title: str, note: str, *, least: int
) -> Figure:
    seen, narrowed = question.now.of("factor"), dict(question.links.narrowed)
    own = question.names.number("factor", narrowed.get("factor", ""))
    again = [key for key, times in seen.items() if times >= least and key != own]
    again.sort(key=lambda key: (-seen[key], question.names.of("factor", key)))
    return bars(
        slug,
        title,
        note,
        [factor(question, key, seen[key]) for key in again[:MOST_FACTORS]],
        what="Factor",
        beside=("Open items",),
        shares=False,
    )


def factor(question: Question, key: int, seen: int) -> Line:
    name, links = question.names.of("factor", key), question.links
    still = question.now.get(f"factor_open:{key}", 0)
    return Line(
        name,
        seen,
        question.before.get(f"factor:{key}", 0),
        links.reports(factor=name),
        links.before.reports(factor=name),
        (number(still, links.actions(factor=name, state="open")),),
        page_about("factor", name),
    )


def detection(question: Question) -> Figure:
    now, before, links = question.now, question.before, question.links
    lines = [
        Line(
            text,
            now.get(f"noticed:{kind}", 0),
            before.get(f"noticed:{kind}", 0),
            links.reports(noticed=kind),
            links.before.reports(noticed=kind),
        )
        for kind, text in ((*Detection.choices(), (NONE, "Not said")))
    ]
    note = "who or what knew first"
    return bars("detection", "How they were noticed", note, lines, what="Noticed by")


def readership(question: Question) -> Figure:
    lines = [
        Line(
            text,
            read_by(question.now, least, most),
            read_by(question.before, least, most),
            read_link(question.links, least, most),
            read_link(question.links.before, least, most),
        )
        for least, most, text in READERS
    ]
    note = "people who said of a report that they have read it, in any version"
    return bars("readership", "Who reads them", note, lines, what="Report read by")


def read_by(counts: Sum, least: int, most: int | None) -> int:
    found = counts.of("readers").items()
    return sum(n for at, n in found if at >= least and (most is None or at <= most))


def read_link(links: Links, least: int, most: int | None) -> str:
    return links.reports(span=f"readers:{least}-{'' if most is None else most}")
