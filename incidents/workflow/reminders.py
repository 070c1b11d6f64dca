"""How somebody stops their reminders without signing in: by a link that is theirs."""

from django.core import signing

from incidents.documents.kinds import Rhythm
from incidents.models import User

# Links for other purposes, signed with the same key, open nothing here.
PURPOSE = "incidents.reminders.stop"


def stop_token(user: User) -> str:
    """Opens the way out for this person, for as long as the site keeps its key."""
    return signing.Signer(salt=PURPOSE).sign(str(user.pk))


def person_of(token: str) -> User | None:
    """Whose token it is; None for one that this site has not signed."""
    try:
        number = signing.Signer(salt=PURPOSE).unsign(token)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=number).first()


def stop(user: User) -> None:
    User.objects.filter(pk=user.pk).update(reminders=Rhythm.NONE)
