"""A document that was read, as a form in which every value can be mended."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from incidents.documents.document import Action, Document
from incidents.documents.importing.fitting import AFTER, Fitted, fit, has_local_times
from incidents.documents.kinds import ActionState
from incidents.forms.action import ActionForm
from incidents.forms.facts import ImpactForm, severity_field
from incidents.forms.fields import (
    LabelsField,
    ParticipantsField,
    PersonField,
    TitleField,
)
from incidents.forms.times import MomentField, TimeContext, TimedForm, shown_time
from incidents.forms.when import TIMES
from incidents.forms.zone import ZoneField
from incidents.workflow.whole.importing import severities

# Until somebody says which zone was meant, local times are shown as they stand.
STAND_IN = "UTC"
# What most texts say, and most people look at first.
MAIN = ("title", *TIMES, "zone", "users_affected_percent", "severity")


class ImportedFactsForm(TimedForm):
    """The facts of a document. What is not touched stays as it was read."""

    title = TitleField("Give it a title.")
    severity = severity_field()
    zone = ZoneField(
        error_messages={
            "required": "The text does not say in which time zone its times were "
            "written. Which one was it?"
        }
    )
    started_at = MomentField(label="Started", placeholder="2024-08-18 08:15")
    detected_at = MomentField(label="Detected", placeholder="08:20, or +5m")
    mitigated_at = MomentField(label="Mitigated", placeholder="+1h 30m")
    resolved_at = MomentField(label="Resolved", placeholder="11:15")
    users_affected_percent = ImpactForm.base_fields["users_affected_percent"]
    users_affected_count = ImpactForm.base_fields["users_affected_count"]
    detection = ImpactForm.base_fields["detection"]
    services = LabelsField(suggestions="services")
    tags = LabelsField(suggestions="tags")
    owner = PersonField(required=False)
    participants = ParticipantsField()

    def __init__(
        self, *args: Any, read: Document, zone: str, now: dt.datetime, **kwargs: Any
    ) -> None:
        self.read_document, self.now = read, now
        self.asks_zone = read.zone is None and has_local_times(read)
        self.severities = severities()
        self.fitted = self.fit(STAND_IN if self.asks_zone else zone)
        self.shown = self.fitted.document
        kwargs.setdefault("initial", self.first_values())
        super().__init__(*args, part="facts", **kwargs)

    def first_values(self) -> dict[str, Any]:
        shown = self.shown
        fields = self.base_fields
        values = {
            name: field.prepare_value(getattr(shown, name))
            for name, field in fields.items()
            if name != "version"
        }
        times = {name: shown_time(getattr(shown, name), self.clock) for name in TIMES}
        return {**values, **times, "zone": "" if self.asks_zone else shown.zone}

    @property
    def clock(self) -> str:
        """The zone whose clocks the page shows."""
        return self.shown.zone or STAND_IN

    @property
    def zone_chosen(self) -> str:
        return self.cleaned_data.get("zone") or self.clock

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in MAIN]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if one.name not in MAIN]

    @property
    def shows_more(self) -> bool:
        return any(one.value() or one.errors for one in self.more_fields)

    def in_zone_chosen(self) -> Document:
        """The document as read, its local times in the zone that was chosen."""
        if not self.asks_zone:
            return self.shown
        return self.fit(self.zone_chosen).document

    def fit(self, zone: str) -> Fitted:
        return fit(self.read_document, zone, self.severities)

    def clean(self) -> dict[str, Any]:
        read = self.in_zone_chosen()
        started: dt.datetime | None = None
        previous = read.started_at
        for name in TIMES:
            if name in self.changed_data:
                around = TimeContext(self.zone_chosen, self.now, started, previous)
                found = self.read(name, around)
                self.cleaned_data[name] = found.at if found else None
            else:
                self.cleaned_data[name] = getattr(read, name)
            previous = self.cleaned_data[name] or previous
            started = self.cleaned_data[name] if name == "started_at" else started
        self.refuse_before()
        return self.cleaned_data

    def refuse_before(self) -> None:
        """Said here, because an import would quietly keep such a time as words."""
        for later, earlier, word, what in AFTER:
            at, base = self.cleaned_data.get(later), self.cleaned_data.get(earlier)
            if at and base and at < base:
                self.add_error(later, f"{word} is before {what}.")

    @property
    def document(self) -> Document:
        """The document with the facts as they were sent."""
        touched = {*TIMES, "zone", *self.changed_data} - {"version"}
        changes = {name: self.cleaned_data[name] for name in touched}
        return replace(self.in_zone_chosen(), **changes)

    def around(self) -> TimeContext:
        """What a time of the timeline is read from, if somebody writes a new one."""
        cleaned = self.cleaned_data
        started = cleaned.get("started_at") or self.shown.started_at
        return TimeContext(self.zone_chosen, self.now, started, started)


class ImportedActionForm(ActionForm):
    """An action item of a document. Unticking both boxes leaves nothing out."""

    done = forms.BooleanField(required=False)
    leave_out = forms.BooleanField(label="Leave out", required=False)

    def __init__(self, *args: Any, read: Action, place: int, **kwargs: Any) -> None:
        self.was, self.place = read, place
        shown = {
            name: field.prepare_value(getattr(read, name))
            for name, field in self.base_fields.items()
            if hasattr(read, name)
        }
        initial = {**shown, "done": read.state is ActionState.DONE}
        part = f"actions-{place}"
        super().__init__(
            *args, part=part, prefix=part, auto_id="%s", initial=initial, **kwargs
        )

    @property
    def left_out(self) -> bool:
        return self.is_bound and bool(self["leave_out"].value())

    @property
    def shows_more(self) -> bool:
        """Whether there is more to see than its text and its owner."""
        names = ("kind", "priority", "url")
        return self.left_out or any(
            self[name].value() or self[name].errors for name in (*names, "due_on")
        )

    @property
    def state_read(self) -> str:
        """What the box for done does not show: that it was begun, or given up."""
        shown = (ActionState.IN_PROGRESS, ActionState.DECLINED)
        return self.was.state.label if self.was.state in shown else ""

    @property
    def due_shown(self) -> dt.date | str:
        """A day, or what was typed instead of one."""
        value = self["due_on"].value() or ""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            return str(value)

    @property
    def action(self) -> Action:
        """The item as it was sent. What was not touched stays as it was read."""
        changes = {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if hasattr(self.was, name) and self.add_prefix(name) in self.data
        }
        if "done" in self.changed_data:
            done = self.cleaned_data["done"]
            changes["state"] = ActionState.DONE if done else ActionState.OPEN
            changes |= {"done_at": None, "done_by": None}
        return replace(self.was, **changes)


def action_forms(
    actions: Sequence[Action], data: Any = None
) -> list[ImportedActionForm]:
    return [
        ImportedActionForm(data, read=action, place=place)
        for place, action in enumerate(actions)
    ]
