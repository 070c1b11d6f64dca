"""Who else is writing here now, and at which part."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from incidents.models import Incident, User
from incidents.views.editor.page import Editor
from incidents.views.editor.rail import TITLES, panel_of
from incidents.views.gates import MemberRequest, editable_incident
from incidents.workflow.parts import presence


@dataclass(frozen=True, slots=True)
class Present:
    """A person, and the title of the part where they are, if it is known."""

    name: str
    where: str


@require_POST
def say_present(request: MemberRequest, number: int) -> HttpResponse:
    """Note at which part the reader of an open page is, and show who else is there."""
    incident = editable_incident(request, number)
    titles = titles_of(incident)
    part = request.POST.get("part", "")
    found = arrive_and_list(incident, part, titles, by=request.user)
    context = {"incident": incident, "present": found}
    return render(request, "editor/here_now.html", context)


def arrive_at(editor: Editor, *, by: User) -> list[Present]:
    """Note that somebody opened the page, or a row in it; who else is there."""
    titles = titles_of(editor.incident)
    return arrive_and_list(editor.incident, opened_panel(editor), titles, by=by)


def arrive_and_list(
    incident: Incident, part: str, titles: dict[str, str], *, by: User
) -> list[Present]:
    now = timezone.now()
    presence.arrive(incident, part if part in titles else "", by=by, now=now)
    return [
        Present(sign.user.name, titles.get(sign.part, ""))
        for sign in presence.others(incident, than=by, now=now)
    ]


def titles_of(incident: Incident) -> dict[str, str]:
    """The panels of the editor by their ids."""
    sections = incident.sections.only("key", "title")
    return TITLES | {panel_of(row): row.title for row in sections}


def opened_panel(editor: Editor) -> str:
    """The panel in which a row stands open as a form."""
    lists: dict[str, Iterable[object]] = {
        "timeline": (row.key for row in editor.entries),
        "actions": (row.key for row in editor.action_rows),
        "factors": (shown.row.key for shown in editor.factors),
    }
    opened = editor.options.opened
    return next(
        (
            panel
            for panel, keys in lists.items()
            if opened and any(str(key) in opened for key in keys)
        ),
        "",
    )
