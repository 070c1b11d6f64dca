"""Text with gaps for words, taken apart once and filled very often."""

import re
from collections.abc import Sequence
from typing import Final

GAPS: Final = 32
_GAP: Final = re.compile(r"zq([a-j][a-j])")


def gap(number: int) -> str:
    """A word of letters only, so that no rendering changes it, and no stemming."""
    return f"zq{chr(97 + number // 10)}{chr(97 + number % 10)}"


class Gapped:
    """A text as what stands between its gaps, and the numbers of these."""

    __slots__ = ("parts", "places")

    def __init__(self, text: str) -> None:
        self.parts = _GAP.split(text)
        self.places = [number(letters) for letters in self.parts[1::2]]

    def filled(self, words: Sequence[str]) -> str:
        parts = self.parts.copy()
        parts[1::2] = [words[place] for place in self.places]
        return "".join(parts)


def number(letters: str) -> int:
    return (ord(letters[0]) - 97) * 10 + ord(letters[1]) - 97
