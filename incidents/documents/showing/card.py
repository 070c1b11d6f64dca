"""What pages show around a published report, and what lists show instead of it.

Kept as JSON beside the frozen HTML, so that a list of reports reads no document
and a rename made later does not reach into what was published.
"""

from typing import TypedDict
from zoneinfo import ZoneInfo

from incidents.documents.calendar.days import day_in_words
from incidents.documents.calendar.durations import in_words
from incidents.documents.document import Document, Person
from incidents.documents.kinds import SectionKind
from incidents.documents.render import plain
from incidents.documents.showing.report import Report

SUMMARY_LENGTH = 300


class Step(TypedDict):
    """An action item as it was promised; its state is looked up when it is shown."""

    key: str
    anchor: str
    html: str
    kind: str


class Verdict(TypedDict):
    """Who approved these words, and what they are published in spite of, and why."""

    approved_by: list[str]
    lacking: list[str]
    despite: str


class Card(TypedDict):
    title: str
    severity: str | None
    rank: int | None
    summary: str
    date: str
    duration: str
    services: list[str]
    tags: list[str]
    people: list[list[str]]
    noticed_by: str
    contents: list[list[str]]
    steps: list[Step]
    zone: str


def card(document: Document, report: Report, *, rank: int | None) -> Card:
    """The card of a document and its report; `rank` is that of its severity."""
    start, end = document.started_at, document.resolved_at
    zone = ZoneInfo(report.zone)
    return Card(
        title=document.title,
        severity=document.severity,
        rank=rank,
        summary=summary(document),
        date=day_in_words(start.astimezone(zone)) if start else "",
        duration=in_words(end - start) if start and end else "",
        services=list(document.services),
        tags=list(document.tags),
        people=people(document),
        noticed_by=document.detection.label if document.detection else "",
        contents=[list(place) for place in report.contents],
        steps=[
            Step(
                key=step.key,
                anchor=step.anchor,
                html=step.text.html,
                kind=step.kind.label if step.kind else "",
            )
            for step in report.steps
        ],
        zone=report.zone,
    )


def summary(document: Document) -> str:
    """The beginning of the summary without its marks, cut between two words."""
    written = (s.body for s in document.sections if s.kind == SectionKind.SUMMARY)
    return shortened(plain(next(written, "")))


def shortened(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(" ", 1)[0] + "…"


def people(document: Document) -> list[list[str]]:
    """Names with their parts in it, the owner first."""
    owner: Person | None = document.owner
    listed = [[row.person.name, row.role] for row in document.participants]
    if owner and all(owner.name != name for name, _ in listed):
        return [[owner.name, "owner"], *listed]
    return listed
