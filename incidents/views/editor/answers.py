"""How the editor answers: the part that changed, or the page where it stands."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import reselect, reswap, retarget

from incidents.documents.formats.as_json import from_json
from incidents.forms.part import PartForm
from incidents.forms.picture import PictureForm
from incidents.models import Event, Incident, Revision
from incidents.views.editor.options import CHOOSE, options_of
from incidents.views.editor.page import Editor
from incidents.views.editor.suggestions import Suggestions
from incidents.views.gates import MemberRequest, visible_incident
from incidents.views.htmx import UNSAVED, is_htmx
from incidents.workflow.refusals import RefusedError, words_of

PREVIEW: Final = "preview"


def answer(
    request: MemberRequest,
    incident: Incident,
    panel: str,
    *,
    message: str = "",
    undo: Event | None = None,
    done: str = "",
    at: str = "",
    made: Revision | None = None,
) -> HttpResponse:
    """After a save: the panel anew to htmx, else the page at that panel.

    `done` is the key of the row whose form may close, `at` that of an entry which its
    writer wants to see, `made` the revision that has just been saved: what it holds
    is not read once more.
    """
    incident = visible_incident(request, incident.number)
    if is_htmx(request):
        editor = Editor(incident, options=options_of(request, done, at))
        if made:
            editor.document = from_json(made.document)
        return fragment(request, editor, panel, message=message, undo=undo)
    if message:
        messages.success(request, message)
    return redirect(back_to(request, incident, panel, undo=undo, at=at))


def refuse(
    request: MemberRequest,
    incident: Incident,
    panel: str,
    refusal: RefusedError | ValidationError,
) -> HttpResponse:
    """What could not be done, said where it was tried."""
    message = words_of(refusal)
    if is_htmx(request):
        editor = Editor(incident, options=options_of(request))
        return fragment(request, editor, panel, refused=message)
    messages.error(request, message)
    return redirect(back_to(request, incident, panel))


def back_to(
    request: MemberRequest,
    incident: Incident,
    panel: str,
    *,
    undo: Event | None = None,
    at: str = "",
) -> str:
    """The page at this panel, or at the entry that is to be seen; on the clock and in
    the stretch of the timeline that its reader has chosen.
    """
    options = options_of(request, at=at)
    chosen = {
        "zone": options.clock,
        "at": options.at,
        "undo": undo.pk if undo else "",
    }
    query = urlencode({name: value for name, value in chosen.items() if value})
    place = f"entry-{at}" if at and not undo else panel
    address = incident.get_absolute_url()
    return f"{address}?{query}#{place}" if query else f"{address}#{place}"


def is_unready(request: MemberRequest) -> bool:
    """Whether a form was sent to look at it, and not yet to save it."""
    return PREVIEW in request.POST or CHOOSE in request.POST


def show_errors(
    request: MemberRequest, incident: Incident, panel: str, form: PartForm
) -> HttpResponse:
    """The form as it was sent, with what to mend; nothing typed is lost."""
    form.focus_first_error()
    return show_again(request, incident, panel, form, status=UNSAVED)


def show_preview(
    request: MemberRequest, incident: Incident, panel: str, form: PartForm
) -> HttpResponse:
    """The form as it was sent, with its texts as readers will see them, or with all
    that there is to choose from.
    """
    form.previewing = PREVIEW in request.POST
    return show_again(request, incident, panel, form, status=200)


def show_again(
    request: MemberRequest,
    incident: Incident,
    panel: str,
    form: PartForm,
    status: int,
) -> HttpResponse:
    editor = Editor(incident, bound=form, options=options_of(request))
    if is_htmx(request):
        return fragment(request, editor, panel, status=status)
    return page(request, editor, status=status)


def show_instead(
    request: MemberRequest, what: str, form: PartForm, context: Mapping[str, Any]
) -> HttpResponse:
    """What stands in the way of a save, in the place of its form; else as a page."""
    fragment = f"editor/{what}.html"
    if not is_htmx(request):
        more = {**context, "fragment": fragment}
        return render(request, "editor/unsaved_page.html", more, status=UNSAVED)
    response = render(request, fragment, context, status=UNSAVED)
    return retarget(
        reselect(reswap(response, "innerHTML"), ".conflict"), f"#{form.part}"
    )


def page(
    request: MemberRequest, editor: Editor, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "editor": editor,
        "incident": editor.incident,
        "suggest": Suggestions(request.user),
        "picture_form": PictureForm(),
        **more,
    }
    return render(request, "editor/page.html", context, status=status)


def fragment(
    request: MemberRequest,
    editor: Editor,
    panel: str,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """One panel, and beside it what depends on it: the rail and the checks."""
    context = {
        "editor": editor,
        "incident": editor.incident,
        "panel": panel,
        "shown": editor.section_at(panel),
        **more,
    }
    return render(request, "editor/fragment.html", context, status=status)
