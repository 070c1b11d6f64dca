"""Two texts compared word by word, for people."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Literal

from incidents.documents.comparing.alignment import Budget, align

Kind = Literal["same", "added", "removed"]
Pair = tuple[str, str]

# Chinese and Japanese put no spaces between words: there each sign is compared.
_SIGN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(
    rf"[{_SIGN}]|\d+(?:[.,:]\d+)+|[^\W{_SIGN}]+|\n|[^\S\n]+|[^\w\s]", re.S
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

_TINY = re.compile(r"[^\w\n]{1,2}")


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """What stayed, what went and what came, in reading order.

    The same and removed pieces together are the old text, the same and added
    ones the new. Lines are compared first and words within changed lines, so
    that two wholly different books end in time, with a coarser answer.
    """
    budget = Budget()
    words: list[Pair] = []
    for was, now in _in_step(_LINE.findall(old), _LINE.findall(new), budget):
        if was == now:
            words.append((was, now))
        else:
            words += _in_step(_WORD.findall(was), _WORD.findall(now), budget)
    same = [was == now for was, now in words]
    return tuple(_pieces(_folded(list(_grouped(words, same)))))


def _in_step(old: list[str], new: list[str], budget: Budget) -> Iterator[Pair]:
    """Both sides in step: equal where they are the same, else what became what."""
    at_old = at_new = 0
    for block in align(old, new, budget):
        yield "".join(old[at_old : block.old]), "".join(new[at_new : block.new])
        at_old, at_new = block.old + block.size, block.new + block.size
        same = "".join(old[block.old : at_old])
        yield same, same
    yield "".join(old[at_old:]), "".join(new[at_new:])


def _folded(pairs: list[Pair]) -> Iterator[Pair]:
    """A lone space or comma between two changes reads better as part of them."""
    same = [was == now for was, now in pairs]
    for index in range(1, len(pairs) - 1):
        if same[index] and _TINY.fullmatch(pairs[index][0]):
            same[index] = False
    return _grouped(pairs, same)


def _grouped(pairs: list[Pair], same: list[bool]) -> Iterator[Pair]:
    """Neighbours of one kind as one, nothing empty."""
    told = [(kind, pair) for kind, pair in zip(same, pairs, strict=True) if any(pair)]
    for _, group in groupby(told, key=itemgetter(0)):
        run = [pair for _, pair in group]
        yield "".join(was for was, _ in run), "".join(now for _, now in run)


def _pieces(pairs: Iterable[Pair]) -> Iterator[Piece]:
    for was, now in pairs:
        if was == now:
            yield Piece("same", was)
        else:
            if was:
                yield Piece("removed", was)
            if now:
                yield Piece("added", now)
