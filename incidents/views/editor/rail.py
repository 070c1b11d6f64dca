"""The way through the page: how far each part has come, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidents.documents import progress
from incidents.documents.document import Document
from incidents.documents.progress import Filled
from incidents.models import Section

TITLES = {
    "basics": "Basics",
    "when": "When",
    "impact": "Numbers",
    "timeline": "Timeline",
    "factors": "Contributing factors",
    "actions": "Action items",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the rail: a part, and how much of it is there."""

    part: str
    title: str
    filled: Filled


def steps(
    document: Document, before: Sequence[Section], after: Sequence[Section]
) -> list[Step]:
    """The rail, in the order of the page."""
    return [
        fixed("basics", progress.basics(document)),
        fixed("when", progress.when(document)),
        fixed("impact", progress.impact(document)),
        *(section_step(row) for row in before),
        fixed("timeline", progress.timeline(document)),
        *(section_step(row) for row in after),
        fixed("factors", progress.factors(document)),
        fixed("actions", progress.actions(document)),
    ]


def fixed(part: str, filled: Filled) -> Step:
    return Step(part, TITLES[part], filled)


def section_step(row: Section) -> Step:
    return Step(panel_of(row), row.title, progress.filled([row.body.strip()]))


def panel_of(row: Section) -> str:
    return f"section-{row.key}"
