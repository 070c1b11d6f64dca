"""Headings drawn with lines of signs that Markdown does not know."""

import re

SIGNS = re.compile(r"^([=#*~^\"'+`:.-])\1{3,}[ \t]*$")
BELOW = re.compile(r"^([~^\"'+`:.*#])\1{3,}[ \t]*$")
LONGEST = 120
# How much longer or shorter than its words people draw a line.
SLACK = 2


def is_overline(lines: list[str], number: int) -> bool:
    """Whether a line of signs starts a title that has the same one below it."""
    if number + 2 >= len(lines) or not SIGNS.match(lines[number]):
        return False
    words, below = lines[number + 1].strip(), lines[number + 2].rstrip()
    return below == lines[number].rstrip() and _fits(words, below)


def is_underline(lines: list[str], number: int) -> bool:
    """Whether a line of signs only underlines the words above it."""
    if not 0 < number < len(lines) or not BELOW.match(lines[number]):
        return False
    alone = number < 2 or not lines[number - 2].strip()
    return alone and _fits(lines[number - 1].strip(), lines[number].rstrip())


def _fits(words: str, line: str) -> bool:
    if not words or len(words) > LONGEST or not any(map(str.isalnum, words)):
        return False
    return abs(len(words) - len(line)) <= SLACK
