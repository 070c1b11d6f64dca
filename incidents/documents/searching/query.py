"""What somebody typed into the search box: words, phrases, and filters by name.

    "connection pool" redis* -kafka severity:sev1 before:2024-06 has:open-actions

Any text is understood somehow: what is no filter is words.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from incidents.documents.searching.words import folded, is_sign, terms

# More than this is no search, and each costs a look at the index.
MOST_CLAUSES: Final = 16
LONGEST: Final = 500
# Fewer letters than this begin half of all words.
SHORTEST_BEGINNING: Final = 3
_TYPED = re.compile(r'(?P<sign>-?)(?:(?P<name>[a-z]+):)?(?P<text>"[^"]*"?|\S+)', re.I)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
ACTIONS: Final = {
    "open-actions": "open",
    "overdue-actions": "overdue",
    "done-actions": "done",
    "no-actions": "none",
}
NAMES: Final = ("severity", "service", "tag", "owner")


class Clause(NamedTuple):
    """Terms that stand side by side; of a beginning, the last one may go on.

    `typed` is how it was typed in; `also` are terms that would do for the last one.
    """

    terms: tuple[str, ...]
    begins: bool
    typed: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """All of `wanted` in one postmortem, and nothing of `unwanted`."""

    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    @property
    def text(self) -> str:
        """As it would be typed."""
        return " ".join(
            [c.typed for c in self.wanted] + [f"-{c.typed}" for c in self.unwanted]
        )


def read_query(text: str) -> Query:
    """The words of a text, without its filters."""
    wanted: list[Clause] = []
    unwanted: list[Clause] = []
    for typed in _TYPED.finditer(text[:LONGEST]):
        if read_filter(typed) is None and (found := clause(words_of(typed))):
            (unwanted if typed["sign"] else wanted).append(found)
    return Query(tuple(wanted[:MOST_CLAUSES]), tuple(unwanted[:MOST_CLAUSES]))


def filters(text: str) -> dict[str, str]:
    """The filters of a text, by the names that the address has for them."""
    read = map(read_filter, _TYPED.finditer(text[:LONGEST]))
    return dict(pair for pair in read if pair)


def without_filters(text: str) -> str:
    """What is left when the filters are taken out, as it was typed."""
    typed = _TYPED.finditer(text[:LONGEST])
    return " ".join(part[0] for part in typed if read_filter(part) is None)


def misread(text: str) -> list[str]:
    """What looks like a filter and is words all the same, such as `before:soon`."""
    typed = _TYPED.finditer(text[:LONGEST])
    return [part[0] for part in typed if is_named(part) and read_filter(part) is None]


def is_named(typed: re.Match[str]) -> bool:
    return (typed["name"] or "").lower() in READERS


def as_typed(given: Mapping[str, str]) -> str:
    """The filters of an address as text: what `filters` reads them from."""
    return " ".join(typed_filters(given))


def typed_filters(given: Mapping[str, str]) -> Iterator[str]:
    for name in NAMES:
        if value := given.get(name):
            quoted = f'"{value}"' if re.search(r"\s", value) else value
            yield f"{name}:{quoted}"
    for word, progress in ACTIONS.items():
        if given.get("actions") == progress:
            yield f"has:{word}"
    if since := date_of(given.get("from", "")):
        yield f"after:{since}"
    if until := date_of(given.get("to", "")):
        yield f"before:{until + dt.timedelta(days=1)}"
    if given.get("is") == "draft":
        yield "is:draft"


def words_of(typed: re.Match[str]) -> str:
    """What was typed, but for the sign before it; a quotation is ended."""
    said = typed[0].removeprefix(typed["sign"])
    return f'{said}"' if said.count('"') % 2 else said


def clause(said: str) -> Clause | None:
    found = tuple(terms(said))
    if not found:
        return None
    if is_sign(found[-1]):
        # A run of signs ends with its last one alone: it goes on wherever it stands.
        return Clause(found[:-1] or found, len(found) == 1, said)
    return (
        beginning(found, said)
        if said.rstrip('"').endswith("*")
        else Clause(found, False, said)
    )


def beginning(found: tuple[str, ...], said: str) -> Clause:
    """A word that may go on keeps the ending that it was typed with."""
    last = folded(re.split(r"[\W_]+", said.rstrip('*"'))[-1])
    if len(last) < SHORTEST_BEGINNING:
        return Clause(found, False, said)
    return Clause((*found[:-1], last), True, said)


def last_begins(asked: Query) -> Query | None:
    """The same, but its last word may go on; None where it can or does already."""
    if not asked.wanted or '"' in asked.wanted[-1].typed:
        return None
    last = clause(f"{asked.wanted[-1].typed}*")
    if last is None or not last.begins or asked.wanted[-1].begins:
        return None
    return replace(asked, wanted=(*asked.wanted[:-1], last))


def read_filter(typed: re.Match[str]) -> tuple[str, str] | None:
    """The name in the address and the value; None for what is no filter."""
    name, text = (typed["name"] or "").lower(), typed["text"].strip('"').strip()
    read = READERS.get(name)
    if typed["sign"] or read is None or not text:
        return None
    return read(name, text)


Pair = tuple[str, str] | None


def named(name: str, text: str) -> Pair:
    return name, text


def before(name: str, text: str) -> Pair:
    first = first_day(text)
    if first is None or first == dt.date.min:
        return None
    return "to", str(first - dt.timedelta(days=1))


def after(name: str, text: str) -> Pair:
    first = first_day(text)
    return ("from", str(first)) if first else None


def has(name: str, text: str) -> Pair:
    progress = ACTIONS.get(text.lower())
    return ("actions", progress) if progress else None


def is_filter(name: str, text: str) -> Pair:
    return {"draft": ("is", "draft"), "published": ("is", "")}.get(text.lower())


READERS: Final[Mapping[str, Callable[[str, str], Pair]]] = {
    **dict.fromkeys(NAMES, named),
    "before": before,
    "after": after,
    "has": has,
    "is": is_filter,
}


def first_day(text: str) -> dt.date | None:
    """The first day of “2024”, “2024-06” or “2024-06-30”."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    if not (
        year and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    ):
        return None
    return dt.date(year, month, day)


def date_of(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
