"""What the listing can be narrowed to, read from its address."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django import forms

from incidents.documents.kinds import Detection
from incidents.documents.searching.asked import ask
from incidents.models import Progress, SavedView
from incidents.search.choices import Choice, Offer
from incidents.search.hits import BEST
from incidents.search.keyset import Key
from incidents.search.reports import NEWEST, NONE, SORTS, Wanted
from incidents.search.spans import Span, span_in

DATE = {"type": "date"}
CHOOSE = ("severity", "service", "tag", "owner", "actions")
# What links lead to; nobody types them.
LED_TO = ("factor", "noticed", "span")
# A value and its label.
Pair = tuple[str, str]
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
        # What was chosen, as the list calls it.
        self.spelt: dict[str, str] = {}
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

    def offer(self, offered: Offer) -> None:
        """Let these be chosen, each with its number."""
        for name in CHOOSE:
            nothing = f"Any {self[name].label.lower()}"
            chosen = self.cleaned_data.get(name, "")
            choices = [self.as_asked(name, chosen, c) for c in offered.choices[name]]
            if chosen and chosen not in dict(choices):
                number = offered.count if chosen == NONE else 0
                label = self.numbered(self.words_for(name, chosen), number)
                choices.append((chosen, label))
            self.fields[name].widget = forms.Select(choices=[("", nothing), *choices])
        if not self.searches:
            # Nothing is a better match than another: the usual order is the newest.
            self.fields["sort"].widget.choices = [("", "Newest first"), *SORTED]

    def as_asked(self, name: str, chosen: str, choice: Choice) -> Pair:
        """The choice that was typed in other letters is the one that is chosen."""
        label = self.numbered(choice.label, choice.number)
        if choice.value.casefold() != chosen.casefold():
            return choice.value, label
        self.spelt[name] = choice.label
        return chosen, label

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
    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
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
        return bool(ask(self.wanted.text)) or self.of_drafts

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
        return [self[name] for name in ("severity", "service", "sort")]

    @property
    def further(self) -> list[forms.BoundField]:
        """Those that are folded away until they are used."""
        return [self[name] for name in ("tag", "owner", "actions", "from", "to")]

    @property
    def goes_further(self) -> bool:
        return any(field.data for field in self.further)

    @property
    def narrows(self) -> bool:
        """Whether anything is left out of the list."""
        return self.wanted != Wanted() or self.of_drafts

    @property
    def filtered(self) -> bool:
        """Whether anything but words leaves something out."""
        return any(chip.name != "q" for chip in self.chips)

    @property
    def chips(self) -> list[Chip]:
        """What narrows the list, each to be taken away again."""
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        return [
            Chip(
                name,
                str(self[name].label),
                self.words_for(name, self.spelt.get(name, value)),
            )
            for name, value in given.items()
            if value and name != "sort"
        ]


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
