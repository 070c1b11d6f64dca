"""What the listing can be narrowed to, read from its address."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django import forms

from incidents.documents.kinds import Detection
from incidents.documents.searching.query import read_query
from incidents.models import Progress, SavedView
from incidents.search.keyset import Key
from incidents.search.reports.choices import Choice, Offer
from incidents.search.reports.filtering import NEWEST, NONE, SORTS, WantedReports
from incidents.search.reports.spans import Span, span_in
from incidents.search.words.hits import BEST

DATE = {"type": "date"}
CHOOSE = ("severity", "service", "tag", "owner", "actions")
FURTHER = ("tag", "owner", "actions", "from", "to")
# What links lead to; nobody types them.
LED_TO = ("factor", "noticed", "span")
NOTICED = {**dict(Detection.choices()), NONE: "Not said"}
SORTED = (
    ("oldest", "Oldest first"),
    ("severity", "Worst first"),
    ("published", "Last published first"),
)


class Chip(NamedTuple):
    """An active filter; `name` is its part of the address."""

    name: str
    label: str
    value: str


class ReportFilter(forms.Form):
    """Reads any address: what it does not understand, it leaves out and says so."""

    q = forms.CharField(label="Words", required=False)
    severity = forms.CharField(required=False)
    service = forms.CharField(required=False)
    tag = forms.CharField(required=False)
    owner = forms.CharField(required=False)
    actions = forms.ChoiceField(
        label="Action items", required=False, choices=[("", ""), *Progress.choices]
    )
    factor = forms.CharField(label="Kind of factor", required=False, max_length=60)
    noticed = forms.ChoiceField(
        label="Noticed by", required=False, choices=[("", ""), *NOTICED.items()]
    )
    span = forms.CharField(label="Only", required=False, max_length=40)
    sort = forms.ChoiceField(
        required=False,
        choices=[("", "Best match first"), ("newest", "Newest first"), *SORTED],
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filter_%s", use_required_attribute=False)
        self.after: str = data.get("after", "")
        # What the selects let choose, each with its number.
        self.offered = Offer(choices={}, count=0)
        self.fields["is"] = forms.ChoiceField(
            label="Is",
            required=False,
            choices=[("", ""), ("draft", "draft")],
            widget=forms.HiddenInput,
        )
        for name, label in (("from", "From"), ("to", "Until")):
            self.fields[name] = forms.DateField(
                label=label, required=False, widget=forms.DateInput(attrs=DATE)
            )
        for name in LED_TO:
            self.fields[name].widget = forms.HiddenInput()
        self.is_valid()

    def clean_span(self) -> Span | None:
        return span_in(self.cleaned_data["span"])

    def select(self, name: str) -> forms.BoundField:
        """A field with all that can be chosen, and what was chosen besides."""
        chosen = self.cleaned_data.get(name, "")
        known = self.known(name, chosen)
        choices = [
            # In the letters in which it was typed, so that it is the one chosen.
            (chosen if c is known else c.value, self.numbered(c.label, c.number))
            for c in self.offered.choices[name]
        ]
        if chosen and not known:
            number = self.offered.count if chosen == NONE else 0
            label = self.numbered(self.words_for(name, chosen), number)
            choices.append((chosen, label))
        nothing = f"Any {self[name].label.lower()}"
        self.fields[name].widget = forms.Select(choices=[("", nothing), *choices])
        return self[name]

    def known(self, name: str, value: Any) -> Choice | None:
        """The choice that was chosen, in whatever letters, if it is offered."""
        for choice in self.offered.choices.get(name, ()):
            if choice.value.casefold() == value.casefold():
                return choice
        return None

    @property
    def sort_by(self) -> forms.BoundField:
        if not self.searches:
            # Nothing is a better match than another: the usual order is the newest.
            self.fields["sort"].widget.choices = [("", "Newest first"), *SORTED]
        return self["sort"]

    def numbered(self, label: str, number: int) -> str:
        """A choice with its number, which is not counted anew for every search."""
        return label if self.searches else f"{label} ({number})"

    @staticmethod
    def words_for(name: str, value: object) -> str:
        if isinstance(value, Span):
            return value.words
        words = {"actions": dict(Progress.choices), "noticed": NOTICED}.get(name, {})
        return str(words.get(str(value), value))

    @cached_property
    def wanted(self) -> WantedReports:
        given = self.cleaned_data
        return WantedReports(
            text=given.get("q", ""),
            since=given.get("from"),
            until=given.get("to"),
            factor=given.get("factor", ""),
            noticed=given.get("noticed", ""),
            span=given.get("span"),
            **{name: given.get(name, "") for name in CHOOSE},
        )

    @cached_property
    def searches(self) -> bool:
        """Whether the index is asked, and not the listing."""
        return bool(read_query(self.wanted.text)) or self.of_drafts

    @property
    def of_drafts(self) -> bool:
        return self.cleaned_data.get("is") == "draft"

    @property
    def sorting(self) -> str:
        """The best match first, unless another order is asked for."""
        return str(self.cleaned_data.get("sort") or (BEST if self.searches else ""))

    @property
    def order(self) -> Sequence[Key]:
        return SORTS.get(self.sorting, NEWEST)

    @property
    def led_to(self) -> list[forms.BoundField]:
        """What a link has narrowed it to, kept while other things are chosen."""
        return [self[name] for name in LED_TO if self[name].data]

    @property
    def selects(self) -> list[forms.BoundField]:
        return [self.select("severity"), self.select("service"), self.sort_by]

    @property
    def further(self) -> list[forms.BoundField]:
        """Those that are folded away until they are used."""
        chosen = [self.select(name) for name in ("tag", "owner", "actions")]
        return [*chosen, self["from"], self["to"]]

    @property
    def goes_further(self) -> bool:
        return any(self[name].data for name in FURTHER)

    @property
    def narrows(self) -> bool:
        """Whether anything is left out of the list."""
        return self.wanted != WantedReports() or self.of_drafts

    @property
    def filtered(self) -> bool:
        """Whether anything but words leaves something out."""
        return bool(self.chips)

    @property
    def chips(self) -> list[Chip]:
        """What narrows the list beside words, each to be taken away again."""
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        return [
            Chip(name, str(self[name].label), self.called(name, value))
            for name, value in given.items()
            if value and name not in ("q", "sort")
        ]

    def called(self, name: str, value: Any) -> str:
        """What was chosen, as the list calls it."""
        known = self.known(name, value)
        return known.label if known else self.words_for(name, value)


class SavedViewForm(forms.ModelForm[SavedView]):
    class Meta:
        model = SavedView
        fields = ("name", "query")
        widgets = {"query": forms.HiddenInput}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.instance.user.saved_views.filter(name=name).exists():
            raise forms.ValidationError("You have a view of this name already.")
        return name
