"""The words of a text as search compares them: folded, stemmed, in pairs of signs.

Both databases index what this makes, so that both find the same. A word loses its
capitals, accents and English ending; Chinese, Japanese and Korean put no spaces
between words, so there each two neighbouring signs make one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

# A change of what this module makes of a text: every index is to be built anew.
ANALYSIS: Final = 1
LONGEST: Final = 64

_SIGN = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0002fa1f"
)
# Vowel signs and accents that follow a letter; for Python they are no word's part.
_FOLLOWING = "\u0300-\u036f\u0900-\u0dff\u0e00-\u0fff"
_LETTER = rf"(?:[^\W_{_SIGN}]|[{_FOLLOWING}])"
_WORD = re.compile(
    rf"(?P<signs>[{_SIGN}]+)|{_LETTER}+(?:['\u2019](?:s|t|re|ve|ll|d|m)\b)?",
    re.IGNORECASE,
)
_SIGNS = re.compile(rf"[{_SIGN}]")
# What `_WORD` finds where every letter is one of these.
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'(?:s|t|re|ve|ll|d|m)\b)?", re.I | re.ASCII)
# Letters that Unicode does not take apart, though people type them without.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)


class Word(NamedTuple):
    """A term and where in the text it was written."""

    term: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The terms of a text in their order."""
    for found in _WORD.finditer(text):
        if found["signs"]:
            yield from pairs(found[0], found.start())
        elif term := stemmed(found[0]):
            yield Word(term, found.start(), found.end())


def terms(text: str) -> list[str]:
    if text.isascii():
        return [stemmed(word) for word in _ASCII_WORD.findall(text)]
    return [word.term for word in words(text)]


def spellings(text: str) -> set[str]:
    """The words that somebody could have misspelt: folded, with their endings."""
    found = {folded(word) for word in set(written(text))}
    return {word for word in found if len(word) >= 4 and word.isalpha()}


def written(text: str) -> list[str]:
    """The words of a text as they stand there, without signs."""
    if text.isascii():
        return _ASCII_WORD.findall(text)
    return [found[0] for found in _WORD.finditer(text) if not found["signs"]]


def pairs(signs: str, start: int) -> Iterator[Word]:
    """Each two neighbouring signs, and the last one alone.

    So any run of signs is a phrase of pairs, and a single sign is the beginning of
    a term wherever it stands.
    """
    even = unicodedata.normalize("NFKC", signs)
    if len(even) != len(signs):
        # Half-wide letters that became fewer: each pair stands for the whole run.
        yield from (
            Word(even[at : at + 2], start, start + len(signs))
            for at in range(len(even))
        )
        return
    for at in range(len(even)):
        end = min(at + 2, len(even))
        yield Word(even[at:end], start + at, start + end)


def is_sign(term: str) -> bool:
    """Whether a term is made of signs that stand without spaces."""
    return _SIGNS.match(term) is not None


def stemmed(word: str) -> str:
    """The term of a word: “Überläufe’s” and “uberlaufe” are one."""
    return stem_of(folded(word))


@lru_cache(maxsize=1 << 16)
def stem_of(plain: str) -> str:
    """Made once, however a word was written: it takes longer than all else of it."""
    if plain.isascii() and plain.replace("'", "").isalpha():
        # It reads all its languages: a tenth of a second, of which most commands
        # need nothing.
        from snowballstemmer.english_stemmer import EnglishStemmer

        # One each: a stemmer holds the word it is at, and requests run in threads.
        plain = EnglishStemmer().stemWord(plain)
    return plain.replace("'", "")[:LONGEST]


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """Without capitals and accents. What is no letter any more is left out."""
    if word.isascii() and word.isalnum():
        return word.lower()[:LONGEST]
    plain = unicodedata.normalize("NFKD", word.replace("\u2019", "'").casefold())
    bare = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "M")
    kept = "".join(
        c for c in bare.casefold().translate(_PLAIN) if c.isalnum() or c == "'"
    )
    return unicodedata.normalize("NFC", kept)[:LONGEST]
