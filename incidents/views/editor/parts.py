"""Save one part: form, verb, answer; and what to do when somebody was faster."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone

from incidents.documents.comparing import compare
from incidents.forms.part import PartForm
from incidents.models import Incident
from incidents.views.editor.answers import answer, show_errors, show_instead
from incidents.views.gates import MemberRequest
from incidents.workflow.parts.part_kinds import PartKind
from incidents.workflow.parts.save import Saved, StaleError, save
from incidents.workflow.refusals import RefusedError

MakeForm = Callable[..., PartForm]
JOINED = "Saved. Somebody else's change was joined with yours."


def save_part(
    request: MemberRequest,
    incident: Incident,
    kind: PartKind[Any, Any],
    key: UUID | None,
    form: PartForm,
    *,
    panel: str,
    again: MakeForm,
) -> HttpResponse:
    """Save a form of a part that is there.

    `again` makes the form of the conflict page from a value and a version.
    """
    if not form.is_valid():
        return show_errors(request, incident, panel, form)
    try:
        saved = save(
            kind,
            incident,
            key,
            form.changes,
            version=form.base_version,
            by=request.user,
            now=timezone.now(),
            why=form.reason_given,
        )
    except StaleError as stale:
        return show_conflict(request, incident, panel, stale, again)
    except (RefusedError, ValidationError) as refusal:
        form.add_refusal(refusal)
        return show_errors(request, incident, panel, form)
    return answer_saved(request, incident, key, saved, panel=panel)


def answer_saved(
    request: MemberRequest,
    incident: Incident,
    key: UUID | None,
    saved: Saved[Any],
    *,
    panel: str,
) -> HttpResponse:
    done = str(key or "")
    return answer(
        request,
        incident,
        panel,
        message=JOINED if saved.joined else "Saved.",
        done=done,
        at=done if panel == "timeline" else "",
        made=saved.event.revision if saved.event else None,
    )


def show_conflict(
    request: MemberRequest,
    incident: Incident,
    panel: str,
    stale: StaleError,
    again: MakeForm,
) -> HttpResponse:
    """Theirs, yours and what they came from, and one box to finish in."""
    form = again(value=stale.joined.value, version=stale.row.version)
    mine = again(value=stale.mine, version=stale.row.version, auto_id="mine-%s")
    for merged in (form, mine):
        merged.compare_with(again(value=stale.joined.theirs, version=0))
    context = {
        "incident": incident,
        "panel": panel,
        "stale": stale,
        "key": getattr(stale.row, "key", None),
        "differences": differences(stale, again),
        "form": form,
        "mine": mine,
        "action": request.path,
    }
    return show_instead(request, "conflict", form, context)


def differences(stale: StaleError, again: MakeForm) -> list[dict[str, Any]]:
    """The fields that both changed, as pieces against what both had before."""
    base = stale.joined.theirs if stale.base is None else stale.base
    was, theirs, mine = (
        again(value=value, version=0)
        for value in (base, stale.joined.theirs, stale.mine)
    )
    # An entry keeps its moment in several fields; its form has one for the time.
    clashes = {name if name in mine.fields else "time" for name in stale.joined.clashes}
    return [
        {
            "name": mine[name].label,
            "theirs": compare(
                displayed_value(was, name), displayed_value(theirs, name)
            ),
            "mine": compare(displayed_value(was, name), displayed_value(mine, name)),
        }
        for name in mine.fields
        if name in clashes
    ]


def displayed_value(form: PartForm, name: str) -> str:
    """A field's value as people read it: the words of a choice, not its key."""
    value = form[name].value()
    words = {True: "yes", False: "no"} | dict(getattr(form.fields[name], "choices", ()))
    if isinstance(value, list | tuple):
        return "\n".join(str(words.get(item, item)) for item in value)
    return "" if value is None else str(words.get(value, value))
