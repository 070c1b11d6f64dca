"""The checks, each with the way to where it is mended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from incidents.documents.checks import Check
from incidents.documents.kinds import SectionKind
from incidents.models import Incident, Section
from incidents.views.editor.rail import panel_of

EDITOR = "incidents:edit"
REVIEW = "incidents:review"


@dataclass(frozen=True, slots=True)
class LinkedCheck:
    """A check and the address of its fix, which on its own page is an anchor."""

    check: Check
    address: str


def linked_checks(
    found: Iterable[Check],
    incident: Incident,
    sections: Iterable[Section],
    *,
    here: str = EDITOR,
) -> list[LinkedCheck]:
    """Each check; what belongs into a section that is not there leads to where one
    is added. `here` is the page that shows them.
    """
    panels: dict[str, str] = dict.fromkeys(SectionKind, "sections")
    for row in sections:
        if panels[row.kind] == "sections":
            panels[row.kind] = panel_of(row)
    return [
        LinkedCheck(check, address_of(check, incident, panels, here)) for check in found
    ]


def address_of(
    check: Check, incident: Incident, panels: Mapping[str, str], here: str
) -> str:
    page = REVIEW if check.in_review else EDITOR
    anchor = f"#{panels.get(check.part, check.part)}"
    return anchor if page == here else f"{reverse(page, args=[incident.pk])}{anchor}"
