"""How the editor answers: the part that changed, or the page where it stands."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from incidents.forms.part import PartForm
from incidents.forms.picture import PictureForm
from incidents.models import Incident
from incidents.views.editor.page import Editor
from incidents.views.editor.suggestions import Suggestions
from incidents.views.gates import MemberRequest

UNSAVED = 422


def answer(
    request: MemberRequest,
    incident: Incident,
    panel: str,
    *,
    said: str = "",
    **more: Any,
) -> HttpResponse:
    """After a save: the panel anew to htmx, else the page at that panel."""
    incident.refresh_from_db()
    if is_htmx(request):
        return fragment(request, incident, panel, said=said, **more)
    if said:
        messages.success(request, said)
    undo = more.get("undo")
    query = f"?undo={undo.pk}" if undo else ""
    return redirect(f"{incident.get_absolute_url()}{query}#{panel}")


def show_errors(
    request: MemberRequest, incident: Incident, panel: str, form: PartForm
) -> HttpResponse:
    """The form as it was sent, with what to mend; nothing typed is lost."""
    if is_htmx(request):
        return fragment(request, incident, panel, bound=form, status=UNSAVED)
    editor = Editor(incident, bound=form, opened=opened(request))
    return page(request, editor, status=UNSAVED)


def page(request: MemberRequest, editor: Editor, status: int = 200) -> HttpResponse:
    context = {
        "editor": editor,
        "incident": editor.incident,
        "suggest": Suggestions(),
        "picture_form": PictureForm(),
    }
    return render(request, "editor/page.html", context, status=status)


def fragment(
    request: MemberRequest,
    incident: Incident,
    panel: str,
    *,
    bound: PartForm | None = None,
    said: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    editor = Editor(incident, bound=bound, opened=opened(request))
    context = {
        "editor": editor,
        "incident": incident,
        "panel": panel,
        "said": said,
        **more,
    }
    if panel.startswith("section-"):
        rows = (
            shown for shown in editor.sections if f"section-{shown.row.key}" == panel
        )
        context["shown"] = next(rows, None)
    return render(request, "editor/fragment.html", context, status=status)


def opened(request: MemberRequest) -> Collection[str]:
    """The keys of the rows that this browser has open as forms."""
    return [*request.GET.getlist("open"), *request.POST.getlist("open")]


def is_htmx(request: MemberRequest) -> bool:
    return bool(getattr(request, "htmx", False))
