"""Who has read a report, who is asked to, who watches it, and what stands on top."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from incidents.forms.readers import ReadersForm
from incidents.models import Publication, ReadMark
from incidents.models.readership import asked_to_read
from incidents.permissions import may_review, may_write
from incidents.views.gates import MemberRequest, form_page, readable_report
from incidents.workflow.refusals import RefusedError
from incidents.workflow.reviewing import readership as verb
from incidents.workflow.reviewing import watching

SHOWN = 500


@require_POST
def mark(request: MemberRequest, number: int, version: int) -> HttpResponse:
    """“I have read this”, said of one version, or taken back."""
    publication = readable_report(request, number, version)
    if "read" in request.POST:
        verb.mark_read(publication, by=request.user, now=timezone.now())
    else:
        verb.mark_unread(publication, by=request.user)
    if publication.is_newest:
        return redirect("incidents:report", number)
    return redirect(publication)


@require_POST
def watch(request: MemberRequest, number: int) -> HttpResponse:
    incident = readable_report(request, number).incident
    if "watch" in request.POST:
        watching.watch(incident, by=request.user)
        messages.success(request, "You will get a notice here when it changes.")
    else:
        watching.unwatch(incident, by=request.user)
        messages.success(request, "You do not watch it any more.")
    return redirect("incidents:report", number)


@require_POST
def feature(request: MemberRequest, number: int) -> HttpResponse:
    incident = readable_report(request, number).incident
    if not may_review(request.user):
        raise PermissionDenied("Only reviewers choose what stands on top of the list.")
    on = "feature" in request.POST
    verb.feature(incident, on, by=request.user, now=timezone.now())
    what = "stands on top of the list for a month" if on else "is off the top"
    messages.success(request, f"The report {what}.")
    return redirect("incidents:report", number)


@form_page
def readers(request: MemberRequest, number: int) -> HttpResponse:
    """Who has read the newest version, and who is asked to: for those who write."""
    publication = managed_report(request, number)
    posted = request.POST if request.method == "POST" else None
    form = ReadersForm(posted, incident=publication.incident)
    if form.is_valid():
        try:
            verb.ask_to_read(
                publication.incident,
                form.cleaned_data["people"],
                form.cleaned_data["groups"],
                by=request.user,
                now=timezone.now(),
            )
        except RefusedError as refusal:
            form.add_error("people", str(refusal))
        else:
            messages.success(request, "Saved. Who was added has a notice.")
            return redirect("incidents:readers", number)
    context = {"publication": publication, "form": form, **read_by(publication)}
    return render(request, "reports/readers.html", context)


@require_POST
def remind(request: MemberRequest, number: int) -> HttpResponse:
    incident = managed_report(request, number).incident
    reminded = verb.remind(incident, by=request.user, now=timezone.now())
    people = "1 person was" if reminded == 1 else f"{reminded} people were"
    messages.success(request, f"{people} reminded.")
    return redirect("incidents:readers", number)


def managed_report(request: MemberRequest, number: int) -> Publication:
    publication = readable_report(request, number)
    if not may_write(request.user):
        raise PermissionDenied("Only those who write see who has read a report.")
    return publication


def read_by(publication: Publication) -> dict[str, object]:
    """Who has read this version, and who is asked to and has not."""
    marks = ReadMark.objects.filter(publication=publication).select_related("user")
    have = marks.values("user")
    asked = asked_to_read(publication.incident)
    return {
        "marks": marks[:SHOWN],
        "missing": asked.exclude(pk__in=have).order_by("username")[:SHOWN],
        "asked": asked.count(),
        "kept": asked.filter(pk__in=have).count(),
    }
