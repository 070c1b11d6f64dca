"""Who may do what. Every door and every verb asks here."""

from incidents.models import MANAGE, REVIEW, WRITE, Incident, State, User


def may_write(user: User) -> bool:
    return WRITE in user.rights


def may_review(user: User) -> bool:
    return REVIEW in user.rights


def may_manage(user: User) -> bool:
    return MANAGE in user.rights


def may_edit(user: User, incident: Incident) -> bool:
    return (
        may_write(user)
        and incident.state != State.WITHDRAWN
        and Incident.objects.editable_by(user).filter(pk=incident.pk).exists()
    )
