"""One incident by its number: as one person may see it, or locked for a change."""

from typing import Final

from django.db.models import QuerySet

from incidents.database.prepared import Prepared
from incidents.models.incident import Incident
from incidents.models.user import WRITE, User


def find_visible(number: int, by: User) -> Incident | None:
    """The incident of this number, if this person may see it."""
    return VISIBLE.first(by.rights, number=number, **by.reader_param)


def lock_editable(number: int, by: User) -> Incident | None:
    """The newest row of it, locked, if this person may change it.

    It is read after it was locked: PostgreSQL joins a row that it had to wait for
    with what that row pointed at before.
    """
    if WRITE not in by.rights:
        return None
    found = EDITABLE.first(by.rights, number=number, **by.reader_param)
    return find_visible(number, by) if found else None


def visible(
    rights: frozenset[str], *, number: int, reader: int = 0
) -> QuerySet[Incident]:
    rows = Incident.objects.visible_to(User.placeholder(reader, rights))
    return rows.filter(pk=number).select_related("severity", "owner")


def editable(
    rights: frozenset[str], *, number: int, reader: int = 0
) -> QuerySet[Incident]:
    rows = Incident.objects.editable_by(User.placeholder(reader, rights))
    return rows.filter(pk=number).only("pk").select_for_update()


VISIBLE: Final = Prepared(Incident, visible)
EDITABLE: Final = Prepared(Incident, editable)
