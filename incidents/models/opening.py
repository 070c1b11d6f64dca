"""One incident as one person may see it, or hold it while they change it."""

from typing import Final

from django.db.models import QuerySet

from incidents.models.incident import Incident
from incidents.models.prepared import Prepared
from incidents.models.user import WRITE, User


def seen(number: int, by: User) -> Incident | None:
    """The incident of this number, if this person may see it."""
    return ask(number, by, to_hold=False)


def held(number: int, by: User) -> Incident | None:
    """The newest row of it, locked, if this person may change it."""
    return ask(number, by, to_hold=True) if WRITE in by.rights else None


def ask(number: int, by: User, *, to_hold: bool) -> Incident | None:
    return OPENED.first((by.rights, to_hold), number=number, **by.asked_as)


def opened(
    shape: tuple[frozenset[str], bool], *, number: int, reader: int = 0
) -> QuerySet[Incident]:
    rights, to_hold = shape
    user = User.standing_in(reader, rights)
    rows = Incident.objects.filter(pk=number).select_related("severity", "owner")
    if to_hold:
        return rows.editable_by(user).select_for_update(of=("self",))
    return rows.visible_to(user)


OPENED: Final = Prepared(Incident, opened)
