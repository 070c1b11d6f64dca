"""What severities, services, tags and kinds of factor are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast

from incidents.database.prepared import Prepared
from incidents.insights.counting import ANY, NO_SEVERITY
from incidents.models import FactorCategory, FormerName, Service, Severity, Tag
from incidents.models.labels import folded

LABELS: Final = {"service": Service, "tag": Tag, "factor": FactorCategory}
NONE: Final = "none"
# In place of a name that nobody knows: no report has it.
UNKNOWN: Final = -2


class Name(NamedTuple):
    """What a row is called; `rank` is that of a severity."""

    name: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of a site, by its kind and number."""

    by_kind: Mapping[str, Mapping[int, Name]]

    def number(self, kind: str, name: str) -> int:
        """The number that goes by this name, whatever its capitals."""
        same = folded(name)
        known = self.by_kind.get(kind, {}).items()
        return next((n for n, row in known if folded(row.name) == same), UNKNOWN)

    def severity(self, name: str) -> int:
        if name == NONE:
            return NO_SEVERITY
        return self.number("severity", name) if name else ANY

    def of(self, kind: str, number: int) -> str:
        known = self.by_kind.get(kind, {}).get(number)
        return known.name if known else ""

    def severities(self) -> list[tuple[int, Name]]:
        """The worst first."""
        rows = self.by_kind.get("severity", {}).items()
        return sorted(rows, key=lambda row: row[1].rank)


def called_now(kind: str, before: str) -> str:
    """What is called so no longer, by the name it has now; nothing if none is."""
    label = LABELS[kind]
    of_kind = FormerName.objects.filter(
        kind=label._meta.model_name, folded=folded(before)
    )
    numbers = of_kind.values("number")
    return (
        label._default_manager.filter(pk__in=numbers)
        .values_list("name", flat=True)
        .first()
        or ""
    )


def names() -> Names:
    """One query."""
    found: dict[str, dict[int, Name]] = {}
    for kind, number, name, rank in NAMES.tuples(None):
        found.setdefault(kind, {})[number] = Name(name, rank)
    return Names(found)


def questions(_: None) -> Any:
    rank = Cast(F("rank"), IntegerField())
    kinds = {kind: (model, Value(0)) for kind, model in LABELS.items()}
    first, *more = (
        model._default_manager.order_by().values_list(
            Value(kind, CharField()), "pk", "name", order
        )
        for kind, (model, order) in {**kinds, "severity": (Severity, rank)}.items()
    )
    return first.union(*more, all=True)


NAMES: Final[Prepared[Any]] = Prepared(Severity, questions)
