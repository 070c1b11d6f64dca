"""The page itself, and the parts of which an incident has one: facts, access."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from incidents.documents.times import Question, Resolved
from incidents.forms.access import AccessForm
from incidents.forms.facts import BasicsForm, ImpactForm
from incidents.forms.fields import MarkdownField
from incidents.forms.part import PartForm
from incidents.forms.times import understand
from incidents.forms.when import TIMES, WhenForm
from incidents.models import Event, Incident, Visibility
from incidents.search.keyset import row_number
from incidents.views.editor.answers import answer, fragment, page, show_errors
from incidents.views.editor.options import options_of
from incidents.views.editor.page import Editor
from incidents.views.editor.parts import save_part
from incidents.views.editor.presence import arrive_at
from incidents.views.editor.timeline import EditedTimeline
from incidents.views.gates import MemberRequest, editable_incident
from incidents.views.htmx import is_htmx
from incidents.workflow.parts.part_kinds import FACTS, read_facts
from incidents.workflow.reviewing.access import set_access


@require_safe
def edit(request: MemberRequest, number: int) -> HttpResponse:
    """The page; or one panel of it, where a row is opened or closed by itself."""
    incident = editable_incident(request, number)
    editor = Editor(incident, options=options_of(request))
    if is_htmx(request) and (panel := request.GET.get("panel")):
        return fragment(request, editor, panel)
    return page(
        request,
        editor,
        undo=removal_asked_for(request, incident),
        present=arrive_at(editor, by=request.user),
    )


def removal_asked_for(request: MemberRequest, incident: Incident) -> Event | None:
    """The removal that was just made, which the page offers to undo."""
    number = row_number(request.GET.get("undo", ""))
    if number is None:
        return None
    return incident.events.filter(pk=number, what__endswith=" removed").first()


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
    return answer(request, incident, "access", message="Saved.")


@require_safe
def understand_time(request: MemberRequest, number: int) -> HttpResponse:
    """What a time means, in words, before it is saved."""
    incident = editable_incident(request, number)
    field = request.GET.get("field", "")
    if field in TIMES:
        found = understand_fact(request, incident, field)
    else:
        found = understand_entry(request, incident)
    return render(request, "editor/understood.html", {"found": found})


def understand_fact(
    request: MemberRequest, incident: Incident, field: str
) -> Resolved | Question | None:
    """One of the four times, read as saving the whole form would read it."""
    facts = read_facts(incident)
    now = timezone.now()
    form = WhenForm(data=request.GET, part="when", value=facts, version=0, now=now)
    form.is_valid()
    return form.found.get(field)


def understand_entry(
    request: MemberRequest, incident: Incident
) -> Resolved | Question | None:
    text = request.GET.get("time", "").strip()[:200]
    timeline = EditedTimeline(incident).up_to(request.GET.get("after", ""))
    key = request.GET.get("row", "")
    row = next((row for row in timeline.entries if str(row.key) == key), None)
    return understand(text, timeline.around(row)) if text else None


@require_POST
def preview_text(request: MemberRequest, number: int) -> HttpResponse:
    """A text as readers will see it."""
    editable_incident(request, number)
    try:
        text = MarkdownField(required=False).clean(request.POST.get("text", ""))
    except ValidationError as refusal:
        return render(request, "editor/preview.html", {"error": refusal.messages[0]})
    return render(request, "editor/preview.html", {"text": text})
