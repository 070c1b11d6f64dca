"""The forms of the page of the review: each calls a verb, and shows the page again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from incidents.forms.part import PartForm
from incidents.forms.review import (
    AnswerForm,
    AskForm,
    CommentForm,
    PublishForm,
    ReplyForm,
    SeenForm,
    WithdrawForm,
)
from incidents.models import Answer, Incident
from incidents.views.gates import (
    MemberRequest,
    editable_incident,
    incident_for_review,
    incident_with_history,
)
from incidents.views.htmx import UNSAVED
from incidents.views.review.page import Review, address, page
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.reviewing import comment as talk
from incidents.workflow.reviewing import hints
from incidents.workflow.reviewing import publish as publishing
from incidents.workflow.reviewing import review as verbs
from incidents.workflow.reviewing import withdraw as withdrawing

Change = Callable[[], Any]


@require_safe
def show(request: MemberRequest, number: int) -> HttpResponse:
    incident = incident_with_history(request, number)
    return page(request, Review(request, incident))


def perform(
    request: MemberRequest,
    incident: Incident,
    change: Change,
    message: str,
    anchor: str,
    form: PartForm | None = None,
) -> HttpResponse:
    """Make the change and go back to the page; or show the form again, with why not."""
    if form is not None and not form.is_valid():
        return show_again(request, incident, form)
    try:
        change()
    except NotAllowedError as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except RefusedError as refusal:
        if form is None:
            messages.error(request, str(refusal))
            return redirect(address(incident, anchor))
        form.add_error(None, str(refusal))
        return show_again(request, incident, form)
    if message:
        messages.success(request, message)
    return redirect(address(incident, anchor))


def show_again(
    request: MemberRequest, incident: Incident, form: PartForm
) -> HttpResponse:
    form.focus_first_error()
    if isinstance(form, SeenForm):
        form.renew()
    return page(request, Review(request, incident, bound=form), status=UNSAVED)


@require_POST
def ask(request: MemberRequest, number: int) -> HttpResponse:
    incident = editable_incident(request, number)
    form = AskForm(data=request.POST, part="ask")

    def change() -> None:
        reviewers = form.cleaned_data["reviewers"]
        now = timezone.now()
        verbs.ask_for_review(incident, reviewers, by=request.user, now=now)

    return perform(request, incident, change, "Asked.", "", form)


@require_POST
def answer(request: MemberRequest, number: int) -> HttpResponse:
    incident = incident_for_review(request, number)
    digest = Review(request, incident).digest
    form = AnswerForm(data=request.POST, part="answer", digest=digest)

    def change() -> None:
        given = form.cleaned_data
        signed = {"by": request.user, "now": timezone.now(), "seen": given["seen"]}
        if given["answer"] == Answer.APPROVED:
            verbs.approve(incident, word=given["word"], **signed)
        else:
            verbs.ask_for_changes(incident, given["word"], **signed)

    return perform(request, incident, change, "Your answer is noted.", "", form)


@require_POST
def back_to_draft(request: MemberRequest, number: int) -> HttpResponse:
    incident = editable_incident(request, number)

    def change() -> None:
        verbs.back_to_draft(incident, by=request.user, now=timezone.now())

    return perform(request, incident, change, "It is a draft again.", "")


@require_POST
def comment(request: MemberRequest, number: int) -> HttpResponse:
    incident = editable_incident(request, number)
    about = request.POST.get("about", "")[:36]
    part = f"comment-{about}" if about else "comment"
    form = CommentForm(data=request.POST, part=part)

    def change() -> None:
        given = form.cleaned_data
        now = timezone.now()
        talk.comment(
            incident, given["text"], part=given["about"], by=request.user, now=now
        )

    anchor = f"part-{about}" if about else "comments"
    return perform(request, incident, change, "", anchor, form)


@require_POST
def reply(request: MemberRequest, number: int, comment: int) -> HttpResponse:
    incident = editable_incident(request, number)
    thread = get_object_or_404(incident.comments, pk=comment)
    form = ReplyForm(data=request.POST, part=f"reply-{thread.pk}")

    def change() -> None:
        text = form.cleaned_data["text"]
        talk.reply(thread, text, by=request.user, now=timezone.now())

    return perform(request, incident, change, "", f"comment.{thread.pk}", form)


@require_POST
def resolve(request: MemberRequest, number: int, comment: int) -> HttpResponse:
    """Settle a thread; with `to` “open”, take it up again."""
    incident = editable_incident(request, number)
    thread = get_object_or_404(incident.comments, pk=comment)
    verb = talk.reopen if request.POST.get("to") == "open" else talk.resolve

    def change() -> None:
        verb(thread, by=request.user, now=timezone.now())

    return perform(request, incident, change, "", f"comment.{thread.pk}")


@require_POST
def set_hint(request: MemberRequest, number: int) -> HttpResponse:
    """Set a hint aside; with `to` “shown”, show it again."""
    incident = editable_incident(request, number)
    hint = request.POST.get("hint", "")[:64]

    def change() -> None:
        if request.POST.get("to") == "shown":
            hints.take_up(incident, hint, by=request.user)
        elif hint:
            hints.dismiss(incident, hint, by=request.user, now=timezone.now())

    return perform(request, incident, change, "", "hints")


@require_POST
def publish(request: MemberRequest, number: int) -> HttpResponse:
    incident = incident_for_review(request, number)
    needs = Review(request, incident).publishing
    form = PublishForm(data=request.POST, part="publish", **needs)

    def change() -> None:
        given = form.cleaned_data
        publishing.publish(
            incident,
            by=request.user,
            now=timezone.now(),
            note=given.get("note", ""),
            despite=given.get("despite", ""),
            seen=given["seen"],
            after=form.base_version,
        )

    return perform(
        request, incident, change, "Published. Readers find it now.", "", form
    )


@require_POST
def withdraw(request: MemberRequest, number: int) -> HttpResponse:
    incident = incident_for_review(request, number)
    form = WithdrawForm(data=request.POST, part="withdraw")

    def change() -> None:
        reason = form.cleaned_data["reason"]
        withdrawing.withdraw(incident, reason, by=request.user, now=timezone.now())

    message = "Withdrawn. Readers do not find it any more."
    return perform(request, incident, change, message, "", form)


@require_POST
def reinstate(request: MemberRequest, number: int) -> HttpResponse:
    incident = incident_for_review(request, number)

    def change() -> None:
        withdrawing.reinstate(incident, by=request.user, now=timezone.now())

    return perform(request, incident, change, "Restored: readers find it again.", "")
