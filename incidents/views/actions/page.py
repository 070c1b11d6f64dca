"""What the board shows: one page of rows in groups, numbers, ways to others."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from incidents.forms.board import BoardFilter, Menu
from incidents.forms.board_items import BulkForm, RowForm
from incidents.models import ActionItem
from incidents.permissions import may_write
from incidents.search.actions.board import Numbers, WantedItems
from incidents.search.actions.board_numbers import counted
from incidents.search.actions.board_pages import (
    BoardRows,
    comes_before,
    grouped,
    page,
    rows_of,
    totals,
)
from incidents.views.actions.answer import Answer, answer_in, dotted
from incidents.views.actions.groups import Group, Item
from incidents.views.actions.headings import Headings
from incidents.views.gates import MemberRequest
from incidents.workflow.actions.state import NO_EVIDENCE

PAGE_SIZE = 25
# Counting more would take longer than showing them.
MOST_COUNTED = 10_000


class Board:
    """The board as one person asks for it. `answer` is what they have just done."""

    def __init__(self, request: MemberRequest, answer: Answer | None = None) -> None:
        self.user = request.user
        self.filter = BoardFilter(request.GET)
        self.answer = answer or answer_in(request)
        self.now = timezone.localtime(timezone=request.user.tzinfo)
        self.may_write = may_write(request.user)

    @cached_property
    def cache_key(self) -> tuple[object, ...]:
        """What all lines depend on, beside what they are about."""
        here = (self.change_address, self.open_address, self.user.zone)
        return (self.may_write, sorted(self.answer.chosen), *here)

    @property
    def wanted(self) -> WantedItems:
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
    def asked_rows(self) -> BoardRows:
        return BoardRows(
            wanted=self.wanted,
            sort=self.filter.sort,
            group=self.filter.group,
            today=self.now.date(),
            zone=self.now.tzinfo,
        )

    @cached_property
    def page(self) -> tuple[list[ActionItem], str]:
        return page(self.asked_rows, self.user, after=self.filter.after, size=PAGE_SIZE)

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
        keys = self.asked_rows.keys
        return sum(comes_before(other, row, keys) for other in rows)

    @cached_property
    def groups(self) -> list[Group]:
        headings = Headings(
            self.filter,
            self.numbers,
            self.now.date(),
            totals(self.asked_rows, self.user, self.rows),
            lambda: self.total_of_closed,
        )
        return [
            Group(heading, [self.item(row) for row in rows])
            for heading, rows in groupby(self.rows, key=headings.of)
        ]

    def item(self, row: ActionItem) -> Item:
        today = self.now.date()
        item = Item(row, (today - row.due_on).days if row.due_on else 0)
        item.snoozed = row.is_snoozed(today)
        item.refused = self.answer.refused.get(row.pk, "")
        item.changed = row.pk in self.answer.changed
        if item.changed and len(self.answer.changed) == 1:
            item.message = self.answer.message + self.no_account_note([row])
        if self.may_write and self.is_open(item):
            item.form = self.answer.forms.get(row.pk) or RowForm.of(row)
            item.may_verify = row.may_be_verified_by(self.user)
        return item

    def is_open(self, item: Item) -> bool:
        """Whether the row shows its form: it was asked to, or there is more to say."""
        row = item.row
        just_done = bool(item.message) and self.answer.done == "tick"
        item.asks_evidence = just_done and not row.evidence
        needs = row.pk in self.answer.forms or item.refused == NO_EVIDENCE
        return row.pk in self.answer.opened or item.asks_evidence or needs

    @cached_property
    def total_of_closed(self) -> int | None:
        """How many items there are, on a board of closed ones that the insights led to.

        None on any other board, which goes on for years, and where there are too many.
        """
        if self.wanted.of is None or self.wanted.state == "open":
            return None
        count = self.asked_rows.of(self.user).order_by()[: MOST_COUNTED + 1].count()
        return count if count <= MOST_COUNTED else None

    @property
    def bulk_message(self) -> str:
        """What was done to several rows at once."""
        count = len(self.answer.changed)
        if not self.answer.message or count < 2:
            return ""
        changed = [row for row in self.rows if row.pk in self.answer.changed]
        return f"{count} items: {self.answer.message}{self.no_account_note(changed)}"

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
