"""Where the rows behind a number stand: the addresses of lists and boards."""

from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from incidents.insights.counting import first_day
from incidents.insights.period import Period, last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Lists of what was asked for: of a period, narrowed to these names."""

    period: Period
    narrowed: tuple[tuple[str, str], ...] = ()

    @property
    def before(self) -> "Links":
        return replace(self, period=self.period.before)

    def month(self, month: int) -> "Links":
        return replace(self, period=Period(month, month))

    def reports(self, **more: str) -> str:
        """The reports of the period, of which this is true besides."""
        return self.address("incidents:reports", more)

    def actions(self, **more: str) -> str:
        """The action items of those reports."""
        return self.address("incidents:actions", {"of": "reports", **more})

    def address(self, page: str, more: dict[str, str]) -> str:
        kept = tuple(pair for pair in self.narrowed if pair[0] not in more)
        stem = address_of(page, self.period, kept)
        return f"{stem}&{urlencode(more)}" if more else stem


# A page has hundreds of links, and a few periods.
@lru_cache(maxsize=1024)
def address_of(page: str, period: Period, narrowed: tuple[tuple[str, str], ...]) -> str:
    days = {
        "from": f"{first_day(period.first)}",
        "to": f"{last_day(period.last)}",
    }
    return f"{reverse(page)}?{urlencode({**dict(narrowed), **days})}"


def page_about(kind: str, name: str) -> str:
    """The page of a service, a tag or a kind of factor: how it comes back."""
    return reverse("incidents:recurrence", args=[f"{kind}s", name])
