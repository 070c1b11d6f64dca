"""The pictures of a postmortem: sent by those who write it, shown to who may see it."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from incidents.forms.picture import PictureForm
from incidents.models import Attachment, Incident
from incidents.views.gates import (
    MemberRequest,
    editable_incident,
    form_page,
    visible_incident,
)
from incidents.views.htmx import UNSAVED
from incidents.workflow.parts.attach import attach
from incidents.workflow.refusals import RefusedError


@form_page
def pictures(request: MemberRequest, number: int) -> HttpResponse:
    """All of them, with a form for one more; to scripts, the Markdown of a new one."""
    incident = editable_incident(request, number)
    if request.method != "POST":
        return page(request, incident, PictureForm())
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            kept = keep(request, incident, form)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return added(request, kept)
    if wants_json(request):
        errors = {name: list(map(str, found)) for name, found in form.errors.items()}
        return JsonResponse({"errors": errors}, status=UNSAVED)
    return page(request, incident, form, status=UNSAVED)


@require_safe
def show(
    request: MemberRequest, number: int, key: UUID, extension: str
) -> HttpResponseBase:
    """The file itself. Asked for again each time, because access can be taken back."""
    incident = visible_incident(request, number)
    kept = get_object_or_404(incident.attachments, key=key)
    if extension != kept.extension:
        raise Http404("There is no such picture.")
    etag = f'"{kept.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    answer = unchanged if unchanged is not None else content(kept)
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def content(kept: Attachment) -> FileResponse:
    try:
        file = kept.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("The file of this picture is gone.") from error
    return FileResponse(
        file,
        # A type of its own would let a page show an SVG after all.
        content_type=kept.content_type if kept.is_shown else "application/octet-stream",
        as_attachment=not kept.is_shown,
        filename=f"{kept.incident.label}-{kept.key}.{kept.extension}",
    )


def keep(request: MemberRequest, incident: Incident, form: PictureForm) -> Attachment:
    return attach(
        incident,
        form.cleaned_data["file"],
        name=form.filename,
        alt=form.cleaned_data["alt"],
        by=request.user,
        now=timezone.now(),
    )


def added(request: MemberRequest, kept: Attachment) -> HttpResponse:
    if wants_json(request):
        said = {"markdown": kept.markdown, "url": kept.get_absolute_url()}
        return JsonResponse(said, status=201)
    messages.success(
        request, f"Added. To show it, write this in a text: {kept.markdown}"
    )
    return redirect("incidents:pictures", kept.incident_id)


def page(
    request: MemberRequest, incident: Incident, form: PictureForm, status: int = 200
) -> HttpResponse:
    context = {"incident": incident, "form": form}
    return render(request, "pictures/list.html", context, status=status)


def wants_json(request: MemberRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    )
