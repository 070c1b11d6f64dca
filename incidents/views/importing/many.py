"""Many files at once: each in its own transaction, each told of as it is done."""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from incidents.documents.importing.fitting import zone_remarks
from incidents.documents.importing.incoming import Incoming
from incidents.documents.parse import ParseError, parse
from incidents.models import Incident
from incidents.views.gates import MemberRequest
from incidents.workflow.refusals import RefusedError, words_of
from incidents.workflow.whole.importing import Outcome, import_document

MOST_UPLOADED = 50_000_000
OUR_FAULT = (
    "Something went wrong here while it was read; the site's log says what. Nothing "
    "of it was saved."
)
logger = logging.getLogger("incidents.importing")
# Where the template has a place for the rows.
ROWS_GO_HERE = "<!-- rows -->"
WORDS = {
    Outcome.MADE: "imported",
    Outcome.EXISTS: "here already",
    Outcome.CHANGED: "changed text",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one file."""

    name: str
    word: str
    incident: Incident | None = None
    message: str = ""
    remarks: tuple[str, ...] = ()
    text: str = ""


def answer_many(
    request: MemberRequest, incoming: Iterator[Incoming], zone: str
) -> StreamingHttpResponse:
    """A page that grows by a row for each file as it is done.

    Times are read in `zone` where a text does not name its own.
    """
    return StreamingHttpResponse(page(request, incoming, zone))


def page(
    request: MemberRequest, incoming: Iterator[Incoming], zone: str
) -> Iterator[str]:
    head = render_to_string("importing/many.html", request=request)
    above, _, below = head.partition(ROWS_GO_HERE)
    yield above
    counts: dict[str, int] = {}
    for one in incoming:
        row = import_one(request, one, zone, timezone.now())
        counts[row.word] = counts.get(row.word, 0) + 1
        yield render_to_string("importing/many_row.html", {"row": row}, request)
    yield render_to_string("importing/many_end.html", {"counts": counts}, request)
    yield below


def import_one(
    request: MemberRequest, one: Incoming, zone: str, now: dt.datetime
) -> Row:
    """Import one document as it was read, or say in a sentence why not."""
    if one.error:
        return Row(one.name, "not read", message=one.error)
    try:
        parsed = parse(one.text, name=one.title_hint, now=now)
        done = import_document(
            parsed.document, one.text, one.name, zone=zone, by=request.user, now=now
        )
    except (ParseError, RefusedError, ValidationError) as refusal:
        return Row(one.name, "not read", message=words_of(refusal))
    except Exception:
        # Whatever it was, it is this file's: the others must go on.
        logger.exception("The file %r could not be imported.", one.name)
        return Row(one.name, "not read", message=OUR_FAULT)
    remarks = tuple(remark.sentence for remark in parsed.warnings)
    remarks += zone_remarks(parsed.document, zone)
    changed = done.outcome is Outcome.CHANGED
    return Row(
        one.name,
        WORDS[done.outcome],
        incident=done.incident,
        remarks=() if changed else (*remarks, *done.remarks),
        text=one.text if changed else "",
    )
