"""Who is here now. No change of the record: it writes no event and no revision."""

import datetime as dt
from collections.abc import Iterable

from incidents import models

# A sign of life is sent three times as often.
HERE_FOR = dt.timedelta(seconds=60)
KEPT_FOR = dt.timedelta(days=1)


def arrive(
    incident: models.Incident, part: str, *, by: models.User, now: dt.datetime
) -> None:
    """Say that this person is at this part; one statement, so that none can race."""
    sign = models.Presence(incident=incident, user=by, part=part, seen_at=now)
    models.Presence.objects.bulk_create(
        [sign],
        update_conflicts=True,
        unique_fields=["incident", "user"],
        update_fields=["part", "seen_at"],
    )


def others(
    incident: models.Incident, *, than: models.User, now: dt.datetime
) -> Iterable[models.Presence]:
    """Who else has been here in the last minute."""
    present = models.Presence.objects.seen_since(now - HERE_FOR)
    return present.filter(incident=incident).exclude(user=than).select_related("user")


def forget_old(*, now: dt.datetime) -> None:
    models.Presence.objects.filter(seen_at__lt=now - KEPT_FOR).delete()
