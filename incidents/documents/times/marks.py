"""The marks that people put around a time: stars, brackets, dashes, colons."""

import re
from dataclasses import dataclass

_TAG = r"<(?P<tag>b|strong|i|em|u|code|time)>"
_OPENER = re.compile(
    rf"\s*(?:(?P<mark>\*{{1,3}}|_{{1,3}}|~~|`+|[(\[]|<(?!\w+>))(?!\s)|{_TAG}"
    r"|(?P<sign>[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\u200d]*|:[a-z_]{3,30}:))"
)
_INNER = re.compile(r"\*{1,3}|~~|`+|[()\[\]]")
_CLOSER_OF = {"(": ")", "[": "]", "<": ">"}
_SEPARATOR = re.compile(
    r"\s*(?:(?<!\s)[:,;]|(?<=\s):(?![\w+-]+:)|(?<=\s)[,;]|-+>?(?!\d)|=+>|[→⇒»·•|]"
    r"|\.(?=\s|$))"
)
_CLOSER = re.compile(r"\s*(\*{1,3}|_{1,3}|~~|`+|[)\]>]|</\w+>)")
_LINK = re.compile(r"\]\((?!\s)[^\s()]+\)")


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands before a line's first word: open marks, and signs to keep."""

    marks: tuple[str, ...]
    signs: str
    end: int


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a time: how it was set apart, and the marks still open."""

    end: int
    enclosed: bool
    separated: bool
    still_open: str


def opening_of(line: str) -> Opening:
    marks: list[str] = []
    signs: list[str] = []
    place = 0
    while found := _OPENER.match(line, place):
        if found["sign"]:
            signs.append(found["sign"] + " ")
        else:
            marks.append(found["mark"] or f"<{found['tag']}>")
        place = found.end()
    return Opening(tuple(marks), "".join(signs), _skip_space(line, place))


def tail_of(line: str, opening: Opening, time_end: int) -> Tail:
    """Walk over the marks that close, and the separators that follow, a time."""
    open_marks = _through(list(opening.marks), line[opening.end : time_end])
    place, enclosed, separators = time_end, False, 0
    while True:
        closer = _CLOSER.match(line, place)
        if closer and _close(open_marks, closer[1]):
            place, enclosed = closer.end(), True
            continue
        separator = _SEPARATOR.match(line, place) if separators < 2 else None
        if separator is None:
            break
        place, separators = separator.end(), separators + 1
    still_open = "".join(open_marks)
    return Tail(_skip_space(line, place), enclosed, separators > 0, still_open)


def is_link_text(line: str, opening: Opening, time_end: int) -> bool:
    """`[10:45](https://…)`: the bracket belongs to a link, not to the time."""
    return "[" in opening.marks and _LINK.match(line, time_end) is not None


def _through(marks: list[str], inner: str) -> list[str]:
    """The marks still open after the words of the time itself."""
    for mark in _INNER.findall(inner):
        if not _close(marks, mark) and mark not in ")]":
            marks.append(mark)
    return marks


def _close(marks: list[str], mark: str) -> bool:
    opener = next((one for one in reversed(marks) if _closer_of(one) == mark), None)
    if opener is None:
        return False
    marks.reverse()
    marks.remove(opener)
    marks.reverse()
    return True


def _closer_of(opener: str) -> str:
    if opener.startswith("<") and len(opener) > 1:
        return f"</{opener[1:]}"
    return _CLOSER_OF.get(opener, opener)


def _skip_space(line: str, place: int) -> int:
    while place < len(line) and line[place].isspace():
        place += 1
    return place
