"""Headings in every guise: drawn, of tags, in bold, as bullets or bare labels.

A label such as "Timeline:" is a heading where nothing but the timeline can follow.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, replace

from incidents.documents.parse.drawn import is_overline, is_underline
from incidents.documents.parse.fences import ATX
from incidents.documents.parse.headings import (
    APART,
    Role,
    Topic,
    exact_topic,
    topic_of,
)
from incidents.documents.parse.mail import end_of_mail, is_mail
from incidents.documents.parse.source import Slice, Source

FEW_WORDS = 5
BOLD, BARE, NESTED, RUN_IN = 7, 8, 9, 10

HTML = re.compile(r"^\s*<h([1-6])\b[^>]*>(.*?)</h\1>\s*$", re.I)
HTML_OPEN = re.compile(r"^\s*<h([1-6])\b[^>]*>\s*(.*)$", re.I)
WIKI = re.compile(r"^(={1,6})[ \t]*([^=\s].*?)[ \t]*\1[ \t]*$")
ASCIIDOC = re.compile(r"^(={1,6})[ \t]+([^=\s].*?)[ \t]*$")
JIRA = re.compile(r"^h([1-6])\.[ \t]+(\S.*?)[ \t]*$")
STRONG = re.compile(
    r"^ {0,3}(?:(?:\*\*|__)(?P<stars>(?:(?!\*\*|__).)+?)(?:\*\*|__)"
    r"|<(?P<tag>b|strong|u)>(?P<html>[^<]+)</(?P=tag)>)(?P<colon>[ \t]*[:：])?"
    r"[ \t]*(?:<br\s*/?>)?\\?[ \t]*$",
    re.I,
)
MARKER = re.compile(
    r"^(?P<indent> {0,3})(?P<mark>[-+*•]|\d{1,2}[.)])[ \t]+(?P<bold>\*\*|__)?"
    r"(?P<label>[^*_`\[\]|]{2,80}?)(?P<colon>[:：])?(?(bold)(?P=bold))"
    r"(?P<after>[ \t]*[:：])?[ \t]*$"
)
BARE_LABEL = re.compile(
    r"^ {0,3}(?P<label>[^\s#>|`\-*+<][^|`]{1,80}?)[ \t]*(?P<colon>[:：])?[ \t]*$"
)
SUMMARY = re.compile(
    r"^\s*(?:<details[^>]*>\s*)?<summary>\s*(?:<\w+>)?(?P<label>[^<]+)(?:</\w+>)?\s*</summary>\s*$",
    re.I,
)
DETAILS = re.compile(r"^\s*<details[^>]*>\s*$", re.I)
# A chat marks what is bold with one star.
ONE_STAR = re.compile(r"^\*(?P<label>[^*\s][^*]{0,60}?)[:：]?\*[:：]?[ \t]*$")
UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)[ \t]*$")
# ": SEV3" below "Severity", as lists of definitions are written.
DEFINED = re.compile(r"^ {0,3}:\s+(?P<value>\S.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its lines, its level (beyond 6 for those in disguise), its words."""

    first: int
    last: int
    level: int
    title: Slice
    topic: Topic | None
    mark: Slice
    skip: int = 0

    @property
    def in_disguise(self) -> bool:
        return self.level > 6


class HeadingFinder:
    """Finds headings from top to bottom; `lines` are those of the plain copy.

    `shift` is the indent of what hangs under a bullet that was a heading, and
    `seen_text` whether anything but blank lines was passed.
    """

    def __init__(
        self, source: Source, lines: list[str], start: int, code: Container[int]
    ) -> None:
        self.source = source
        self.lines = lines
        self.start = start
        self.shift = 0
        self.first_mark = ""
        self.is_mail = is_mail(source.lines)
        self.seen_text = False
        self.real = any(
            (ATX.match(line) or HTML.match(line)) and number not in code
            for number, line in enumerate(source.lines[start:], start)
        )
        self.bold = not self.real and self._has_known_bold()

    def find(self, number: int) -> Heading | None:
        """The heading that starts in a line, in whatever guise."""
        line = self.lines[number]
        if not line.strip() or self._is_underlined(number):
            return None
        return (
            self._drawn(number, line)
            or self._html(number, line)
            or self._wiki(number, line)
            or self._strong(number, line)
            or self._one_star(number, line)
            or self._marker(number, line)
            or self._bare(number, line)
            or self._end_of_mail(number)
        )

    def _is_underlined(self, number: int) -> bool:
        after = number + 1
        return (
            after < len(self.lines)
            and UNDERLINE.match(self.lines[after]) is not None
            and len(self.lines[after].strip()) > 1
            and (number == 0 or self.source.blank(number - 1))
        )

    def _make(self, number: int, text: str, level: int, last: int = 0) -> Heading:
        """A heading whose words are `text`, to be found again in the source line."""
        stop = last or number + 1
        for at in range(number, stop):
            column = self.source.lines[at].find(text)
            if column >= 0:
                title = self.source.piece(at, column, column + len(text)).strip()
                mark = self.source.slice(number, stop)
                return Heading(number, stop, level, title, topic_of(text), mark)
        raise AssertionError("a heading's words stand in its own lines")

    def _drawn(self, number: int, line: str) -> Heading | None:
        """A heading between two drawn lines, or above one that Markdown does not
        know."""
        lines = self.lines
        if is_overline(lines, number):
            level = 1 if line.startswith("=") else 2
            return self._make(number, lines[number + 1].strip(), level, number + 3)
        if is_underline(lines, number + 1):
            return self._make(number, line.strip(), 3, number + 2)
        return None

    def _html(self, number: int, line: str) -> Heading | None:
        if "<" not in line:
            return None
        if match := HTML.match(line):
            return self._make(number, match[2], int(match[1]))
        opens = DETAILS.match(line) is not None
        last = number + 1 + opens
        match = SUMMARY.match("".join(self.lines[last - 1 : last]))
        if match:
            topic = exact_topic(match["label"])
            return self._make(number, match["label"], BOLD, last) if topic else None
        opening = HTML_OPEN.match(line)
        return self._tall_html(number, opening) if opening else None

    def _tall_html(self, number: int, opening: re.Match[str]) -> Heading | None:
        """A heading whose tags and words stand on lines of their own."""
        words = opening[2].strip()
        for last in range(number + 1, min(number + 5, len(self.lines))):
            before, tag, after = self.lines[last].partition(f"</h{opening[1]}>")
            words = words or before.strip()
            if tag and words and not after.strip():
                return self._make(number, words, int(opening[1]), last + 1)
        return None

    def _wiki(self, number: int, line: str) -> Heading | None:
        if match := WIKI.match(line):
            return self._make(number, match[2], len(match[1]))
        if match := ASCIIDOC.match(line):
            return self._make(number, match[2], len(match[1]))
        if match := JIRA.match(line):
            return self._make(number, match[2], int(match[1]))
        return None

    def _strong(self, number: int, line: str) -> Heading | None:
        match = STRONG.match(line)
        if match is None:
            return None
        words = match["stars"] or match["html"]
        text = words.strip().rstrip(":：").strip()
        if not text:
            return None
        alone = number == self.start or self.source.blank(number - 1)
        known = (
            exact_topic(text) is not None
            or (not self.real and topic_of(text) is not None)
            or (alone and self._names_a_list(number, text))
        )
        if (known and self.seen_text) or (self.bold and alone and self.seen_text):
            return self._make(number, text, BOLD)
        return None

    def _one_star(self, number: int, line: str) -> Heading | None:
        match = ONE_STAR.match(line)
        if match is None or not self.seen_text or exact_topic(match["label"]) is None:
            return None
        return self._make(number, match["label"].strip(), BOLD)

    def _names_a_list(self, number: int, text: str) -> bool:
        """Whether a few bold words stand alone above a timeline or tasks."""
        if not self._is_list_name(text):
            return False
        return number + 1 < len(self.lines) and self.source.blank(number + 1)

    def _is_list_name(self, text: str) -> bool:
        topic = topic_of(text)
        few = len(text.split()) <= FEW_WORDS
        return few and topic is not None and topic[0] is not Role.SECTION

    def _marker(self, number: int, line: str) -> Heading | None:
        match = MARKER.match(line)
        if match is None or exact_topic(match["label"]) is None:
            return None
        coloned = match["colon"] or match["after"]
        indent = len(line) - len(line.lstrip())
        under = self._next_indent(number) > indent
        if not coloned and not (match["bold"] and under):
            return None
        self.first_mark = self.first_mark or match["mark"][-1]
        nested = bool(self.shift) or match["mark"][-1] != self.first_mark
        if under:
            self.shift = self._next_indent(number) + self.shift
        return self._make(number, match["label"], NESTED if nested else BARE)

    def _next_indent(self, number: int) -> int:
        for line in self.lines[number + 1 : number + 4]:
            if line.strip():
                full = len(line) - len(line.lstrip())
                return max(full - self.shift, 0)
        return 0

    def _bare(self, number: int, line: str) -> Heading | None:
        match = BARE_LABEL.match(line)
        below = "".join(self.lines[number + 1 : number + 2])
        if match is None or DEFINED.match(below):
            return None
        exact = exact_topic(match["label"]) is not None
        exact = exact or self._is_question(number, match["label"])
        if not exact and not (match["colon"] and self._is_list_name(match["label"])):
            return None
        alone = number == self.start or self.source.blank(number - 1)
        if not match["colon"] and not alone:
            return None
        return self._make(number, match["label"].strip(), BARE)

    def _end_of_mail(self, number: int) -> Heading | None:
        words = end_of_mail(self.lines, number) if self.is_mail else ""
        return replace(self._make(number, words, 1), topic=APART) if words else None

    def _is_question(self, number: int, label: str) -> bool:
        """Whether a short question stands alone: "What was the cause?"."""
        if self.real or not label.endswith(("?", "？")):
            return False
        after = number + 1
        apart = after < len(self.lines) and self.source.blank(after)
        few = len(label.split()) <= FEW_WORDS
        return apart and few and topic_of(label) is not None

    def _has_known_bold(self) -> bool:
        return any(
            (match := STRONG.match(line)) and topic_of(match["stars"] or match["html"])
            for line in self.lines
        )
