"""Headings in disguise: lines that people use as headings, made plain.

A Markdown parser sees `+ Timeline:` as a list and `Timeline:` after a bullet as
part of that bullet. This pass finds such lines first, and hands the block
parser a copy of the text in which each of them is an ordinary heading. The copy
has the same lines as the source, so that line numbers hold in both.
"""

import re
from dataclasses import dataclass, field

from incidents.documents.parse.fences import ATX, ONE_LINE, find_fences
from incidents.documents.parse.guises import RUN_IN, Heading, HeadingFinder
from incidents.documents.parse.headings import exact_topic, topic_of
from incidents.documents.parse.source import Source, indent_of

RUN_IN_LABEL = re.compile(
    r"^ {0,3}(?P<mark>(?P<bold>\*\*|__)?"
    r"(?P<label>[^\s*_:：|`\[\]<>#-][^*_:：|`\[\]<>]{1,48})"
    r"(?:[:：](?(bold)(?P=bold))|(?(bold)(?P=bold)\s*[:：]|(?!)))\s*)(?=\S)"
)
ODD_BULLET = re.compile(
    r"^[ \t]*(?P<mark>(?P<sign>[•◦▪●○■‣⁃・∙])[ \t]*"
    r"|(?:\(\d{1,2}\)|[a-hA-H][.)]|[–—]|\.|\d{1,2}\.\d\.?|\d{1,2}\\[.)])[ \t]+)(?=\S)"
)
FAKE = "# ."
# What a mail program puts above a signature; to Markdown it underlines a heading.
SIGNATURE = "-- "


@dataclass(slots=True)
class Scan:
    """The copy for the block parser, and the headings that were found on the way."""

    lines: list[str]
    headings: dict[int, Heading] = field(default_factory=dict)
    code: set[int] = field(default_factory=set)
    unclosed: list[int] = field(default_factory=list)
    run_ins: dict[int, Heading] = field(default_factory=dict)


def scan(source: Source, start: int) -> Scan:
    """Read the lines from `start` on; those before it become blank."""
    return _Scanner(source, start).run()


class _Scanner:
    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.found = Scan([""] * start + source.lines[start:])
        self.start = start
        self.known = False
        self._mark_code()
        self._plain_bullets()
        self.headings = HeadingFinder(source, self.found.lines, start, self.found.code)

    def _plain_bullets(self) -> None:
        """Bullets that Markdown does not know: "• one", or "a) one" in a row."""
        lines, code = self.found.lines, self.found.code
        odd = [ODD_BULLET.match(line) for line in lines]
        for number, match in enumerate(odd):
            if match is None or number in code:
                continue
            beside = odd[max(number - 1, 0) : number] + odd[number + 1 : number + 2]
            if match["sign"] or any(beside):
                width = len(match["mark"]) - 1
                start = match.start("mark")
                rest = lines[number][start + 1 + width :]
                lines[number] = f"{lines[number][:start]}-{' ' * min(width, 3)}{rest}"

    def run(self) -> Scan:
        number = self.start
        comment = False
        while number < len(self.found.lines):
            if self.found.lines[number] == SIGNATURE:
                self.found.lines[number] = ""
            line = self.found.lines[number]
            comment = comment or line.lstrip().startswith("<!--")
            self._dedent(number)
            if comment or number in self.found.code:
                comment = comment and "-->" not in line
                number += 1
                continue
            heading = self.headings.find(number)
            if heading is None:
                self._run_in(number)
            self.headings.seen_text |= bool(line.strip())
            number = self._keep(heading) if heading else number + 1
        return self.found

    def _run_in(self, number: int) -> None:
        """A label with its text behind it, where no real heading stands above."""
        line = self.found.lines[number]
        if heading := ATX.match(line):
            self.known = topic_of(heading[1]) is not None
            return
        match = RUN_IN_LABEL.match(line)
        if match is None or self.known or not self._stands_alone(number):
            return
        topic = exact_topic(match["label"])
        if topic is None:
            return
        title = self.source.piece(number, match.start("label"), match.end("label"))
        mark = self.source.piece(number, 0, match.end("mark"))
        self.found.run_ins[number] = Heading(
            number, number, RUN_IN, title, topic, mark, match.end("mark")
        )

    def _stands_alone(self, number: int) -> bool:
        """Whether a paragraph starts here that is not a list of labelled facts."""
        if number > self.start and not self.source.blank(number - 1):
            return False
        after = number + 1
        if after >= len(self.found.lines):
            return True
        return RUN_IN_LABEL.match(self.found.lines[after]) is None

    def _mark_code(self) -> None:
        lines = self.found.lines
        for fence in find_fences(lines):
            self.found.code.update(range(fence.first, fence.last))
            if not fence.closed:
                self.found.unclosed.append(fence.first)
                if fence.last < len(lines):
                    lines[fence.last - 1] = fence.mark
        for number in range(self.start, len(lines)):
            if number not in self.found.code and ONE_LINE.match(lines[number]):
                lines[number] = "." * len(lines[number])

    def _dedent(self, number: int) -> None:
        """Take the indent off what hangs under a bullet that became a heading."""
        line = self.found.lines[number]
        if self.headings.shift and line.strip():
            cut = indent_of(line, self.headings.shift)
            if len(line[:cut].expandtabs(4)) < self.headings.shift - 1:
                self.headings.shift = 0
            else:
                self.found.lines[number] = line[cut:]

    def _keep(self, heading: Heading) -> int:
        self.found.headings[heading.first] = heading
        self.known = heading.topic is not None and not heading.in_disguise
        self.found.lines[heading.first] = FAKE
        for number in range(heading.first + 1, heading.last):
            self.found.lines[number] = ""
        return heading.last
