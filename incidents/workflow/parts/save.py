"""Save a part on top of what is there now; never over somebody else's words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Generic
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from incidents import models
from incidents.database.prepared import Prepared
from incidents.documents.formats.as_json import UnreadableError, build, plain
from incidents.models.part import Part, SavedRow
from incidents.workflow.parts.part_kinds import PartKind, Row, Value
from incidents.workflow.parts.reconcile import Joined, reconcile
from incidents.workflow.record import lock, record_event
from incidents.workflow.refusals import RefusedError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Saved(Generic[Row]):
    """A save that was made. `joined` says that another person's came before it."""

    row: Row
    joined: bool
    event: models.Event | None = None


class StaleError(RefusedError):
    """Somebody saved this part in between, and both changed the same words."""

    def __init__(
        self, row: SavedRow, base: Any, mine: Any, joined: Joined[Any]
    ) -> None:
        super().__init__("This changed while you were writing. Your text is safe.")
        self.row = row
        self.base = base
        self.mine = mine
        self.joined = joined


class GoneError(RefusedError):
    """The part was removed in between. The writer keeps the words."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody removed this while you were writing. Your text is safe: copy "
            "it, or bring the row back from the history."
        )


@transaction.atomic
def save(
    kind: PartKind[Row, Value],
    incident: models.Incident,
    key: UUID | None,
    changes: Mapping[str, Any],
    *,
    version: int,
    by: models.User,
    now: dt.datetime,
    why: str = "",
) -> Saved[Row]:
    """Save what a form showed, made from the given version of the part.

    On top of a newer version the two are joined; where both changed the same
    words, `StaleError` carries both and nothing is saved. `why` is told in the
    history.
    """
    held = lock(incident, by)
    row = find(kind, held, key)
    return save_found(
        kind, held, row, changes, version=version, by=by, now=now, why=why
    )


def save_found(
    kind: PartKind[Row, Value],
    held: models.Incident,
    row: Row,
    changes: Mapping[str, Any],
    *,
    version: int,
    by: models.User,
    now: dt.datetime,
    why: str = "",
) -> Saved[Row]:
    """As `save`, by a verb that holds the incident and has found the row."""
    there = kind.read(row)
    key = row.key if isinstance(row, Part) else None
    base: Value | None = there
    if version != row.version:
        base = value_at_version(kind, held, key, version)
    mine = replace(base or there, **changes)
    joined = reconcile(base, mine, there, kind.texts)
    if joined.clashes:
        raise StaleError(row, base, mine, joined)
    event = None
    if joined.value != there:
        before = snapshot(there, row.version)
        kind.write(row, joined.value, by, now)
        after = snapshot(kind.read(row), row.version) | ({"why": why} if why else {})
        what = f"{kind.name} changed"
        event = record_event(
            held, what, by=by, now=now, part=key, before=before, after=after
        )
    was_joined = joined.value != mine and others_saved(kind, held, key, version, by)
    return Saved(row, joined=was_joined, event=event)


def find(kind: PartKind[Row, Value], held: models.Incident, key: UUID | None) -> Row:
    """The row of this key in this incident, and in no other."""
    if isinstance(held, kind.model):
        return held
    row: Row | None = None
    if key is not None:
        row = ROWS.first((kind.model, kind.related), incident=held.pk, key=key)
    if row is None:
        raise GoneError
    if isinstance(row, Part):
        row.incident = held
    return row


def is_there(kind: PartKind[Row, Value], held: models.Incident, key: UUID) -> bool:
    shape = (kind.model, kind.related)
    return ROWS.first(shape, incident=held.pk, key=key) is not None


def rows(
    shape: tuple[type[Part], tuple[str, ...]], *, incident: int, key: UUID
) -> QuerySet[Any]:
    model, related = shape
    found = model._default_manager.filter(incident=incident, key=key)
    return found.select_related(*related) if related else found


ROWS: Final[Prepared[Any]] = Prepared(models.Incident, rows)


def value_at_version(
    kind: PartKind[Row, Value],
    incident: models.Incident,
    key: UUID | None,
    version: int,
) -> Value | None:
    """The part as it was in a version, kept by the event that ended it."""
    ended = incident.events.filter(
        part=key, what__startswith=kind.name, before__version=version
    ).first()
    if ended is None or ended.before is None:
        return None
    try:
        value = build(kind.value, ended.before, kind.name)
    except UnreadableError:
        return None
    assert isinstance(value, kind.value)
    return value


def others_saved(
    kind: PartKind[Row, Value],
    incident: models.Incident,
    key: UUID | None,
    since: int,
    by: models.User,
) -> bool:
    """Whether another person has saved the part on top of this version of it.

    One's own saves do not count: three forms of the facts share one version.
    """
    ended = incident.events.filter(part=key, what__startswith=kind.name)
    return ended.filter(before__version__gte=since).exclude(actor=by).exists()


def snapshot(value: "DataclassInstance", version: int) -> dict[str, Any]:
    return {**plain(value), "version": version}
