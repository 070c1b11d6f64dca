"""Sets running text as the renderer wants it: on one line, and within bounds.

The renderer's rules cost the square of the marks that never close, so ten
thousand brackets would take it ten seconds. A paragraph with more open marks
than any person types is shown as it was typed, unread.
"""

import re
from collections.abc import Iterator

from incidents.documents.render.stash import Stash, plain

_DEEPEST = 12
_MOST_EMPHASIS = 240
_MOST_ANGLES = 200
_MOST_SIGNS_BY_MARKS = 20_000_000

_TICKS = re.compile(r"(?<!\\)(\\*)(`+)")
_LONE_TICK = re.compile(r"\\.|`", re.S)
_ESCAPED = re.compile(r"\\.", re.S)
_EMPHASIS = re.compile(r"(?<![^\W_])[*_~]+|[*_~]+(?![^\W_])|[*~]")
_ANGLE = re.compile(r"<[A-Za-z/!]")
_MARK = re.compile(r"[\[<*_~`:&\\]|://")
_BREAK = re.compile(r"(?:(?<! ) {2,}|\\)\n")
_SPACE = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*")
# What would begin another block where it opens a line.
_OPENS_BLOCK = re.compile(
    r"#|>|!!!|\[\^|\[!(?!\[)|[-+*](?=\s|$)|(?=([-_*])[ ]*(?:\1[ ]*){2,}$)."
)
_NUMBER = re.compile(r"(\d+)(\.(?:\s|$))")


class Lines:
    """Sets the lines of one text, and keeps count of what they cost."""

    def __init__(self, stash: Stash) -> None:
        self._stash = stash
        self._left = _MOST_SIGNS_BY_MARKS

    def paragraph(self, content: str) -> str:
        """A line that begins no other block than a paragraph."""
        line = self.running(content)
        if number := _NUMBER.match(line):
            return f"{number[1]}\\{line[number.end(1) :]}"
        return f"\\{line}" if _OPENS_BLOCK.match(line) else line

    def heading(self, content: str) -> str:
        line = self.running(content).strip()
        return line[:-1] + r"\#" if line.endswith("#") else line

    def cell(self, content: str) -> str:
        """Bars part cells, but not inside code."""
        return "".join(
            part if is_code else part.replace("|", r"\|")
            for is_code, part in _parts(self.running(content))
        )

    def running(self, content: str) -> str:
        parts = list(_parts(content))
        typed = "\n".join(part for is_code, part in parts if not is_code)
        if not self._is_in_bounds(typed, len(content)):
            return self._stash.keep(plain(_SPACE.sub(" ", content)))
        return "".join(
            part.replace("\n", " ") if is_code else self._joined(part)
            for is_code, part in parts
        )

    def _joined(self, part: str) -> str:
        part = self._stash.line_break.join(_BREAK.split(part))
        return _LONE_TICK.sub(_as_sign, _SPACE.sub(" ", part))

    def _is_in_bounds(self, typed: str, length: int) -> bool:
        bare = _ESCAPED.sub("", typed)
        cost = length * sum(1 for _ in _MARK.finditer(typed))
        if (
            cost > self._left
            or _deepest(bare, "[", "]") > _DEEPEST
            or _deepest(bare, "(", ")") > _DEEPEST
            or sum(map(len, _EMPHASIS.findall(bare))) > _MOST_EMPHASIS
            or sum(1 for _ in _ANGLE.finditer(bare)) > _MOST_ANGLES
        ):
            return False
        self._left -= cost
        return True


def _parts(content: str) -> Iterator[tuple[bool, str]]:
    """Code between ticks, and the text around it; ticks without others are text."""
    runs = list(_TICKS.finditer(content))
    twins = _twins(runs)
    at = index = 0
    while index < len(runs):
        twin = twins[index]
        if twin is not None:
            start = runs[index].end() - _opening(runs[index])
            yield False, content[at:start]
            at = runs[twin].end()
            yield True, content[start:at]
            index = twin
        index += 1
    yield False, content[at:]


def _twins(runs: list[re.Match[str]]) -> list[int | None]:
    """For each run of ticks the next one that is as long, which closes it."""
    twins: list[int | None] = []
    next_of_length: dict[int, int] = {}
    for index in reversed(range(len(runs))):
        twins.append(next_of_length.get(_opening(runs[index])))
        next_of_length[len(runs[index][2])] = index
    return twins[::-1]


def _opening(run: re.Match[str]) -> int:
    """How many ticks open code: a backslash takes the first of them."""
    return len(run[2]) - len(run[1]) % 2


def _as_sign(found: re.Match[str]) -> str:
    return r"\`" if found[0] == "`" else found[0]


def _deepest(text: str, opening: str, closing: str) -> int:
    """How many brackets are open at most at one place."""
    depth = deepest = 0
    for sign in text:
        if sign == opening:
            depth += 1
            deepest = max(deepest, depth)
        elif sign == closing and depth:
            depth -= 1
    return deepest
