"""What the board shows: one page of rows in groups, numbers, ways to others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from incidents.forms.board import DUES, BoardFilter, Menu
from incidents.forms.board_items import BulkForm, RowForm
from incidents.models import ActionItem
from incidents.permissions import may_write
from incidents.search.actions.board import Numbers, Wanted, group_of
from incidents.search.actions.board_numbers import counted
from incidents.search.actions.board_pages import (
    GROUPS,
    Asked,
    comes_before,
    grouped,
    page,
    rows_of,
    totals,
    value_of,
)
from incidents.views.actions.answer import Answer, answer_in, dotted
from incidents.views.gates import MemberRequest
from incidents.workflow.actions.state import NO_EVIDENCE

PAGE_SIZE = 25
# Counting more would take longer than showing them.
MOST_COUNTED = 10_000


@dataclass(slots=True)
class Item:
    """A row with what stands beside it on this page."""

    row: ActionItem
    late: int
    form: RowForm | None = None
    refused: str = ""
    said: str = ""
    changed: bool = False
    asks_evidence: bool = False
    may_verify: bool = False
    snoozed: bool = False

    @property
    def mark(self) -> tuple[object, ...]:
        """The same for items whose lines look the same; not what is said below."""
        row = self.row
        owner = row.owner and row.owner.name
        about = (row.incident.title, row.incident.state, owner)
        here = (self.late, self.snoozed, self.changed)
        return (row.pk, row.version, row.moves, *about, *here)

    @property
    def may_snooze(self) -> bool:
        return bool(self.row.due_on and not self.row.is_closed)

    @property
    def has_more(self) -> bool:
        """Whether anything is said below the line of the row."""
        row = self.row
        closed = row.evidence or row.declined_because or row.verified_at
        below = self.form or self.refused or self.said or self.snoozed
        return bool(below or row.did_not_work or (row.is_closed and closed))


class Heading(NamedTuple):
    """Of a group: its name, the query of it alone, how many rows all pages have."""

    name: str
    query: str = ""
    total: int | None = None


@dataclass(slots=True)
class Group:
    heading: Heading
    items: list[Item]

    @property
    def is_plain(self) -> bool:
        """Whether nothing is said below any line, so that the lines are all."""
        return not any(item.has_more for item in self.items)

    @property
    def mark(self) -> tuple[object, ...]:
        """The same for plain groups that look the same."""
        return (self.heading, *(item.mark for item in self.items))


class Board:
    """The board as one person asks for it. `answer` is what they have just done."""

    def __init__(self, request: MemberRequest, answer: Answer | None = None) -> None:
        self.user = request.user
        self.filter = BoardFilter(request.GET)
        self.answer = answer or answer_in(request)
        self.now = timezone.localtime(timezone=request.user.tzinfo)
        self.may_write = may_write(request.user)

    @cached_property
    def mark(self) -> tuple[object, ...]:
        """What all lines depend on, beside what they are about."""
        here = (self.change_address, self.open_address, self.user.zone)
        return (self.may_write, sorted(self.answer.chosen), *here)

    @property
    def wanted(self) -> Wanted:
        return self.filter.wanted

    @cached_property
    def counted(self) -> tuple[Numbers, Mapping[str, list[str]]]:
        found = counted(self.wanted, user=self.user, now=self.now)
        return found.numbers, found.offered

    @property
    def numbers(self) -> Numbers:
        return self.counted[0]

    @property
    def offered(self) -> Mapping[str, list[str]]:
        return self.counted[1]

    @property
    def menus(self) -> list[Menu]:
        return self.filter.menus(self.offered)

    @property
    def asked(self) -> Asked:
        return Asked(
            wanted=self.wanted,
            sort=self.filter.sort,
            group=self.filter.group,
            today=self.now.date(),
            zone=self.now.tzinfo,
        )

    @cached_property
    def page(self) -> tuple[list[ActionItem], str]:
        return page(self.asked, self.user, after=self.filter.after, size=PAGE_SIZE)

    @property
    def next_page(self) -> str:
        place = self.page[1]
        return self.filter.with_(after=place) if place else ""

    @cached_property
    def rows(self) -> list[ActionItem]:
        """The page, and in their places the rows that were changed and left it."""
        rows = list(self.page[0])
        there = {row.pk for row in rows}
        missing = self.answer.named - there
        if missing:
            named = rows_of(self.user).filter(pk__in=missing)
            for row in grouped(named, self.filter.group):
                rows.insert(self.place_of(row, rows), row)
        return rows

    def place_of(self, row: ActionItem, rows: list[ActionItem]) -> int:
        """Where a row stood before it was changed, as far as it still tells."""
        keys = self.asked.keys
        return sum(comes_before(other, row, keys) for other in rows)

    @cached_property
    def groups(self) -> list[Group]:
        found = groupby((self.item(row) for row in self.rows), key=self.heading)
        return [Group(heading, list(items)) for heading, items in found]

    def item(self, row: ActionItem) -> Item:
        today = self.now.date()
        item = Item(row, (today - row.due_on).days if row.due_on else 0)
        item.snoozed = row.is_snoozed(today)
        item.refused = self.answer.refused.get(row.pk, "")
        item.changed = row.pk in self.answer.changed
        if item.changed and len(self.answer.changed) == 1:
            item.said = self.answer.said + self.no_account_note([row])
        if self.may_write and self.is_open(item):
            item.form = self.answer.forms.get(row.pk) or RowForm.of(row)
            item.may_verify = row.may_be_verified_by(self.user)
        return item

    def is_open(self, item: Item) -> bool:
        """Whether the row shows its form: it was asked to, or there is more to say."""
        row = item.row
        just_done = bool(item.said) and self.answer.done == "tick"
        item.asks_evidence = just_done and not row.evidence
        needs = row.pk in self.answer.forms or item.refused == NO_EVIDENCE
        return row.pk in self.answer.opened or item.asks_evidence or needs

    @cached_property
    def totals(self) -> Mapping[object, int]:
        """Of each group that is not made by dates, by what its rows have in common."""
        return totals(self.asked, self.user, self.rows)

    def heading(self, item: Item) -> Heading:
        """The heading of the group that a row is in."""
        make = {
            "owner": self.by_owner,
            "service": self.by_service,
            "severity": self.by_severity,
            "incident": self.by_incident,
        }.get(self.filter.group)
        if make is None:
            return self.by_order(item.row)
        same = value_of(item.row, GROUPS[self.filter.group][0].name)
        return make(item.row)._replace(total=self.totals.get(same))

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
        if self.wanted.state != "open":
            return self.of_state(self.wanted.state)
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
        total = totals.get(state, self.total_of_closed)
        return Heading(self.filter.states[state], total=total)

    def by_day(self, row: ActionItem) -> Heading:
        numbers = self.numbers
        due = group_of(row.due_on, self.now.date())
        totals = {
            "overdue": numbers.overdue,
            "week": numbers.week,
            "later": numbers.later,
            "none": numbers.undated,
        }
        return Heading(DUES[due], self.filter.with_(due=due), totals[due])

    @cached_property
    def total_of_closed(self) -> int | None:
        """How many items a number of the insights led to, if they are closed ones.

        None on any other board, which goes on for years, and where there are too many.
        """
        if self.wanted.of is None or self.wanted.state == "open":
            return None
        count = self.asked.of(self.user).order_by()[: MOST_COUNTED + 1].count()
        return count if count <= MOST_COUNTED else None

    @property
    def bulk_said(self) -> str:
        """What was done to several rows at once."""
        count = len(self.answer.changed)
        if not self.answer.said or count < 2:
            return ""
        changed = [row for row in self.rows if row.pk in self.answer.changed]
        return f"{count} items: {self.answer.said}{self.no_account_note(changed)}"

    def no_account_note(self, rows: Iterable[ActionItem]) -> str:
        """A word on a new owner who has no account: a slip of the pen, perhaps."""
        if self.answer.done not in ("assign", "change"):
            return ""
        names = {row.owner_name for row in rows if row.owner is None}
        name = next(iter(sorted(names - {""})), "")
        if not name:
            return ""
        return f" No account here is called “{name}”, so no reminder reaches them."

    @property
    def ways(self) -> dict[str, str]:
        """Where the buttons and the numbers on top lead."""
        to = self.filter.with_
        return {
            "mine": to(owner="me"),
            "everyone": to(owner=""),
            "open": to(state="", due=""),
            "overdue": to(state="", due="overdue"),
            "ownerless": to(state="", due="", owner="none"),
            "unverified": to(state="unverified", due=""),
            "on_time": to(state="on_time", due=""),
            "closed": to(state="closed", due=""),
        }

    @cached_property
    def change_address(self) -> str:
        """Where the forms of the rows go: back to this board when they are done."""
        return reverse("incidents:change_actions") + self.filter.here

    @cached_property
    def open_address(self) -> str:
        """The address of this board with a row opened, but for the row's number."""
        here = self.filter.here
        return f"{here}{'&' if len(here) > 1 else ''}open="

    @property
    def first_page(self) -> str:
        """This board from its beginning; a file has all its pages."""
        return self.filter.with_()

    @property
    def undo(self) -> str:
        return dotted(self.answer.events)

    @cached_property
    def bulk(self) -> BulkForm:
        return self.answer.bulk or BulkForm()


def show(request: MemberRequest, board: Board, status: int = 200) -> HttpResponse:
    context = {"board": board, "filter": board.filter}
    return render(request, "actions/list.html", context, status=status)
