"""What the listing can be narrowed to, read from its address."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from incidents.search.keyset import Key, row_number
from incidents.search.reports import SORTS, Wanted

DATE = {"type": "date"}


class ReportFilter(forms.Form):
    """Reads any address: what it does not understand, it leaves out and says so."""

    q = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.SearchInput(attrs={"placeholder": "Words in the title"}),
    )
    severity = forms.CharField(required=False)
    service = forms.CharField(required=False)
    tag = forms.CharField(required=False)
    sort = forms.ChoiceField(
        required=False,
        choices=[
            ("newest", "Newest first"),
            ("oldest", "Oldest first"),
            ("severity", "Worst first"),
        ],
    )

    def __init__(
        self, data: Mapping[str, Any], *, offered: Mapping[str, list[str]]
    ) -> None:
        super().__init__(data, auto_id="filter_%s", use_required_attribute=False)
        self.after = row_number(data.get("after", ""))
        for name, label in (("from", "From"), ("to", "Until")):
            self.fields[name] = forms.DateField(
                label=label, required=False, widget=forms.DateInput(attrs=DATE)
            )
        for name, values in offered.items():
            self.fields[name].widget = forms.Select(
                choices=[("", f"Any {name}"), *((value, value) for value in values)]
            )
        self.is_valid()

    @property
    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
            text=given.get("q", ""),
            severity=given.get("severity", ""),
            service=given.get("service", ""),
            tag=given.get("tag", ""),
            since=given.get("from"),
            until=given.get("to"),
        )

    @property
    def order(self) -> Sequence[Key]:
        return SORTS[self.cleaned_data.get("sort") or "newest"]

    @property
    def selects(self) -> list[forms.BoundField]:
        return [self[name] for name in ("severity", "service", "sort")]

    @property
    def further(self) -> list[forms.BoundField]:
        """Those that are folded away until they are used."""
        return [self["tag"], self["from"], self["to"]]

    @property
    def goes_further(self) -> bool:
        return any(field.data for field in self.further)

    @property
    def narrows(self) -> bool:
        """Whether anything is left out of the list."""
        return self.wanted != Wanted()
