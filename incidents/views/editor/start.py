"""Begin a postmortem: nothing but a title is required."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from incidents.forms.start import StartForm
from incidents.views.gates import MemberRequest, require_writer
from incidents.workflow.create import start


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    user = require_writer(request)
    now = timezone.now()
    if request.method != "POST":
        form = StartForm(zone=user.zone, now=now)
        return render(request, "editor/new.html", {"form": form})
    form = StartForm(request.POST, zone=user.zone, now=now)
    if form.is_valid():
        try:
            incident = start(form.document, form.chosen_template, by=user, now=now)
        except ValidationError as refusal:
            form.add_refusal(refusal)
        else:
            return redirect(incident)
    return render(request, "editor/new.html", {"form": form}, status=422)
