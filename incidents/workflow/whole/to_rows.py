"""Document -> rows: make the record say what a document says.

Rows keep their identity by key: what is already so is not touched, what
differs gets a new version, what the document lacks goes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from incidents import models
from incidents.database.prepared import Prepared
from incidents.database.saving import insert_rows, update_row
from incidents.documents.document import (
    Document,
    Person,
)
from incidents.models.labels import Label, folded
from incidents.models.part import Part, SavedRow
from incidents.workflow.whole.values import (
    account,
    action_values,
    entry_values,
    fact_values,
    factor_values,
    section_values,
)

AnyLabel = TypeVar("AnyLabel", bound=Label)
AnyPart = TypeVar("AnyPart", bound=Part)


def to_rows(
    document: Document,
    incident: models.Incident,
    *,
    by: models.User,
    now: dt.datetime,
) -> None:
    write_facts(document, incident, by=by, now=now)
    write_parts(document, incident, by=by, now=now)


def write_parts(
    document: Document, incident: models.Incident, *, by: models.User, now: dt.datetime
) -> None:
    """The sections and rows of a document, saved; the facts are not touched."""
    accounts = accounts_in(document)
    writer = RowWriter(incident, by, now)
    writer.write(
        models.Section, [(s.key, section_values(s)) for s in document.sections]
    )
    entries = writer.write(
        models.TimelineEntry,
        [(e.key, entry_values(e, incident.tzinfo)) for e in document.timeline],
    )
    actions = writer.write(
        models.ActionItem,
        [(a.key, action_values(a, accounts)) for a in document.actions],
    )
    categories = find_or_make_labels(
        models.FactorCategory, (f.category for f in document.factors)
    )
    factors = writer.write(
        models.ContributingFactor,
        [(f.key, factor_values(f, categories)) for f in document.factors],
    )
    for factor, row in zip(document.factors, factors, strict=True):
        row.entries.set([entries[place] for place in factor.evidence])
        row.actions.set([actions[place] for place in factor.answers])


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Writes rows into one incident, signed by one person."""

    incident: models.Incident
    by: models.User
    now: dt.datetime

    def write(
        self, model: type[AnyPart], wanted: Sequence[tuple[str, Mapping[str, Any]]]
    ) -> list[AnyPart]:
        """The rows of this model, in the order given, after making them so."""
        found = PARTS.rows(model, incident=self.incident.pk)
        there = {str(row.key): row for row in found}
        rows = [
            self.place(there.pop(key, None) or self.blank(model, key), place, values)
            for place, (key, values) in enumerate(wanted)
        ]
        if there:
            gone = [row.pk for row in there.values()]
            model._default_manager.filter(pk__in=gone).delete()
        insert_rows([row for row in rows if row._state.adding])
        return rows

    def blank(self, model: type[AnyPart], key: str) -> AnyPart:
        return model(incident=self.incident, key=UUID(key) if key else uuid4())

    def place(self, row: AnyPart, place: int, values: Mapping[str, Any]) -> AnyPart:
        adding = row._state.adding
        differs = any(getattr(row, name) != value for name, value in values.items())
        if adding or differs:
            for name, value in values.items():
                setattr(row, name, value)
            sign(row, self.by, self.now)
        moved, row.position = row.position != place, place
        if not adding and (differs or moved):
            row.save()
        return row


def parts(model: type[Part], *, incident: int) -> QuerySet[Any]:
    return model._default_manager.filter(incident=incident)


PARTS: Final[Prepared[Any]] = Prepared(models.Incident, parts)


def write_facts(
    document: Document, incident: models.Incident, *, by: models.User, now: dt.datetime
) -> None:
    """The facts of a document, saved; its parts are not touched."""
    accounts = accounts_in(document)
    for name, value in fact_values(document, incident, accounts).items():
        setattr(incident, name, value)
    sign(incident, by, now)
    # Whom and what a fact names has just been read.
    incident.clean_fields(exclude={"severity", "owner", "created_by", "saved_by"})
    is_new = incident._state.adding
    save_or_refuse(incident)
    services = find_or_make_labels(models.Service, document.services).values()
    tags = find_or_make_labels(models.Tag, document.tags).values()
    if is_new:
        incident.services.add(*services)
        incident.tags.add(*tags)
    else:
        incident.services.set(services)
        incident.tags.set(tags)
        incident.participants.all().delete()
    write_participants(document, incident, accounts)


def sign(row: SavedRow, by: models.User, now: dt.datetime) -> None:
    """Sign a row that is about to be saved; each save after the first counts."""
    if not row._state.adding:
        row.version += 1
    row.saved_at = now
    row.saved_by = by
    row.saved_by_name = by.name


def save_or_refuse(row: SavedRow) -> None:
    """Save a row; what the database refuses is refused in the constraint's words.

    It is asked only then: a savepoint costs less than a question a constraint.
    """
    try:
        with transaction.atomic():
            row.save() if row._state.adding else update_row(row)
    except IntegrityError:
        row.validate_constraints(exclude={"key"})
        raise


def accounts_in(document: Document) -> dict[str, models.User]:
    people = [document.owner, *(row.person for row in document.participants)]
    for item in document.actions:
        people += [item.owner, item.done_by]
    return accounts_of(*people)


def accounts_of(
    *people: Person | None, known: Iterable[models.User] = ()
) -> dict[str, models.User]:
    """The accounts of these people by their names; those `known` are not asked for."""
    found = {user.username: user for user in known}
    names = {who.account for who in people if who and who.account} - found.keys()
    if names:
        users = models.User.objects.filter(username__in=names)
        found |= {user.username: user for user in users}
    return found


def find_or_make_labels(
    model: type[AnyLabel], names: Iterable[str]
) -> dict[str, AnyLabel]:
    """The rows of these names, made where there are none. Capitals don't matter."""
    found: dict[str, AnyLabel] = {}
    for name in names:
        if name and name not in found:
            row = LABELS.first(model, name=folded(name))
            found[name] = row or model._default_manager.create(name=name)
    return found


def label_named(model: type[Label], *, name: str) -> QuerySet[Any]:
    return model._default_manager.filter(folded=name)


LABELS: Final[Prepared[Any]] = Prepared(models.Incident, label_named)


def write_participants(
    document: Document, incident: models.Incident, accounts: Mapping[str, models.User]
) -> None:
    insert_rows(
        [
            models.Participant(
                incident=incident,
                user=account(row.person, accounts)[0],
                name=row.person.name,
                role=row.role,
                position=place,
            )
            for place, row in enumerate(document.participants)
        ]
    )
