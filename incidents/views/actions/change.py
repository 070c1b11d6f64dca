"""What is done on the board: to one item or to many, each by itself, and undone."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from incidents.documents.kinds import ActionState
from incidents.forms.promise import BulkForm, RowForm
from incidents.models import ActionItem, Event, Incident, User
from incidents.views.actions.page import Answer, Board, numbers_in, show
from incidents.views.editor.answers import is_htmx
from incidents.views.gates import MemberRequest, require_writer
from incidents.workflow import promises, undoing
from incidents.workflow.actions import SavedItem, bring
from incidents.workflow.refusals import RefusedError
from incidents.workflow.save import StaleError

UNSAVED = 422
NOTHING_CHOSEN = "Choose at least one item first: tick the boxes on the left."


@dataclass(frozen=True, slots=True)
class Given:
    """What a form gave to a deed, by whom, and when."""

    values: dict[str, Any]
    version: int | None
    by: User
    now: dt.datetime

    @property
    def hand(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.now}

    def text(self, name: str) -> str:
        return str(self.values.get(name) or "").strip()


@dataclass(slots=True)
class Outcome:
    """What a deed did to each item."""

    changed: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


def tick(item: ActionItem, given: Given) -> SavedItem:
    if item.is_closed and item.done_by_id != given.by.pk:
        raise RefusedError(closed_already(item, given.by))
    evidence = given.text("evidence")
    return to_state(ActionState.DONE, evidence=evidence)(item, given)


def closed_already(item: ActionItem, by: User) -> str:
    """Who was faster, and when, on the clock of the person who is told."""
    if item.state == ActionState.DECLINED:
        return f"{item.saved_by_name} has declined this: {item.declined_because}"
    who = item.done_by.name if item.done_by else item.done_by_name or "Somebody"
    if item.done_at is None:
        return f"{who} has already closed this."
    at = timezone.localtime(item.done_at, ZoneInfo(by.zone))
    return f"{who} has already closed this, on {at:%-d %b at %H:%M}."


def to_state(
    to: ActionState, reason: str = "", evidence: str = ""
) -> Callable[[ActionItem, Given], SavedItem]:
    def deed(item: ActionItem, given: Given) -> SavedItem:
        return bring(
            item.incident, item.key, to, reason=reason, evidence=evidence, **given.hand
        )

    return deed


def decline(item: ActionItem, given: Given) -> SavedItem:
    reason = given.text("why")
    if not reason:
        raise RefusedError("Say why it is declined.")
    return to_state(ActionState.DECLINED, reason=reason)(item, given)


def change(item: ActionItem, given: Given) -> SavedItem:
    """The owner and the date as the row's form shows them now."""
    changes = {"owner": given.values["owner"] or None, "due_on": given.values["due_on"]}
    return put(item, changes, given)


def assign(item: ActionItem, given: Given) -> SavedItem:
    if not given.values["owner"]:
        raise RefusedError("Say who gets it.")
    return put(item, {"owner": given.values["owner"]}, given)


def move(item: ActionItem, given: Given) -> SavedItem:
    if not given.values["due_on"]:
        raise RefusedError("Say to which day it moves.")
    return put(item, {"due_on": given.values["due_on"]}, given)


def give_evidence(item: ActionItem, given: Given) -> SavedItem:
    return put(item, {"evidence": given.text("evidence")}, given)


def snooze(item: ActionItem, given: Given) -> SavedItem:
    until = given.values.get("until")
    if not until:
        raise RefusedError("Say until when nobody is reminded.")
    return promises.snooze(item, until, given.text("because"), **given.hand)


def wake(item: ActionItem, given: Given) -> SavedItem:
    return promises.snooze(item, None, "", **given.hand)


def put(item: ActionItem, changes: dict[str, Any], given: Given) -> SavedItem:
    version = item.version if given.version is None else given.version
    return promises.change(
        item, changes, version=version, why=given.text("why"), **given.hand
    )


def ask_which(item: ActionItem, given: Given) -> SavedItem:
    raise RefusedError("Say whether it worked: press one of the two buttons.")


def verified(worked: bool) -> Callable[[ActionItem, Given], SavedItem]:
    def deed(item: ActionItem, given: Given) -> SavedItem:
        return promises.verify(
            item, worked=worked, note=given.text("note"), **given.hand
        )

    return deed


DEEDS: dict[str, Callable[[ActionItem, Given], SavedItem]] = {
    "tick": tick,
    "take": to_state(ActionState.IN_PROGRESS),
    "reopen": to_state(ActionState.OPEN),
    "decline": decline,
    "change": change,
    "assign": assign,
    "move": move,
    "evidence": give_evidence,
    "snooze": snooze,
    "wake": wake,
    "worked": verified(True),
    "failed": verified(False),
    "noted": ask_which,
}


@require_POST
def change_items(request: MemberRequest) -> HttpResponse:
    """One deed to each of the named items; what one refuses stops no other."""
    user = require_writer(request)
    named = numbers_in(".".join(request.POST.getlist("item")))
    do = request.POST.get("do", "")
    items = chosen_items(user, named)
    form = form_of(request, items)
    if not items or do not in DEEDS or not form.is_valid():
        return refuse(request, form, named)
    do = meant_by(do, items[0], form.cleaned_data)
    version = form.base_version if isinstance(form, RowForm) else None
    given = Given(form.cleaned_data, version, user, timezone.now())
    outcome = do_each(DEEDS[do], items, given)
    if outcome.refused:
        return show_refused(request, do, form, outcome)
    return finish(request, do, outcome)


def meant_by(do: str, item: ActionItem, values: dict[str, Any]) -> str:
    """What was asked for: Enter presses the first button, in whatever field it was."""
    if do != "change" or not is_as_it_was(item, values):
        return do
    if values.get("until") or values.get("because"):
        return "snooze"
    return "noted" if values.get("note") else do


def is_as_it_was(item: ActionItem, values: dict[str, Any]) -> bool:
    owner = values["owner"]
    named = (owner.account, owner.name) if owner else (None, "")
    account = item.owner.username if item.owner else None
    same = named[0] == account if account else named == (None, item.owner_name)
    return same and values["due_on"] == item.due_on


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
    deed: Callable[[ActionItem, Given], SavedItem],
    items: Iterable[ActionItem],
    given: Given,
) -> Outcome:
    outcome = Outcome()
    for item in items:
        try:
            saved = deed(item, given)
        except StaleError:
            outcome.refused[item.pk] = (
                f"{latest_hand(item)} changed this while you were looking at it. What "
                "you wrote is still here: compare, and save again."
            )
        except RefusedError as refusal:
            outcome.refused[item.pk] = str(refusal)
        except ValidationError as refusal:
            outcome.refused[item.pk] = " ".join(refusal.messages)
        else:
            outcome.changed.append(item.pk)
            if saved.event:
                outcome.events.append(saved.event.pk)
    return outcome


def latest_hand(item: ActionItem) -> str:
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


def finish(request: MemberRequest, did: str, outcome: Outcome) -> HttpResponse:
    """The board with what was done: at once to htmx, else where a reload is safe."""
    if not is_htmx(request):
        return redirect(address(request, did, outcome))
    answer = Answer(done=did, changed=outcome.changed, events=outcome.events)
    return show(request, Board(request, answer))


def address(request: MemberRequest, did: str, outcome: Outcome) -> str:
    """The board as it was, with what was just done to it."""
    told = {"did": did, "changed": dotted(outcome.changed)}
    told["undo"] = dotted(outcome.events)
    query = request.GET.copy()
    for name in ("did", "changed", "undo", "open"):
        query.pop(name, None)
    for name, value in told.items():
        if value:
            query[name] = value
    place = f"#item-{outcome.changed[0]}" if len(outcome.changed) == 1 else "#board"
    return f"{reverse('incidents:actions')}?{query.urlencode()}{place}"


def dotted(numbers: Iterable[int]) -> str:
    return ".".join(map(str, numbers))


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
    return finish(request, "undo", outcome)


def undo_one(event: Event, user: User, outcome: Outcome) -> None:
    rows = event.incident.actions
    item = rows.filter(key=event.part).first() if event.part else None
    if item is None:
        return
    try:
        undoing.undo(event, by=user, now=timezone.now())
    except RefusedError as refusal:
        outcome.refused[item.pk] = str(refusal)
    except ValidationError as refusal:
        outcome.refused[item.pk] = " ".join(refusal.messages)
    else:
        outcome.changed.append(item.pk)
