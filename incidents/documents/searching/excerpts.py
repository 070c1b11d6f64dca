"""Where a text says what was asked for: its marks, and a line around the first."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile
from typing import Final

from incidents.documents.searching.query import Clause, Query
from incidents.documents.searching.words import Word, folded, is_sign, words

# Characters shown before and behind the first mark.
BEFORE: Final = 70
BEHIND: Final = 150
# So many letters are the same where accents became letters of their own.
NEAR: Final = 4
# As far as the longest phrase may reach.
REACH: Final = 400

Marked = list[tuple[str, bool]]
Span = tuple[int, int]


class Letters(dict[int, str]):
    """Each letter as it is compared, one for one, so that places stay what they are."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        wide = unicodedata.normalize("NFKC", letter)
        plain = wide if is_sign(wide) else folded(letter)
        self[code] = plain[:1] or letter
        return self[code]


LETTERS: Final = Letters()


class Glance:
    """Where one of these beginnings stands. Most texts have none and cost a look."""

    def __init__(self, beginnings: Iterable[str]) -> None:
        self.beginnings = sorted(set(beginnings))
        patterns = map(pattern, self.beginnings)
        self.pattern = re.compile("|".join(patterns) or r"(?!)")

    def places(self, letters: str) -> Iterator[int]:
        # A pattern is looked for letter by letter, a plain text is not.
        if any(map(letters.__contains__, self.beginnings)):
            for found in self.pattern.finditer(letters):
                yield found.start()


class Finder:
    """Looks for what was asked. Most texts are passed over at the first glance."""

    def __init__(self, asked: Query) -> None:
        self.asked_text, self.clauses = asked.text, asked.wanted
        self.plain = Glance(beginning(clause) for clause in self.clauses)
        self.wide = Glance(beginning(clause)[:NEAR] for clause in self.clauses)

    def likely(self, texts: Sequence[str]) -> list[int]:
        """Which of these texts may say a clause: most say none, and cost no more."""
        near = self.plain.beginnings
        return [
            place
            for place, text in enumerate(texts)
            if not text.isascii() or any(map(text.lower().__contains__, near))
        ]

    def look(self, text: str) -> tuple[Glance, str]:
        """How to look at this text, and its letters as they are compared."""
        if text.isascii():
            return self.plain, text.lower()
        return self.wide, text.translate(LETTERS)

    def spans(self, text: str) -> Iterator[tuple[Span, Clause]]:
        """Each place that says one of the clauses, in order, none within another."""
        end = 0
        glance, letters = self.look(text)
        for at in glance.places(letters):
            found = self.at(text, at) if at >= end else None
            if found:
                (_, end), _ = found
                yield found

    def at(self, text: str, start: int) -> tuple[Span, Clause] | None:
        """The longest clause that is said right here."""
        window = text[start : start + REACH]
        longest = max(len(clause.terms) for clause in self.clauses)
        here = list(islice(words(window), longest))
        said = [clause for clause in self.clauses if says(clause, here, window)]
        if not said:
            return None
        clause = max(said, key=lambda clause: len(clause.terms))
        return (start, start + here[len(clause.terms) - 1].end), clause

    def marked(self, text: str) -> Marked:
        return cut(text, (span for span, _ in self.spans(text)), 0, len(text))

    def count_in(self, text: str) -> int:
        """How many of the clauses a text says."""
        said: set[Clause] = set()
        for _, clause in self.spans(text):
            said.add(clause)
            if len(said) == len(self.clauses):
                break
        return len(said)

    def excerpt(self, text: str) -> Marked:
        """The text around the first mark, cut between words."""
        spans = (span for span, _ in self.spans(text))
        first = next(spans, None)
        if first is None:
            return []
        start, end = around(text, first)
        near = takewhile(lambda span: span[1] <= end, chain([first], spans))
        shown = cut(text, near, start, end)
        return [
            *([("… ", False)] if start else []),
            *shown,
            *([(" …", False)] if end < len(text) else []),
        ]


def around(text: str, mark: Span) -> Span:
    """From where to where a text is shown, cut between words."""
    start, end = max(mark[0] - BEFORE, 0), min(mark[0] + BEHIND, len(text))
    if start:
        start = text.find(" ", start, mark[0]) + 1 or mark[0]
    if end < len(text):
        end = max(text.rfind(" ", mark[0], end), mark[1])
    return start, end


def beginning(clause: Clause) -> str:
    """How this clause begins wherever it stands; an ending may change two letters."""
    term = clause.terms[0]
    if is_sign(term):
        return term
    certain = term[: max(1, len(term) - 2)]
    return certain[:NEAR] if clause.begins else certain


def pattern(beginning: str) -> str:
    """At the beginning of a word, where there are words."""
    apart = "" if is_sign(beginning) else r"(?<![^\W_])"
    return apart + re.escape(beginning)


def says(clause: Clause, here: list[Word], window: str) -> bool:
    """Whether the words here begin with this clause."""
    *first, last = clause.terms
    if len(here) < len(clause.terms) or here[0].start:
        return False
    if [word.term for word in here[: len(first)]] != first:
        return False
    word = here[len(first)]
    if word.term == last or word.term in clause.also:
        return True
    return clause.begins and (
        word.term.startswith(last)
        or folded(window[word.start : word.end]).startswith(last)
    )


def cut(text: str, spans: Iterable[Span], start: int, end: int) -> Marked:
    """From start to end in pieces, each with whether it is marked."""
    found: Marked = []
    at = start
    for begins, ends in spans:
        found += [(text[at:begins], False), (text[begins:ends], True)]
        at = ends
    found.append((text[at:end], False))
    return [(piece, mark) for piece, mark in found if piece]
