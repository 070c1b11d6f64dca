"""What stands above the rows of the board that belong together."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from incidents.forms.board import DUES, BoardFilter
from incidents.models import ActionItem
from incidents.search.actions.board import Numbers, group_of
from incidents.search.actions.board_pages import same_in_group


class Heading(NamedTuple):
    """Of a group: its name, the query of it alone, how many rows all pages have."""

    name: str
    query: str = ""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a board, which name what its rows are grouped or sorted by."""

    filter: BoardFilter
    numbers: Numbers
    today: dt.date
    totals: Mapping[object, int]
    total_of_closed: Callable[[], int | None]

    def of(self, row: ActionItem) -> Heading:
        """The heading of the group that a row is in."""
        make = {
            "owner": self.by_owner,
            "service": self.by_service,
            "severity": self.by_severity,
            "incident": self.by_incident,
        }.get(self.filter.group)
        if make is None:
            return self.by_order(row)
        return make(row)._replace(
            total=self.totals.get(same_in_group(self.filter.group, row))
        )

    def by_owner(self, row: ActionItem) -> Heading:
        name = row.owner.name if row.owner else row.owner_name
        whose = row.owner.username if row.owner else row.owner_name
        query = self.filter.with_(owner=whose or "none")
        return Heading(name or "Without owner", query)

    def by_service(self, row: ActionItem) -> Heading:
        name = getattr(row, "first_service", None) or ""
        return Heading(name or "No service", self.filter.with_(service=name))

    def by_severity(self, row: ActionItem) -> Heading:
        severity = row.incident.severity
        name = severity.name if severity else ""
        return Heading(name or "No severity", self.filter.with_(severity=name))

    def by_incident(self, row: ActionItem) -> Heading:
        return Heading(str(row.incident))

    def by_order(self, row: ActionItem) -> Heading:
        """By what the rows are sorted by."""
        if self.filter.wanted.state != "open":
            return self.of_state(self.filter.wanted.state)
        if self.filter.sort == "age":
            return Heading("Oldest first")
        if self.filter.sort == "priority":
            return Heading(f"{row.get_priority_display() or 'No'} priority")
        return self.by_day(row)

    def of_state(self, state: str) -> Heading:
        numbers = self.numbers
        totals = {
            "closed": numbers.closed,
            "on_time": numbers.on_time,
            "unverified": numbers.unverified,
        }
        total = totals[state] if state in totals else self.total_of_closed()
        return Heading(self.filter.states[state], total=total)

    def by_day(self, row: ActionItem) -> Heading:
        numbers = self.numbers
        due = group_of(row.due_on, self.today)
        totals = {
            "overdue": numbers.overdue,
            "week": numbers.week,
            "later": numbers.later,
            "none": numbers.undated,
        }
        return Heading(DUES[due], self.filter.with_(due=due), totals[due])
