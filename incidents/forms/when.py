"""When it began, was noticed, was softened and ended."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from incidents.documents.document import Document
from incidents.forms.times import MomentField, TimeContext, TimedForm, shown_time
from incidents.forms.zone import ZoneField

TIMES = ("started_at", "detected_at", "mitigated_at", "resolved_at")


class WhenForm(TimedForm):
    """The four times. Each may be as short as `10:45`: the day is the one before."""

    zone = ZoneField()
    started_at = MomentField(label="Started", placeholder="2024-08-18 08:15")
    detected_at = MomentField(label="Detected", placeholder="08:20")
    mitigated_at = MomentField(label="Mitigated", placeholder="+1h 30m")
    resolved_at = MomentField(label="Resolved", placeholder="11:15")

    field_order = [*TIMES, "zone"]

    def __init__(
        self,
        *args: Any,
        value: Document,
        version: int,
        now: dt.datetime,
        **kwargs: Any,
    ) -> None:
        self.facts = value
        self.now = now
        zone = value.zone or "UTC"
        times = {name: shown_time(getattr(value, name), zone) for name in TIMES}
        kwargs.setdefault("initial", {"version": version, "zone": zone, **times})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        previous = self.facts.started_at
        started: dt.datetime | None = None
        for name in TIMES:
            if name in self.changed_data or "zone" in self.changed_data:
                previous = self.clean_time(name, started, previous)
            else:
                self.cleaned_data[name] = getattr(self.facts, name)
                previous = self.cleaned_data[name] or previous
            if name == "started_at":
                started = previous
        return self.cleaned_data

    def clean_time(
        self, name: str, started: dt.datetime | None, previous: dt.datetime | None
    ) -> dt.datetime | None:
        zone = self.cleaned_data.get("zone", "UTC")
        day = self.day_before_change(name, zone)
        around = TimeContext(zone, self.now, started, previous, day)
        found = self.read(name, around)
        self.cleaned_data[name] = found.at if found else None
        return found.at if found else previous

    def day_before_change(self, name: str, zone: str) -> dt.date | None:
        """The day of a time of which perhaps only the clock was written anew. With the
        start the day of all others may have moved.
        """
        at = getattr(self.facts, name)
        if at is None or (name != "started_at" and "started_at" in self.changed_data):
            return None
        day: dt.date = at.astimezone(ZoneInfo(zone)).date()
        return day
