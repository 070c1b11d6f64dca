"""Rows -> Documents: very many postmortems, with as many queries as for one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet

from incidents import models
from incidents.documents.document import Document, Factor, Participant
from incidents.workflow.whole.to_document import (
    action_of,
    columns_of,
    entry_of,
    factor_of,
    person,
    section_of,
)

# So many are in memory at once.
CHUNK: Final = 100
Names = Mapping[int, list[str]]
Places = Mapping[int, list[int]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands around some incidents, by the number of each."""

    services: Names
    tags: Names
    participants: Mapping[int, list[Participant]]
    sections: Mapping[int, list[models.Section]]
    timeline: Mapping[int, list[models.TimelineEntry]]
    actions: Mapping[int, list[models.ActionItem]]
    factors: Mapping[int, list[models.ContributingFactor]]
    evidence: Places
    answers: Places


def with_documents(
    incidents: QuerySet[models.Incident],
) -> Iterator[tuple[models.Incident, Document]]:
    """Each of these with what `to_document` makes of it, in their order."""
    rows = incidents.select_related("severity", "owner").iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        parts = parts_of([incident.pk for incident in chunk])
        for incident in chunk:
            yield incident, document_of(incident, parts)


def parts_of(numbers: Sequence[int]) -> Parts:
    owned = {"incident__in": numbers}
    timeline = grouped(models.TimelineEntry.objects.filter(**owned))
    items = models.ActionItem.objects.filter(**owned)
    actions = grouped(items.select_related("owner", "done_by"))
    model = models.ContributingFactor
    factors = model.objects.filter(**owned).select_related("category")
    return Parts(
        services=names(models.Incident.services.through, "service", numbers),
        tags=names(models.Incident.tags.through, "tag", numbers),
        participants=participants(numbers),
        sections=grouped(models.Section.objects.filter(**owned)),
        timeline=timeline,
        actions=actions,
        factors=grouped(factors),
        evidence=places(model.entries.through, "timelineentry", numbers, timeline),
        answers=places(model.actions.through, "actionitem", numbers, actions),
    )


def grouped(rows: QuerySet[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.incident_id].append(row)
    return found


def names(through: Any, label: str, numbers: Sequence[int]) -> Names:
    """The names of labels, in the order in which the labels have them."""
    found: dict[int, list[str]] = defaultdict(list)
    links = through.objects.filter(incident__in=numbers).order_by(f"{label}__name")
    for number, name in links.values_list("incident", f"{label}__name"):
        found[number].append(name)
    return found


def participants(numbers: Sequence[int]) -> Mapping[int, list[Participant]]:
    found: dict[int, list[Participant]] = defaultdict(list)
    rows = models.Participant.objects.filter(incident__in=numbers)
    for row in rows.select_related("user"):
        who = Participant(person=person(row.user, row.name), role=row.role)
        found[row.incident_id].append(who)
    return found


def places(
    through: Any, row: str, numbers: Sequence[int], rows: Mapping[int, Iterable[Any]]
) -> Places:
    """Where in their postmortem those stand that each factor points at."""
    place = {one.pk: at for there in rows.values() for at, one in enumerate(there)}
    found: dict[int, list[int]] = defaultdict(list)
    links = through.objects.filter(contributingfactor__incident__in=numbers)
    for factor, pointed_at in links.values_list("contributingfactor", row):
        found[factor].append(place[pointed_at])
    return found


def document_of(incident: models.Incident, parts: Parts) -> Document:
    number = incident.pk
    return Document(
        **columns_of(incident),
        services=tuple(parts.services[number]),
        tags=tuple(parts.tags[number]),
        participants=tuple(parts.participants[number]),
        sections=tuple(map(section_of, parts.sections[number])),
        timeline=tuple(map(entry_of, parts.timeline[number])),
        actions=tuple(map(action_of, parts.actions[number])),
        factors=tuple(factors_of(parts, number)),
    )


def factors_of(parts: Parts, number: int) -> Iterator[Factor]:
    for row in parts.factors[number]:
        yield factor_of(row, parts.evidence[row.pk], parts.answers[row.pk])
