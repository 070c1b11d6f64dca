"""What is done on the board: to one item or to many, each by itself, and undone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from incidents.forms.board_items import BulkForm, RowForm
from incidents.models import ActionItem, Event, Incident, User
from incidents.views.actions.answer import Answer, dotted, numbers_in
from incidents.views.actions.operations import (
    OPERATIONS,
    Input,
    Operation,
    operation_meant,
)
from incidents.views.actions.page import Board, show
from incidents.views.gates import MemberRequest, require_writer
from incidents.views.htmx import UNSAVED, is_htmx
from incidents.workflow.actions import undoing
from incidents.workflow.parts.save import StaleError
from incidents.workflow.refusals import RefusedError, words_of

NOTHING_CHOSEN = "Choose at least one item first: tick the boxes on the left."


@dataclass(slots=True)
class Outcome:
    """What a operation did to each item."""

    changed: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


@require_POST
def change_items(request: MemberRequest) -> HttpResponse:
    """One operation to each of the named items; what one refuses stops no other."""
    user = require_writer(request)
    named = numbers_in(".".join(request.POST.getlist("item")))
    do = request.POST.get("do", "")
    items = chosen_items(user, named)
    form = form_of(request, items)
    if not items or do not in OPERATIONS or not form.is_valid():
        return refuse(request, form, named)
    do = operation_meant(do, items[0], form.cleaned_data)
    version = form.base_version if isinstance(form, RowForm) else None
    given = Input(form.cleaned_data, version, user, timezone.now())
    outcome = do_each(OPERATIONS[do], items, given)
    if outcome.refused:
        return show_refused(request, do, form, outcome)
    return answer_done(request, do, outcome)


def chosen_items(user: User, named: Iterable[int]) -> list[ActionItem]:
    """Those of the named items that this person may change, in the board's order."""
    there = ActionItem.objects.of(Incident.objects.editable_by(user))
    rows = there.filter(pk__in=named).select_related("incident", "owner", "done_by")
    items = list(rows.order_by("due_order", "pk"))
    if named and not items:
        raise Http404("These items are not there any more, or not yours to change.")
    return items


def form_of(request: MemberRequest, items: list[ActionItem]) -> RowForm | BulkForm:
    if "version" in request.POST and len(items) == 1:
        return RowForm(data=request.POST, part=f"item-{items[0].pk}")
    return BulkForm(request.POST)


def do_each(
    operation: Operation,
    items: Iterable[ActionItem],
    given: Input,
) -> Outcome:
    outcome = Outcome()
    for item in items:
        try:
            saved = operation(item, given)
        except StaleError:
            outcome.refused[item.pk] = (
                f"{last_saved_by(item)} changed this while you were looking at it. "
                "What you wrote is still here: compare, and save again."
            )
        except (RefusedError, ValidationError) as refusal:
            outcome.refused[item.pk] = words_of(refusal)
        else:
            outcome.changed.append(item.pk)
            if saved.event:
                outcome.events.append(saved.event.pk)
    return outcome


def last_saved_by(item: ActionItem) -> str:
    item.refresh_from_db(fields=["saved_by_name"])
    return item.saved_by_name


def refuse(
    request: MemberRequest, form: RowForm | BulkForm, named: list[int]
) -> HttpResponse:
    """Nothing was done: nobody was named, or a field cannot be read."""
    if isinstance(form, RowForm):
        part = named[0]
        answer = Answer(opened=[part], forms={part: form})
    else:
        if not named:
            form.add_error(None, NOTHING_CHOSEN)
        answer = Answer(bulk=form, chosen=named)
    return show(request, Board(request, answer), status=UNSAVED)


def show_refused(
    request: MemberRequest, do: str, form: RowForm | BulkForm, outcome: Outcome
) -> HttpResponse:
    """The board with a sentence at each row that refused; what was typed stays."""
    one = isinstance(form, RowForm)
    forms = {}
    if isinstance(form, RowForm):
        versions = ActionItem.objects.in_bulk(outcome.refused)
        forms = {pk: form.on_top(row.version) for pk, row in versions.items()}
    answer = Answer(
        done=do if outcome.changed else "",
        changed=outcome.changed,
        events=outcome.events,
        refused=outcome.refused,
        forms=forms,
        bulk=None if one else BulkForm(initial=form.typed),
        chosen=() if one else list(outcome.refused),
    )
    return show(request, Board(request, answer), status=UNSAVED)


def answer_done(request: MemberRequest, did: str, outcome: Outcome) -> HttpResponse:
    """The board with what was done: at once to htmx, else where a reload is safe."""
    if not is_htmx(request):
        return redirect(address(request, did, outcome))
    answer = Answer(done=did, changed=outcome.changed, events=outcome.events)
    return show(request, Board(request, answer))


def address(request: MemberRequest, did: str, outcome: Outcome) -> str:
    """The board as it was, with what was just done to it."""
    values = {
        "did": did,
        "changed": dotted(outcome.changed),
        "undo": dotted(outcome.events),
    }
    query = request.GET.copy()
    for name in ("did", "changed", "undo", "open"):
        query.pop(name, None)
    for name, value in values.items():
        if value:
            query[name] = value
    # What is said of it can take the focus, which a row cannot.
    place = f"#said-{outcome.changed[0]}" if len(outcome.changed) == 1 else "#board"
    return f"{reverse('incidents:actions')}?{query.urlencode()}{place}"


@require_POST
def undo(request: MemberRequest) -> HttpResponse:
    """Take back what this person has just done, item by item, the last first."""
    user = require_writer(request)
    named = numbers_in(request.POST.get("events", ""))
    mine = Event.objects.filter(pk__in=named, actor=user, part__isnull=False)
    outcome = Outcome()
    for event in mine.select_related("incident").order_by("-pk"):
        undo_one(event, user, outcome)
    if outcome.refused:
        answer = Answer(refused=outcome.refused, changed=outcome.changed)
        return show(request, Board(request, answer), status=UNSAVED)
    return answer_done(request, "undo", outcome)


def undo_one(event: Event, user: User, outcome: Outcome) -> None:
    rows = event.incident.actions
    item = rows.filter(key=event.part).first() if event.part else None
    if item is None:
        return
    try:
        undoing.undo(event, by=user, now=timezone.now())
    except (RefusedError, ValidationError) as refusal:
        outcome.refused[item.pk] = words_of(refusal)
    else:
        outcome.changed.append(item.pk)
