"""The text of one document, and slices that remember where they stood in it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LARGEST = 5_000_000
# Marks come in pairs: the star of "*.api.example" is none.
EMPHASIS = re.compile(r"(?<![\w\\])(\*\*|__|\*|_)(?=\S)(.+?)(?<=[^\s\\])\1(?!\w)")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
MARKED = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class ParseError(ValueError):
    """A file that cannot be read as a document, in a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Some stretches of a source, one for each line, read as one text."""

    source: str
    ranges: tuple[tuple[int, int], ...]

    @property
    def text(self) -> str:
        if len(self.ranges) == 1:
            return self.first
        return "\n".join(self.source[start:end] for start, end in self.ranges)

    @property
    def first(self) -> str:
        """The text of the first line."""
        return self.source[slice(*self.ranges[0])] if self.ranges else ""

    @property
    def start(self) -> int:
        return self.ranges[0][0] if self.ranges else 0

    def __bool__(self) -> bool:
        return any(self.source[start:end].strip() for start, end in self.ranges)

    def __add__(self, other: "Slice") -> "Slice":
        return Slice(self.source, self.ranges + other.ranges)

    def after(self, count: int) -> "Slice":
        """Without the first characters of the first line."""
        if not self.ranges:
            return self
        (start, end), *rest = self.ranges
        return Slice(self.source, ((min(start + count, end), end), *rest))

    def before(self, count: int) -> "Slice":
        """Only the first characters of the first line."""
        if not self.ranges:
            return self
        start, end = self.ranges[0]
        return Slice(self.source, ((start, min(start + count, end)),))

    def cut(self, start: int, end: int) -> "Slice":
        """The characters from start to end of `text`."""
        ranges, at = [], 0
        for first, last in self.ranges:
            low, high = max(start - at, 0), min(end - at, last - first)
            if low <= high and at <= end and at + last - first >= start:
                ranges.append((first + low, first + high))
            at += last - first + 1
        return Slice(self.source, tuple(ranges))

    def minus(self, other: "Slice") -> "Slice":
        """The stretches that lie in none of the other's."""
        ranges = []
        for start, end in self.ranges:
            for low, high in sorted(other.ranges):
                if start < low < end:
                    ranges.append((start, low))
                if low < end and high > start:
                    start = max(start, high)
            if start < end:
                ranges.append((start, end))
        return Slice(self.source, tuple(ranges))

    def strip(self) -> "Slice":
        """Without white space and blank lines around the whole."""
        ranges = list(self._trimmed())
        while ranges and not self.source[slice(*ranges[0])].strip():
            ranges.pop(0)
        while ranges and not self.source[slice(*ranges[-1])].strip():
            ranges.pop()
        if ranges:
            start, end = ranges[0]
            piece = self.source[start:end]
            ranges[0] = (start + len(piece) - len(piece.lstrip()), end)
        return Slice(self.source, tuple(ranges))

    def lines(self) -> Iterator["Slice"]:
        for piece in self.ranges:
            yield Slice(self.source, (piece,))

    def _trimmed(self) -> Iterable[tuple[int, int]]:
        for start, end in self.ranges:
            yield start, max(start, start + len(self.source[start:end].rstrip()))


class Source:
    """A text by lines: line feeds only, no byte order mark."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts: list[int] = []
        at = 0
        for line in self.lines:
            self.starts.append(at)
            at += len(line) + 1

    def line_of(self, offset: int) -> int:
        """The number of the line that holds a character, counted from nought."""
        return bisect_right(self.starts, offset) - 1

    def slice(self, first: int, last: int, dedent: int = 0) -> Slice:
        """Whole lines from first up to last, less up to `dedent` columns of indent."""
        return Slice(
            self.text, tuple(self._range(n, dedent) for n in range(first, last))
        )

    def piece(self, line: int, start: int, end: int | None = None) -> Slice:
        """Part of one line."""
        at = self.starts[line]
        stop = len(self.lines[line]) if end is None else end
        return Slice(self.text, ((at + start, at + stop),))

    def blank(self, line: int) -> bool:
        return not self.lines[line].strip()

    def _range(self, line: int, dedent: int) -> tuple[int, int]:
        at, text = self.starts[line], self.lines[line]
        return at + indent_of(text, dedent), at + len(text)


def indent_of(line: str, columns: int) -> int:
    """How many characters of indent stand for at most so many columns."""
    seen = 0
    for index, char in enumerate(line):
        if seen >= columns or char not in " \t":
            return index
        seen += 4 - seen % 4 if char == "\t" else 1
    return len(line)


def unescaped(text: str) -> str:
    """Markdown's backslashes taken away."""
    return ESCAPE.sub(r"\1", text) if "\\" in text else text


def undressed(text: str) -> str:
    """What a heading says: without emphasis around its words, and without escapes."""
    for _ in range(2):
        text = EMPHASIS.sub(r"\2", text)
    return unescaped(text)


def tidy(text: str) -> str:
    """The text with line feeds only and without a byte order mark.

    Refuses what is no text at all.
    """
    if len(text) > LARGEST:
        raise ParseError(
            f"The document has {len(text):,} characters; at most {LARGEST:,} can be "
            "read. Split it, or take pasted logs and images out of it."
        )
    if "\0" in text:
        raise ParseError("This is not a text file: it has null bytes in it.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read_bytes(data: bytes, name: str = "") -> str:
    """The text of a file, or `ParseError` with a sentence that says what it is."""
    called = f"“{name}”" if name else "This file"
    if len(data) > LARGEST:
        raise ParseError(
            f"{called} is too large: at most {LARGEST // 1_000_000} MB can be read. "
            "Take logs and images out of it."
        )
    for mark, encoding in MARKED:
        if data.startswith(mark):
            return _decode(data, encoding, called)
    if b"\0" in data:
        raise ParseError(f"{called} is not a text file. Save it as Markdown in UTF-8.")
    return _decode(data, "utf-8-sig", called)


def _decode(data: bytes, encoding: str, called: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ParseError(
            f"{called} is not written in UTF-8 (see line {line}). "
            "Save it again with the encoding UTF-8."
        ) from error
    if "\0" in text:
        raise ParseError(f"{called} is not a text file. Save it as Markdown in UTF-8.")
    return text
