"""The strip of an incident: from its start to its end, to scale."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Moment = tuple[str, dt.datetime]

# Per cent of the width: a minute within a day must still be seen.
THINNEST = 1.0


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch between two turning points; `x` and `width` as SVG reads them."""

    x: str
    width: str
    look: str
    name: str
    length: dt.timedelta


@dataclass(frozen=True, slots=True)
class Mark:
    """A turning point, and the phase that begins there.

    Its day is told where it is not that of the mark before it.
    """

    name: str
    at: dt.datetime
    tell_day: bool
    phase: Phase | None


@dataclass(frozen=True, slots=True)
class Strip:
    phases: tuple[Phase, ...]
    marks: tuple[Mark, ...]
    length: dt.timedelta


def strip(moments: Sequence[Moment]) -> Strip | None:
    """The strip of these moments, earliest first; None where nothing has a length."""
    pairs = [(a, b) for a, b in pairwise(moments) if b[1] > a[1]]
    if not pairs:
        return None
    widths = shares([(b[1] - a[1]).total_seconds() for a, b in pairs])
    phases, x = [], 0.0
    for (a, b), width in zip(pairs, widths, strict=True):
        look, name = meaning(a[0], b[0])
        phases.append(Phase(percent(x), percent(width), look, name, b[1] - a[1]))
        x += width
    begins = {a: phase for (a, _), phase in zip(pairs, phases, strict=True)}
    marks = tuple(
        Mark(name, at, tell, begins.get((name, at)))
        for (name, at), tell in zip(moments, new_days(moments), strict=True)
    )
    return Strip(tuple(phases), marks, moments[-1][1] - moments[0][1])


def new_days(moments: Sequence[Moment]) -> list[bool]:
    """Where a day begins; nowhere if all of them are on one."""
    days = [at.date() for _, at in moments]
    changes = [a != b for a, b in pairwise(days)]
    return [any(changes), *changes]


def shares(lengths: Sequence[float]) -> list[float]:
    """Each length as per cent of all, none so thin that it vanishes."""
    whole = sum(lengths)
    seen = [max(THINNEST, 100 * length / whole) for length in lengths]
    return [100 * share / sum(seen) for share in seen]


def meaning(start: str, end: str) -> tuple[str, str]:
    """How a stretch looks and what it was, from the moments around it."""
    if end == "detected":
        return "unnoticed", "unnoticed"
    if start == "mitigated":
        return "recovering", "recovering"
    return "hurting", f"until {end}"


def percent(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") + "%"
