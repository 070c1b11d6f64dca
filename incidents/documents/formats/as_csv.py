"""The timeline and the action items as CSV, for a spreadsheet.

RFC 4180, in UTF-8 with a byte order mark: without it a spreadsheet takes the
text for the alphabet of the country it runs in.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from incidents.documents.document import Action, Document, Entry

BOM = "\ufeff"
# A cell that begins so is a formula to a spreadsheet, whoever wrote it; in a Japanese
# one, the wide forms of these signs are too.
FORMULA = (*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20")
TIMELINE = ("time", "until", "as written", "kind", "what happened", "pinned")
ACTIONS = (
    "action item",
    "state",
    "owner",
    "due",
    "kind",
    "priority",
    "ticket",
    "done at",
    "done by",
    "evidence",
    "declined because",
)


def timeline_csv(document: Document) -> str:
    return _table(TIMELINE, map(_entry, document.timeline))


def actions_csv(document: Document) -> str:
    return _table(ACTIONS, map(_action, document.actions))


def board_csv(rows: Iterable[tuple[str, str, int, Action]]) -> str:
    """Action items of many postmortems, each after the one that it belongs to."""
    head = ("postmortem", "title", *ACTIONS, "times moved")
    return _table(
        head,
        (
            (label, title, *_action(item), str(moves))
            for label, title, moves, item in rows
        ),
    )


def table_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Any other table."""
    return _table(head, rows)


def harmless(text: str) -> str:
    """A cell that no spreadsheet calculates."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(head)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return BOM + out.getvalue()


def _entry(entry: Entry) -> Sequence[str]:
    return (
        entry.at.isoformat() if entry.at else "",
        entry.until.isoformat() if entry.until else "",
        entry.as_written,
        entry.kind.label,
        entry.text,
        "yes" if entry.pinned else "",
    )


def _action(item: Action) -> Sequence[str]:
    return (
        item.text,
        item.state.label,
        item.owner.name if item.owner else "",
        item.due_on.isoformat() if item.due_on else "",
        item.kind.label if item.kind else "",
        item.priority.label if item.priority else "",
        item.url,
        item.done_at.isoformat() if item.done_at else "",
        item.done_by.name if item.done_by else "",
        item.evidence,
        item.declined_because,
    )
