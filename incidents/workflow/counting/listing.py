"""Keep what lists show of a report: after each publication, and after each tick."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import QuerySet

from incidents import models
from incidents.database.prepared import Prepared
from incidents.database.saving import update_row
from incidents.documents.document import Action, Document
from incidents.documents.kinds import ActionState
from incidents.models.labels import Label
from incidents.workflow.whole.to_rows import accounts_of, find_or_make_labels

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
        **progress(document.actions),
    }
    listing, is_new = models.Listing.objects.update_or_create(
        incident=incident, defaults=values
    )
    kinds = (factor.category for factor in document.factors)
    named: list[tuple[Any, type[Label], Iterable[str]]] = [
        (listing.services, models.Service, document.services),
        (listing.tags, models.Tag, document.tags),
        (listing.categories, models.FactorCategory, kinds),
    ]
    for labels, model, names in named:
        found = find_or_make_labels(model, names).values()
        if is_new:
            labels.add(*found)
        else:
            labels.set(found)
    return listing


def count_promises(incident: models.Incident, actions: Iterable[Action]) -> None:
    """Say in its row how far the promises are; a save of words leaves it alone."""
    there = SHOWN_PROGRESS.tuples(None, incident=incident.pk)
    now = progress(actions)
    if there and there[0] != tuple(now.values()):
        update_row(models.Listing(pk=incident.pk, **now), *now)


def progress(actions: Iterable[Action]) -> dict[str, Any]:
    """What was promised, what of it is done, and when the next of it is due."""
    kept = [item for item in actions if item.state != ActionState.DECLINED]
    left = [item for item in kept if item.state != ActionState.DONE]
    return {
        "promised": len(kept),
        "done": len(kept) - len(left),
        "next_due": min((item.due_on for item in left if item.due_on), default=None),
    }


def shown_progress(shape: None, *, incident: int) -> QuerySet[Any, Any]:
    return models.Listing.objects.filter(pk=incident).values_list(*progress(()))


SHOWN_PROGRESS: Final = Prepared(models.Listing, shown_progress)
