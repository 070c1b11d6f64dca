"""How somebody stops their mails without signing in: by a link that is theirs."""

from django.core import signing

from incidents.documents.kinds import Rhythm
from incidents.models import User

# Links for other purposes, signed with the same key, open nothing here.
REMINDERS = "incidents.reminders.stop"
DIGEST = "incidents.digest.stop"


def stop_token(user: User, purpose: str = REMINDERS) -> str:
    """Opens the way out for this person, for as long as the site keeps its key."""
    return signing.Signer(salt=purpose).sign(str(user.pk))


def person_of(token: str, purpose: str = REMINDERS) -> User | None:
    """Whose token it is; None for one that this site has not signed."""
    try:
        number = signing.Signer(salt=purpose).unsign(token)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=number).first()


def stop(user: User) -> None:
    User.objects.filter(pk=user.pk).update(reminders=Rhythm.NONE)


def stop_digest(user: User) -> None:
    User.objects.filter(pk=user.pk).update(monthly_digest=False)
