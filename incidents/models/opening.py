"""One incident as one person may see it, or hold it while they change it."""

from typing import Final

from django.db.models import QuerySet

from incidents.database.prepared import Prepared
from incidents.models.incident import Incident
from incidents.models.user import WRITE, User


def seen(number: int, by: User) -> Incident | None:
    """The incident of this number, if this person may see it."""
    return SEEN.first(by.rights, number=number, **by.asked_as)


def held(number: int, by: User) -> Incident | None:
    """The newest row of it, locked, if this person may change it.

    Read once it is held: PostgreSQL joins a row that it had to wait for with what
    that row pointed at before.
    """
    if WRITE not in by.rights:
        return None
    found = HELD.first(by.rights, number=number, **by.asked_as)
    return seen(number, by) if found else None


def visible(
    rights: frozenset[str], *, number: int, reader: int = 0
) -> QuerySet[Incident]:
    rows = Incident.objects.visible_to(User.standing_in(reader, rights))
    return rows.filter(pk=number).select_related("severity", "owner")


def editable(
    rights: frozenset[str], *, number: int, reader: int = 0
) -> QuerySet[Incident]:
    rows = Incident.objects.editable_by(User.standing_in(reader, rights))
    return rows.filter(pk=number).only("pk").select_for_update()


SEEN: Final = Prepared(Incident, visible)
HELD: Final = Prepared(Incident, editable)
