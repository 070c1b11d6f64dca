"""Which lines stand inside code, and where a forgotten fence should have closed."""

import re
from dataclasses import dataclass

from incidents.documents.parse.drawn import is_underline
from incidents.documents.parse.headings import topic_of

# A fence may open right behind the markers of its bullets: "- ```".
OPENING = re.compile(
    r"^((?:[ \t]*(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*[ \t]*)(`{3,}(?=[^`]*$)|~{3,})(.*)$"
)
ONE_LINE = re.compile(r"^[ \t]*(~{3,}).*\S.*\1[ \t]*$")
ATX = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S.*?)(?:[ \t]+#*)?[ \t]*$")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block; `closed` is false where its closing line is missing."""

    first: int
    last: int
    mark: str
    closed: bool = True


def find_fences(lines: list[str]) -> list[Fence]:
    """Every fence, in order; one that was never closed ends before a heading."""
    fences = _pair(lines, wary=False)
    if fences and not fences[-1].closed:
        return _pair(lines, wary=True)
    return fences


def _pair(lines: list[str], *, wary: bool) -> list[Fence]:
    fences: list[Fence] = []
    at = 0
    while at < len(lines):
        opening = OPENING.match(lines[at])
        drawn = opening is not None and is_underline(lines, at)
        if opening is None or drawn or ONE_LINE.match(lines[at]):
            at += 1
            continue
        fence = _close(lines, at, opening, wary=wary)
        fences.append(fence)
        at = fence.last
    return fences


def _close(
    lines: list[str], first: int, opening: re.Match[str], *, wary: bool
) -> Fence:
    mark = " " * len(opening[1].expandtabs(4)) + opening[2]
    closing = re.compile(rf"^[ \t]*{opening[2][0]}{{{len(opening[2])},}}[ \t]*$")
    for number in range(first + 1, len(lines)):
        if closing.match(lines[number]):
            return Fence(first, number + 1, mark)
        if wary and not lines[number - 1].strip() and _is_heading(lines[number]):
            return Fence(first, number, mark, closed=False)
    return Fence(first, len(lines), mark, closed=False)


def _is_heading(line: str) -> bool:
    heading = ATX.match(line)
    return heading is not None and topic_of(heading[1]) is not None
