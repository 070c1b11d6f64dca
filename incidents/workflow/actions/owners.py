"""An owner leaves, or a plain name turns out to be somebody with an account."""

import datetime as dt
from collections.abc import Mapping

from incidents import models
from incidents.documents.document import Person
from incidents.models.action import ActionItemQuerySet
from incidents.workflow.actions.promises import change
from incidents.workflow.actions.state import SavedItem


def items_of_owner(who: str, *, seen_by: models.User) -> ActionItemQuerySet:
    """What belongs to an account or to a plain name, among what this person may change.

    Of an account the open ones: what it has closed stays its own. Of a plain name
    all, because it is the same person who gets them.
    """
    items = models.ActionItem.objects.of(
        models.Incident.objects.editable_by(seen_by)
    ).select_related("incident", "owner")
    if models.User.objects.filter(username=who).exists():
        return items.filter(owner__username=who).open().order_by("due_order", "pk")
    named = items.filter(owner=None, owner_name=who)
    return named.order_by("due_order", "pk")


def hand_over(
    item: models.ActionItem, to: Person, *, by: models.User, now: dt.datetime
) -> SavedItem:
    """Give one item to another owner; whatever else it says stays."""
    changes: Mapping[str, object] = {"owner": to}
    return change(item, changes, version=item.version, by=by, now=now)
