"""Import a postmortem: choose it, look at what was read, mend it, save it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from incidents.documents.importing.incoming import Incoming, is_zip, read_incoming
from incidents.documents.importing.segments import segments
from incidents.documents.kinds import EntryKind, SectionKind
from incidents.documents.parse import Parsed, ParseError, account, parse
from incidents.forms.fields import unify_lines, without_nulls
from incidents.forms.paste import LEAVE_OUT
from incidents.forms.proposal import MOST_SHOWN, Proposal
from incidents.forms.zone import ZoneField
from incidents.models import Incident
from incidents.search.keyset import row_number
from incidents.views.editor.suggestions import Suggestions
from incidents.views.gates import (
    MemberRequest,
    editable_incident,
    form_page,
    require_writer,
)
from incidents.views.htmx import UNSAVED
from incidents.views.importing.many import MOST_UPLOADED, answer_many
from incidents.workflow.refusals import RefusedError, words_of
from incidents.workflow.whole.importing import (
    Outcome,
    earlier_text,
    hash_of,
    import_document,
    reimport,
    same_text,
    says_the_same,
)

# A longer text comes back too big in a form: it is imported as it was read.
MOST_PREVIEWED = 1_000_000
MOST_REMEMBERED = 50_000
OUT = (LEAVE_OUT, "Leave out")


@form_page
def import_page(request: MemberRequest) -> HttpResponseBase:
    require_writer(request)
    if request.method != "POST":
        return show_chooser(request)
    if "read_at" in request.POST:
        return save(request)
    incoming = received(request)
    uploads = request.FILES.getlist("files")
    if sum(file.size or 0 for file in uploads) > MOST_UPLOADED:
        size = MOST_UPLOADED // 1_000_000
        message = f"The files are larger than {size} MB together. Send fewer at a time."
        return show_chooser(request, message)
    try:
        zone = zone_sent(request)
    except ValidationError as refusal:
        return show_chooser(request, words_of(refusal))
    names = [file.name or "" for file in uploads]
    if are_many(names, request.POST.get("text", "")):
        return answer_many(request, incoming, zone)
    one = next(incoming, None)
    if one is None or not (one.error or one.text.strip()):
        return show_chooser(request, "Paste a postmortem, or choose a file, first.")
    if one.error:
        return show_chooser(request, f"{one.name}: {one.error}")
    if len(one.text.encode()) > MOST_PREVIEWED:
        return answer_many(request, iter([one]), zone)
    return show_proposal(request, one)


def zone_sent(request: MemberRequest) -> str:
    """Where times were written whose text does not say it."""
    return ZoneField().clean(request.POST.get("zone") or request.user.zone)


def are_many(names: Sequence[str], pasted: str) -> bool:
    """Whether more than one text was sent, or may have been."""
    return any(map(is_zip, names)) or len(names) + bool(pasted.strip()) > 1


def received(request: MemberRequest) -> Iterator[Incoming]:
    """The files that were sent, and the text that was pasted."""
    files = request.FILES.getlist("files")
    for file in files:
        yield from read_incoming(file.name or "", file)
    text = unify_lines(request.POST.get("text", ""))
    if text.strip() or not files:
        yield Incoming(name_sent(request), text=text)


def name_sent(request: MemberRequest) -> str:
    """The name of the file whose text a form carries; pasted texts have none."""
    return without_nulls(request.POST.get("name", ""))


def show_chooser(
    request: MemberRequest, message: str = "", **more: Any
) -> HttpResponse:
    zone = request.POST.get("zone", request.user.zone)
    context = {
        "message": message,
        "text": request.POST.get("text", ""),
        "zone": zone,
        **more,
    }
    status = UNSAVED if message else 200
    return render(request, "importing/choose.html", context, status=status)


def show_proposal(request: MemberRequest, one: Incoming) -> HttpResponse:
    now = timezone.now()
    try:
        parsed = parse_recent(one.text, one.title_hint, now)
    except ParseError as refusal:
        return show_chooser(request, str(refusal))
    if there := same_text(hash_of(one.text), request.user):
        return show_chooser(request, there=there)
    proposal = Proposal(parsed, zone=request.user.zone, now=now)
    earlier = earlier_text(
        proposal.shown, one.name, zone=request.user.zone, by=request.user
    )
    if earlier and says_the_same(earlier, proposal.shown):
        return show_chooser(request, there=earlier)
    return preview(request, proposal, one.name, now, earlier=earlier)


def parse_recent(text: str, name: str, now: dt.datetime) -> Parsed:
    """What a text says. Saving a preview reads what was read a moment ago."""
    if len(text) > MOST_REMEMBERED:
        return parse(text, name=name, now=now)
    return read_lately(text, name, now)


@lru_cache(maxsize=16)
def read_lately(text: str, name: str, now: dt.datetime) -> Parsed:
    return parse(text, name=name, now=now)


def save(request: MemberRequest) -> HttpResponse:
    """Save the proposal as it came back; shown again where something is to mend."""
    sent, name = request.POST, name_sent(request)
    now, read_at = timezone.now(), moment(sent["read_at"])
    try:
        text = unify_lines(sent.get("text", ""))
        parsed = parse_recent(text, Incoming(name).title_hint, read_at)
    except ParseError as refusal:
        return show_chooser(request, str(refusal))
    proposal = Proposal(parsed, zone=request.user.zone, now=read_at, sent=sent)
    if not proposal.is_valid:
        return preview(request, proposal, name, read_at, status=UNSAVED)
    try:
        return save_proposal(request, proposal, name, now, read_at)
    except ValidationError as refusal:
        proposal.facts.add_refusal(refusal)
        message = ""
    except RefusedError as refusal:
        message = str(refusal)
    return preview(request, proposal, name, read_at, message=message, status=UNSAVED)


def save_proposal(
    request: MemberRequest,
    proposal: Proposal,
    name: str,
    now: dt.datetime,
    read_at: dt.datetime,
) -> HttpResponse:
    what: dict[str, Any] = {"zone": proposal.facts.zone_chosen, "by": request.user}
    what |= {"text": proposal.parsed.text, "name": name, "now": now}
    number = row_number(request.POST.get("revise", ""))
    if number is not None:
        incident = editable_incident(request, number)
        read = proposal.facts.in_zone_chosen()
        reimport(incident, proposal.document, read=read, **what)
        messages.success(request, f"{incident.label} says what the new text says.")
        return redirect(incident)
    anew = "anew" in request.POST
    done = import_document(proposal.document, anew=anew, **what)
    if done.outcome is Outcome.CHANGED:
        return preview(
            request, proposal, name, read_at, earlier=done.incident, status=UNSAVED
        )
    if done.outcome is Outcome.EXISTS:
        message = f"This text was imported before: this is {done.incident.label}."
        messages.info(request, message)
    return redirect(done.incident)


def moment(text: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return timezone.now()
    return found if found.tzinfo else timezone.now()


def preview(
    request: MemberRequest,
    proposal: Proposal,
    name: str,
    read_at: dt.datetime,
    *,
    earlier: Incident | None = None,
    message: str = "",
    status: int = 200,
) -> HttpResponse:
    parsed = proposal.parsed
    pieces = segments(parsed)
    context = {
        "proposal": proposal,
        "parsed": parsed,
        "name": name,
        "read_at": read_at.isoformat(),
        "size": len(parsed.text.encode()),
        "segments": pieces,
        "anchors": {piece.anchor for piece in pieces},
        "unplaced": len(account(parsed.text, parsed)),
        "earlier": earlier,
        "message": message,
        "section_kinds": [*SectionKind.choices(), OUT],
        "entry_kinds": [*EntryKind.choices(), OUT],
        "most_shown": MOST_SHOWN,
        "suggest": Suggestions(request.user),
    }
    return render(request, "importing/preview.html", context, status=status)
