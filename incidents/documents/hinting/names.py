"""People's names in a text, in any script."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Final

# Names that are words as well: alone they say nothing about who is meant.
WORDS: Final = frozenset(
    re.findall(
        r"\S+",
        """
    april art august baker banks bill black brown bush case chance chase
    christian church cliff cook crystal dale dawn day drew faith field fields
    fisher forest frank gene grace grant gray green grey guy hall harbor heath
    hill holly hope house hunter ivy jack jade joy june king lake lane law lee
    long love major mark marsh mason max may miles miller moon moss nick norm
    page park parks pat pearl penny pike pool porter price ray reed rich river
    rob robin root rose ruby rush rusty sandy sharp shell short sky small smith
    sol star stone storm sue summer swift taylor terry vane walker wall ward
    warren waters webb wells west white wild will winter wood woods young
    """,
    )
)
# Scripts that put no space between words: there a name is found anywhere.
UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]")
SHORTEST: Final = 3
Finder = Callable[[str], Iterable[re.Match[str]]]


def finder(present: Iterable[str], accounts: Iterable[str]) -> Finder:
    """Finds these people: those who were present by any of their names, the others
    by their full names alone.
    """
    wanted = {name for full in present for name in forms(clean(full))}
    wanted |= {name for full in accounts if is_full(name := clean(full))}
    if not wanted:
        return lambda text: ()
    longest_first = sorted(wanted, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(bounded(name) for name in longest_first))
    return pattern.finditer


def clean(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def is_full(name: str) -> bool:
    return is_a_persons(name) and (" " in name or bool(UNSPACED.search(name)))


def is_a_persons(name: str) -> bool:
    """Teams are written small: “platform team”. A person's words all begin large."""
    return bool(name) and all(not word[0].islower() for word in name.split())


def forms(name: str) -> Iterator[str]:
    """The full name, and its first and last words where they can only be names."""
    if not is_a_persons(name) or (" " not in name and not is_alone(name)):
        return
    yield name
    words = name.split()
    yield from (word for word in {words[0], words[-1]} if is_alone(word))


def is_alone(word: str) -> bool:
    if UNSPACED.search(word):
        return len(word) >= SHORTEST - 1
    return (
        len(word) >= SHORTEST
        and word[0].isupper()
        and not word.isupper()
        and word.casefold() not in WORDS
    )


def bounded(name: str) -> str:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return words if UNSPACED.search(name) else rf"(?<!\w){words}(?!\w)"
