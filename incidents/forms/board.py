"""What the board is asked to show, read from its address, and the ways to ask."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

from incidents.documents.calendar.days import day_in_words
from incidents.documents.kinds import ActionKind
from incidents.forms.fields import without_nulls
from incidents.forms.reports import ReportFilter
from incidents.search.actions.board import ME, NOBODY, WantedItems
from incidents.search.actions.board_pages import GROUPS, SORTS
from incidents.search.actions.promised import OfReports
from incidents.search.reports.filtering import NONE

STATES: Final = {
    "open": "Open",
    "done": "Done",
    "declined": "Declined",
    "closed": "Closed in 90 days",
    "on_time": "Closed on time",
    "unverified": "To verify",
}
# What links lead to; the menu has them only where one of them is asked for.
FURTHER: Final = {
    "promised": "Open or done",
    "kept": "Done on time",
    "late": "Done late",
    "whenever": "Done, day unknown",
}
KINDS: Final = dict(ActionKind.choices())
NO_KIND: Final = "No kind"
DUES: Final = {
    "": "Any date",
    "overdue": "Overdue",
    "week": "This week",
    "later": "Later",
    "none": "No date",
}
SORTED: Final = {
    "due": "Most pressing",
    "age": "Oldest first",
    "priority": "Highest priority first",
}
GROUPED: Final = {
    "date": "By date",
    "owner": "By owner",
    "service": "By service",
    "severity": "By severity",
    "incident": "By incident",
}
# What the page groups by where nothing else is asked for: what it is sorted by.
UNGROUPED: Final = {"due": "By date", "age": "Not grouped", "priority": "By priority"}
# What an address may carry; the rest belongs to one answer and not to the board.
NAMES: Final = ("owner", "state", "severity", "service", "kind", "due", "sort", "group")
# And what only links to the items of published reports carry.
ABOUT: Final = ("tag", "factor", "from", "to")
OF_REPORTS: Final = ("of", *ABOUT, "promised_from", "promised_to")


@dataclass(frozen=True, slots=True)
class Way:
    """A link of a menu: what it says, where it leads, and whether one is there."""

    text: str
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Menu:
    name: str
    ways: list[Way]

    @property
    def shown(self) -> str:
        return next((way.text for way in self.ways if way.chosen), self.ways[0].text)


class BoardFilter:
    """Reads any address; what it does not understand is as if it were not there."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        kinds = {**KINDS, NONE: NO_KIND}
        self.wanted = WantedItems(
            owner=without_nulls(query.get("owner", "")[:150]),
            severity=without_nulls(query.get("severity", "")[:60]),
            service=without_nulls(query.get("service", "")[:60]),
            kind=known_or_usual(kinds, query.get("kind"), ""),
            state=known_or_usual(STATES | FURTHER, query.get("state"), "open"),
            due=known_or_usual(DUES, query.get("due"), ""),
            of=of_reports(query),
        )
        self.sort = known_or_usual(SORTS, query.get("sort"), "due")
        self.group = known_or_usual(GROUPS, query.get("group"), "date")
        self.after = query.get("after", "")[:400]

    @property
    def narrows(self) -> bool:
        return self.wanted != WantedItems()

    @property
    def mine(self) -> bool:
        return self.wanted.owner == ME

    @property
    def one_owner(self) -> str:
        """The owner that was asked for by name."""
        return "" if self.wanted.owner in (ME, NOBODY) else self.wanted.owner

    @cached_property
    def given(self) -> dict[str, str]:
        return {name: self.query.get(name, "") for name in (*NAMES, *OF_REPORTS)}

    @property
    def here(self) -> str:
        """The query of the board as it is shown, page and all."""
        return self.with_(after=self.after)

    def with_(self, **changes: str) -> str:
        """The query of this board but for these; page one, unless it is named."""
        values = self.given | changes
        return f"?{urlencode({name: v for name, v in values.items() if v})}"

    def menus(self, offered: Mapping[str, list[str]]) -> list[Menu]:
        menus = (
            self.menu("state", self.states, self.wanted.state, due=""),
            self.menu(
                "service", names_offered("service", offered), self.wanted.service
            ),
            self.menu(
                "severity", names_offered("severity", offered), self.wanted.severity
            ),
            self.menu("kind", self.kinds, self.wanted.kind),
            self.menu("due", DUES, self.wanted.due, state=""),
            self.menu("group", self.groups, self.group),
            self.menu("sort", SORTED, self.sort),
        )
        return [menu for menu in menus if len(menu.ways) > 1]

    @property
    def states(self) -> dict[str, str]:
        asked = self.wanted.state
        return STATES | {name: FURTHER[name] for name in FURTHER if name == asked}

    @property
    def groups(self) -> dict[str, str]:
        return GROUPED | {"date": UNGROUPED[self.sort]}

    @property
    def kinds(self) -> dict[str, str]:
        rest = {NONE: NO_KIND} if self.wanted.kind == NONE else {}
        return {"": "Any kind", **KINDS, **rest}

    @property
    def about_reports(self) -> list[str]:
        """What is asked of the reports whose items are shown, in words."""
        chips = asked_of_reports(self.query).chips
        words = [f"{chip.label.lower()} {chip.value}" for chip in chips]
        of = self.wanted.of
        if of and of.since:
            words.append(f"published since {day_in_words(of.since)}")
        if of and of.until:
            words.append(f"published by {day_in_words(of.until)}")
        return words

    def menu(
        self, name: str, texts: Mapping[str, str], chosen: str, **also: str
    ) -> Menu:
        return Menu(name, list(self.ways(name, texts.items(), chosen, also)))

    def ways(
        self,
        name: str,
        texts: Iterable[tuple[str, str]],
        chosen: str,
        also: Mapping[str, str],
    ) -> Iterator[Way]:
        for value, text in texts:
            query = self.with_(**{**also, name: value})
            yield Way(text, query, value.lower() == chosen.lower())


def of_reports(query: QueryDict) -> OfReports | None:
    """Which reports the items belong to, where an address asks for reports at all."""
    if query.get("of") != "reports":
        return None
    return OfReports(
        wanted=asked_of_reports(query).wanted,
        since=day_in(query.get("promised_from", "")),
        until=day_in(query.get("promised_to", "")),
    )


def asked_of_reports(query: QueryDict) -> ReportFilter:
    names = ("severity", "service", *ABOUT)
    return ReportFilter({name: query.get(name, "") for name in names})


def day_in(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def names_offered(name: str, offered: Mapping[str, list[str]]) -> dict[str, str]:
    return {"": f"Any {name}", **{value: value for value in offered[name]}}


def known_or_usual(known: Iterable[str], asked: str | None, usual: str) -> str:
    return asked if asked is not None and asked in set(known) else usual
