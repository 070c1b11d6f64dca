"""The page itself, and the parts of which an incident has one: facts, sections."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from incidents.forms.facts import BasicsForm, ImpactForm
from incidents.forms.part import PartForm
from incidents.forms.section import SectionForm
from incidents.forms.when import WhenForm
from incidents.views.editor.answers import opened, page
from incidents.views.editor.page import Editor
from incidents.views.editor.parts import save_part
from incidents.views.gates import MemberRequest, editable_incident
from incidents.workflow.parts import FACTS, SECTION, read_facts


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
def save_section(request: MemberRequest, number: int, key: UUID) -> HttpResponse:
    incident = editable_incident(request, number)
    row = get_object_or_404(incident.sections, key=key)
    part = f"section-{key}"

    def form(**kwargs: object) -> SectionForm:
        return SectionForm(part=part, **kwargs)

    bound = form(data=request.POST, value=SECTION.read(row), version=row.version)
    return save_part(request, incident, SECTION, key, bound, panel=part, again=form)
