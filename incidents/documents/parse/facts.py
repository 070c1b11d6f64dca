"""The facts of an incident: when it was, how bad, who was there."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from incidents.documents.document import Participant, Person
from incidents.documents.kinds import Detection
from incidents.documents.parse.ledger import Remark
from incidents.documents.parse.numbers import Length


@dataclass(slots=True)
class Facts:
    """What could be read; None where the document does not say."""

    severity: str | None = None
    zone: str | None = None
    day: dt.date | None = None
    started: dt.datetime | None = None
    detected: dt.datetime | None = None
    mitigated: dt.datetime | None = None
    resolved: dt.datetime | None = None
    stated: Length | None = None
    share: Decimal | None = None
    count: int | None = None
    detection: Detection | None = None
    services: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    owner: Person | None = None
    people: list[Participant] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def holds(self, name: str) -> bool:
        """Whether a fact of this name was understood."""
        held = {
            "severity": self.severity,
            "services": self.services,
            "tags": self.tags,
            "owner": self.owner,
            "authors": self.people,
            "commander": self.people,
            "timezone": self.zone,
            "started": self.started,
            "detected": self.detected,
            "mitigated": self.mitigated,
            "resolved": self.resolved,
        }
        return bool(held.get(name))

    @property
    def minutes(self) -> int | None:
        """The length of the incident: from its times, else as stated."""
        derived = minutes_between(self.started, self.resolved)
        if derived is not None:
            return derived
        return round(self.stated.minutes) if self.stated else None


def later(moment: dt.datetime, span: dt.timedelta) -> dt.datetime:
    """The moment after a span, or the same where the calendar ends."""
    try:
        return moment + span
    except OverflowError:
        return moment


def minutes_between(start: dt.datetime | None, end: dt.datetime | None) -> int | None:
    if start is None or end is None or not comparable(start, end):
        return None
    return round((end - start).total_seconds() / 60)


def comparable(one: dt.datetime | None, other: dt.datetime | None) -> bool:
    if one is None or other is None:
        return False
    return (one.tzinfo is None) == (other.tzinfo is None)


def words_for(minutes: Decimal) -> str:
    """ "3 hours 15 minutes"."""
    hours, rest = divmod(int(minutes), 60)
    parts = []
    if hours:
        parts.append(f"{hours} hour{'s' if hours != 1 else ''}")
    if rest or not hours:
        parts.append(f"{rest} minute{'s' if rest != 1 else ''}")
    return " ".join(parts)
