"""The page itself, and the parts of which an incident has one: facts, access."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from incidents.forms.access import AccessForm
from incidents.forms.facts import BasicsForm, ImpactForm
from incidents.forms.part import PartForm
from incidents.forms.times import understand
from incidents.forms.when import WhenForm
from incidents.models import Visibility
from incidents.views.editor.answers import answer, opened, page, show_errors
from incidents.views.editor.page import Editor
from incidents.views.editor.parts import save_part
from incidents.views.gates import MemberRequest, editable_incident
from incidents.workflow.access import set_access
from incidents.workflow.parts import FACTS, read_facts


@require_GET
def edit(request: MemberRequest, number: int) -> HttpResponse:
    incident = editable_incident(request, number)
    return page(request, Editor(incident, opened=opened(request)))


@require_POST
def save_facts(request: MemberRequest, number: int, part: str) -> HttpResponse:
    """Basics, when or impact: one version for all, each form saves what it shows."""
    incident = editable_incident(request, number)
    make: dict[str, type[PartForm]] = {"basics": BasicsForm, "impact": ImpactForm}

    def form(**kwargs: object) -> PartForm:
        if part == "when":
            kwargs["now"] = timezone.now()
        return make.get(part, WhenForm)(part=part, **kwargs)

    bound = form(data=request.POST, value=read_facts(incident), version=0)
    return save_part(request, incident, FACTS, None, bound, panel=part, again=form)


@require_POST
def save_access(request: MemberRequest, number: int) -> HttpResponse:
    incident = editable_incident(request, number)
    form = AccessForm(data=request.POST, part="access", incident=incident)
    if not form.is_valid():
        return show_errors(request, incident, "access", form)
    set_access(
        incident,
        Visibility(form.cleaned_data["visibility"]),
        form.cleaned_data["people"],
        form.cleaned_data["groups"],
        by=request.user,
        now=timezone.now(),
    )
    return answer(request, incident, "access", said="Saved.")


@require_GET
def understand_time(request: MemberRequest, number: int) -> HttpResponse:
    """What a time means, in words, before it is saved."""
    incident = editable_incident(request, number)
    text = request.GET.get("time", "")[:200]
    editor = Editor(incident).up_to(request.GET.get("after", ""))
    found = understand(text, editor.around()) if text.strip() else None
    return render(request, "editor/understood.html", {"found": found})
