"""Which reports the insights are about, read from their address."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django import forms

from incidents.insights.asking import WantedSums
from incidents.insights.links import Links
from incidents.insights.names import NONE, Names
from incidents.insights.period import Period
from incidents.insights.sums import Sums
from incidents.search.reports import filtering

LENGTHS: Final = (3, 6, 12, 24, 36, 60)
USUAL: Final = "12"
# The kind of a label, and its name.
About = tuple[str, str]
NAMES: Final = ("severity", "service", "tag", "factor")
# No report is older, and no calendar goes further.
FIRST_YEAR: Final = 1970


def months_in_words(months: int) -> str:
    return f"{months} months" if months < 24 else f"{months // 12} years"


class InsightsFilter(forms.Form):
    """Reads any address: what it does not understand is as if it were not there."""

    months = forms.ChoiceField(
        label="Period",
        required=False,
        choices=[(str(n), months_in_words(n)) for n in LENGTHS],
    )
    until = forms.DateField(
        label="Up to and with",
        required=False,
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )
    severity = forms.CharField(required=False, max_length=60)
    service = forms.CharField(required=False, max_length=60)
    tag = forms.CharField(required=False, max_length=60)
    factor = forms.CharField(label="Kind of factor", required=False, max_length=60)

    def __init__(
        self, data: Mapping[str, Any], *, today: dt.date, about: About | None = None
    ) -> None:
        """`about` is a label that is given already, and stands for the others."""
        usual = {"months": USUAL, "until": f"{today:%Y-%m}"}
        given = {name: value for name, value in data.items() if value}
        super().__init__(
            usual | given, auto_id="insights_%s", use_required_attribute=False
        )
        self.today, self.about = today, about
        self.offered: dict[str, list[tuple[str, str]]] = {}
        self.names = ("severity",) if about else NAMES
        for name in set(NAMES) - set(self.names):
            del self.fields[name]
        self.is_valid()

    @property
    def narrows(self) -> bool:
        """Whether anything but the usual is shown."""
        named = any(self.cleaned_data.get(name) for name in self.names)
        return named or self.period != Period.until(self.today, int(USUAL))

    @property
    def given(self) -> dict[str, str]:
        """The names that narrow it."""
        found = {name: self.cleaned_data.get(name, "") for name in self.names}
        found |= dict([self.about] if self.about else [])
        return {name: value for name, value in found.items() if value}

    @property
    def period(self) -> Period:
        until = self.cleaned_data.get("until") or self.today
        months = int(self.cleaned_data.get("months") or USUAL)
        return Period.until(max(until, dt.date(FIRST_YEAR + 10, 1, 1)), months)

    @property
    def wanted(self) -> WantedSums:
        """The period and the one before it."""
        return WantedSums(period=self.period, **self.given)

    @property
    def of_reports(self) -> filtering.WantedReports:
        """The same reports, as the listing asks for them."""
        period, given = self.period, self.given
        return filtering.WantedReports(
            since=period.start,
            until=period.end,
            severity=given.get("severity", ""),
            service=given.get("service", ""),
            tag=given.get("tag", ""),
            factor=given.get("factor", ""),
        )

    @property
    def links(self) -> Links:
        return Links(period=self.period, narrowed=tuple(self.given.items()))

    def offer(self, sums: Sums, names: Names) -> None:
        """Let those be chosen that stand on reports of this person."""
        seen = sums.ever.get(("", 0), {})
        severities = [
            row.name for key, row in names.severities() if seen.get(f"severity:{key}")
        ]
        for name in self.names:
            found = severities if name == "severity" else sums.offered(name, names)
            nothing = "Any kind" if name == "factor" else f"Any {name}"
            chosen = self.cleaned_data.get(name, "")
            same = [value for value in found if value.casefold() == chosen.casefold()]
            known = [(value if value not in same else chosen, value) for value in found]
            if chosen and not same:
                known.append((chosen, "No severity" if chosen == NONE else chosen))
            self.offered[name] = [("", nothing), *known]
            self.fields[name].widget = forms.Select(choices=self.offered[name])
