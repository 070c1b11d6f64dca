"""What starts a postmortem: a title, and whatever else is known already."""

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django import forms

from incidents.documents.document import Document
from incidents.documents.times import Resolved
from incidents.forms.facts import severity_field
from incidents.forms.fields import LabelsField, TitleField
from incidents.forms.times import MomentField, TimeContext, TimedForm, understand
from incidents.forms.zone import ZoneField
from incidents.models import ReportTemplate

if TYPE_CHECKING:
    ChoiceOfTemplate = forms.ModelChoiceField[ReportTemplate]
else:
    ChoiceOfTemplate = forms.ModelChoiceField


class TemplateField(ChoiceOfTemplate):
    def label_from_instance(self, obj: ReportTemplate) -> str:
        return f"{obj.name}: {obj.description}" if obj.description else obj.name


class StartForm(TimedForm):
    """`key` is the beginning itself: sent twice, it begins one postmortem."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    title = TitleField(
        "Give it a title; everything else can wait.",
        help_text="What broke, in the words you would search for. You can change it.",
    )
    severity = severity_field()
    services = LabelsField(suggestions="services")
    started_at = MomentField(
        label="Started",
        placeholder="2024-08-18 08:15, or yesterday 14:00",
    )
    zone = ZoneField()
    template = TemplateField(
        ReportTemplate.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, zone: str, now: dt.datetime, **kwargs: Any) -> None:
        self.now = now
        templates = ReportTemplate.objects.all()
        first = templates.first()
        initial = {
            "key": uuid4(),
            "zone": zone,
            "template": first.pk if first else None,
        }
        super().__init__(*args, part="new", initial=initial, **kwargs)
        field = self.fields["template"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = templates

    def clean(self) -> dict[str, Any]:
        found = self.read("started_at", self.today_if_past())
        self.cleaned_data["started_at"] = found.at if found else None
        return self.cleaned_data

    def today_if_past(self) -> TimeContext:
        """A clock alone is one of today; of one that is still to come the day is asked,
        since shortly after midnight it was yesterday.
        """
        zone = self.cleaned_data.get("zone") or "UTC"
        around = TimeContext(zone=zone, now=self.now)
        today = replace(around, day=self.now.astimezone(ZoneInfo(zone)).date())
        found = understand(self.cleaned_data.get("started_at", ""), today)
        ahead = isinstance(found, Resolved) and found.at > self.now
        return around if ahead else today

    @property
    def chosen_key(self) -> UUID:
        return self.cleaned_data["key"] or uuid4()

    @property
    def chosen_template(self) -> ReportTemplate:
        chosen = self.cleaned_data["template"]
        assert isinstance(chosen, ReportTemplate)
        return chosen

    @property
    def document(self) -> Document:
        names = ("title", "severity", "services", "started_at", "zone")
        return Document(**{name: self.cleaned_data[name] for name in names})
