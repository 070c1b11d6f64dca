"""Keep what lists show of a report: after each publication, and after each tick."""

import datetime as dt
from typing import Any

from django.db.models import Count, Min, Q

from incidents import models
from incidents.documents.document import Document
from incidents.documents.kinds import ActionState
from incidents.workflow.to_rows import accounts_of, labels

SHOWN = ("severity", "rank", "date", "duration", "services")


def list_report(publication: models.Publication, document: Document) -> models.Listing:
    """Its report shows this publication from now on."""
    card, incident = publication.card, publication.incident
    assert document.started_at is not None
    owner = document.owner
    values = {
        "publication": publication,
        "title": card["title"],
        "summary": card["summary"],
        "card": {name: card[name] for name in SHOWN},
        "severity": incident.severity,
        "rank": card["rank"],
        "owner": accounts_of(owner).get(owner.account or "") if owner else None,
        "started_at": document.started_at,
        "published_at": publication.published_at,
        **progress(incident),
    }
    listing, _ = models.Listing.objects.update_or_create(
        incident=incident, defaults=values
    )
    listing.services.set(labels(models.Service, document.services).values())
    listing.tags.set(labels(models.Tag, document.tags).values())
    kinds = labels(models.FactorCategory, (f.category for f in document.factors))
    listing.categories.set(kinds.values())
    return listing


def count_promises(incident: models.Incident) -> None:
    models.Listing.objects.filter(incident=incident).update(**progress(incident))


def progress(incident: models.Incident) -> dict[str, Any]:
    """What was promised, what of it is done, and when the next of it is due."""
    counted: dict[str, int | dt.date | None] = incident.actions.aggregate(
        promised=Count("pk", filter=~Q(state=ActionState.DECLINED)),
        done=Count("pk", filter=Q(state=ActionState.DONE)),
        next_due=Min(
            "due_on", filter=~Q(state__in=[ActionState.DECLINED, ActionState.DONE])
        ),
    )
    return counted
