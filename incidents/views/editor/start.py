"""Begin a postmortem: nothing but a title is required."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from incidents.forms.start import StartForm
from incidents.views.editor.suggestions import Suggestions
from incidents.views.gates import MemberRequest, form_page, require_writer
from incidents.views.htmx import UNSAVED
from incidents.workflow.whole.create import start


@form_page
def new(request: MemberRequest) -> HttpResponse:
    user = require_writer(request)
    now = timezone.now()
    if request.method != "POST":
        return page(request, StartForm(zone=user.zone, now=now))
    form = StartForm(request.POST, zone=user.zone, now=now)
    if form.is_valid():
        try:
            incident = start(
                form.document,
                form.chosen_template,
                key=form.chosen_key,
                by=user,
                now=now,
            )
        except ValidationError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect(incident)
    form.focus_first_error()
    return page(request, form, status=UNSAVED)


def page(request: MemberRequest, form: StartForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "suggest": Suggestions(request.user)}
    return render(request, "editor/new.html", context, status=status)
