"""Short bursts in turn, A and the action, so that other load hits both alike."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bench.actions import Action
from bench.client import Client
from bench.counting import TELL

SECONDS_A_BURST = 0.1
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """`ratio` is the rate beside A's, the median of the pairs from `low` to `high`."""

    name: str
    goal: float | None
    ratio: float
    low: float
    high: float
    queries: int
    p50: float
    p99: float


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


def ratios(bases: Sequence[float], pages: Sequence[float]) -> list[float]:
    """Each burst beside the mean of the bursts of A before and after it."""
    pairs = zip(pairwise(bases), pages, strict=True)
    return [(before + after) / 2 / page for (before, after), page in pairs]


def burst(client: Client, perform: Callable[[], object]) -> list[float]:
    """The seconds of each time, for as many times as fit into a burst."""
    taken: list[float] = []
    while len(taken) < FEWEST or sum(taken) < SECONDS_A_BURST:
        before = client.seconds
        perform()
        taken.append(client.seconds - before)
    return taken


def mean(taken: Sequence[float]) -> float:
    return sum(taken) / len(taken)


def measured(client: Client, base: Action, action: Action, rounds: int) -> Measured:
    queries = queries_of(client, action)
    for warming in (base, action):
        burst(client, warming.perform)
    bases, pages, each = [mean(burst(client, base.perform))], [], []
    for _ in range(rounds):
        taken = burst(client, action.perform)
        each += taken
        pages.append(mean(taken))
        bases.append(mean(burst(client, base.perform)))
    found = ratios(bases, pages)
    return Measured(
        name=action.name,
        goal=action.goal,
        ratio=median(found),
        low=min(found),
        high=max(found),
        queries=queries,
        p50=share(each, 0.5) * 1000,
        p99=share(each, 0.99) * 1000,
    )


def queries_of(client: Client, action: Action) -> int:
    """Asked for when it was done once before: the first time fills caches."""
    action.perform()
    client.counting = True
    action.perform()
    client.counting = False
    return int(client.last.header(TELL))


def all_measured(
    client: Client, base: Action, plain: Action, actions: Iterable[Action], rounds: int
) -> list[Measured]:
    return [
        measured(client, base, action, rounds) for action in (base, plain, *actions)
    ]
