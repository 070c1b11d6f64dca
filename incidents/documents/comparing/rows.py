"""Which row of one postmortem is which row of another."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from incidents.documents.comparing.alignment import longest_run


class Row(Hashable, Protocol):
    @property
    def key(self) -> str: ...


R = TypeVar("R", bound=Row)
Identity = Callable[[int, R], Hashable | None]


@dataclass(frozen=True, slots=True)
class Match(Generic[R]):
    """A row before and after, None where it was not there, and at which places."""

    old: R | None
    new: R | None
    old_at: int = -1
    new_at: int = -1
    moved: bool = False


def match(
    old: Sequence[R], new: Sequence[R], *, name: Callable[[R], str]
) -> tuple[Match[R], ...]:
    """Every row of both, in the order of the new ones, those gone at the end.

    Rows are known by their keys. Where a text came without keys, equal rows are
    the same row, then rows of one name, then rows at one place.
    """
    pairs = _pairs(old, new, name)
    moved = _moved(pairs)
    return (
        *(
            Match(old[pairs[at]], row, pairs[at], at, at in moved)
            if at in pairs
            else Match(None, row, new_at=at)
            for at, row in enumerate(new)
        ),
        *_gone(old, set(pairs.values())),
    )


def _gone(old: Sequence[R], kept: set[int]) -> Iterator[Match[R]]:
    for at, row in enumerate(old):
        if at not in kept:
            yield Match(row, None, old_at=at)


def _pairs(
    old: Sequence[R], new: Sequence[R], name: Callable[[R], str]
) -> dict[int, int]:
    """Places of new rows -> places of the old rows that they were."""
    identities: list[Identity[R]] = [lambda _, row: row.key or None, lambda _, row: row]
    if not all(row.key for row in (*old, *new)):
        identities += [lambda _, row: name(row) or None, lambda at, _: at]
    pairs: dict[int, int] = {}
    for identity in identities:
        pairs |= _found(old, new, identity, pairs)
    return dict(sorted(pairs.items()))


def _found(
    old: Sequence[R], new: Sequence[R], identity: Identity[R], pairs: dict[int, int]
) -> dict[int, int]:
    """The rows that one identity finds among those that are still alone."""
    known = set(pairs.values())
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for at, row in enumerate(old):
        if at not in known:
            waiting[identity(at, row)].append(at)
    waiting.pop(None, None)
    return {
        at: waiting[identity(at, row)].popleft()
        for at, row in enumerate(new)
        if at not in pairs and waiting.get(identity(at, row))
    }


def _moved(pairs: dict[int, int]) -> set[int]:
    """The fewest new places that explain why the order is another one."""
    places = list(pairs)
    stayed = {places[index] for index in longest_run(list(pairs.values()))}
    return set(places) - stayed
