"""The words that somebody wrote, to find the one that was meant.

A suggestion is tried before it is shown: only a word that stands in what this
person may see is one.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from django.db.models import Q

from incidents.documents.searching.spelling import distance, far_at_most
from incidents.documents.searching.words import spellings
from incidents.models import SearchWord

CHUNK: Final = 500
# A handful is tried: each is a question to the database.
MOST_TRIED: Final = 5
MOST_STEMS: Final = 50


def remember(texts: Iterable[str], known: set[str] | None = None) -> None:
    """The words of these texts; those in `known` are there, and the new ones join.

    Always in one order, so that two who add the same words wait for each other.
    """
    known = set() if known is None else known
    found = {word for text in texts for word in spellings(text)} - known
    new = sorted(found - set(already_known(found)))
    SearchWord.objects.bulk_create(map(row_of, new), ignore_conflicts=True)
    known |= found


def already_known(words: Iterable[str]) -> Iterator[str]:
    words = list(words)
    for at in range(0, len(words), CHUNK):
        rows = SearchWord.objects.filter(pk__in=words[at : at + CHUNK])
        yield from rows.values_list("word", flat=True)


def row_of(word: str) -> SearchWord:
    return SearchWord(word=word, length=len(word), head=word[:2], tail=word[-2:])


def near(word: str) -> list[str]:
    """The words most like this one, the likest first.

    One slip leaves the beginning or the end of a word as it was.
    """
    far = far_at_most(word)
    if not far:
        return []
    same_end = Q(head=word[:2]) | Q(tail=word[-2:])
    lengths = (len(word) - far, len(word) + far)
    rows = SearchWord.objects.filter(same_end, length__range=lengths)
    apart = (
        (distance(word, other, far), other)
        for other in rows.values_list("word", flat=True)
    )
    likest = sorted((d, other) for d, other in apart if 0 < d <= far)
    return [other for _, other in likest[:MOST_TRIED]]


def going_on(beginning: str) -> list[str]:
    """Words that begin so; their terms may be shorter than what was typed."""
    rows = SearchWord.objects.filter(pk__startswith=beginning).order_by("length")
    return list(rows.values_list("word", flat=True)[:MOST_STEMS])
