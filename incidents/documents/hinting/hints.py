"""Hints about words that keep readers from learning. They never stop anybody.

Each names the words it is about, so that a writer can disagree and set it aside.
False alarms cost more than misses: where a pattern could be innocent, it is silent.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from incidents.documents.document import Document
from incidents.documents.hinting import blame, claims, names, promises
from incidents.documents.hinting.prose import prose, sentence_at
from incidents.documents.kinds import ActionState, EntryKind, SectionKind

CLOSED: Final = (ActionState.DONE, ActionState.DECLINED)
# Why it happened is told here; elsewhere a name says who was there.
CAUSAL: Final = (SectionKind.ROOT_CAUSE,)
# What should be from now on is no wish about the past.
AHEAD: Final = (SectionKind.PREVENTION,)
ADVICE: Final = {
    "person": "A person is named where causes are told. Say what the system allowed, "
    "and what the person saw at that moment.",
    "blame": "“Human error” ends the search too early. What made the slip easy, and "
    "what let it through?",
    "hindsight": "“Should have” judges from what is known now. Say what was known "
    "then, and what made it sensible.",
    "vague": "This promise has no end: say what will be different, so that "
    "everybody can see when it is done.",
    "total": "This calls the outage total, and the impact says that it was partial. "
    "Make the two agree.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """`part` is the key of the part it is about, `words` where it stumbled."""

    name: str
    part: str
    words: str
    sentence: str

    @property
    def advice(self) -> str:
        return ADVICE[self.name]

    @property
    def key(self) -> str:
        """The same for the same words in the same part, whatever changes around."""
        told = "\0".join((self.name, self.part, self.sentence))
        return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the document without its code and quotations."""

    part: str
    words: str


Finder = Callable[[str], Iterable[re.Match[str]]]


def hints(document: Document, people: Iterable[str] = ()) -> tuple[Hint, ...]:
    """What to think about again. `people` are full names of accounts."""
    causes = list(causal(document))
    told = [*causes, *elsewhere(document)]
    named = names.finder(names_of(document), people)
    found = chain(
        look("person", named, causes),
        look("blame", blame.human_error, causes),
        look("hindsight", blame.should_have, told),
        look("vague", promises.vague, promised(document)),
        look("total", claims.total, told) if is_partial(document) else (),
    )
    return tuple(dict.fromkeys(found))


def look(name: str, finder: Finder, texts: Iterable[Text]) -> Iterator[Hint]:
    for text in texts:
        for match in finder(text.words):
            yield Hint(
                name=name,
                part=text.part,
                words=match[0],
                sentence=sentence_at(text.words, match),
            )


def causal(document: Document) -> Iterator[Text]:
    for section in document.sections:
        if section.kind in CAUSAL:
            yield Text(section.key, prose(section.body))
    for factor in document.factors:
        yield Text(factor.key, prose(factor.text))
    for entry in document.timeline:
        if entry.kind == EntryKind.FINDING:
            yield Text(entry.key, prose(entry.text))


def elsewhere(document: Document) -> Iterator[Text]:
    """The rest of what is told about the past."""
    for section in document.sections:
        if section.kind not in (*CAUSAL, *AHEAD):
            yield Text(section.key, prose(section.body))
    for entry in document.timeline:
        if entry.kind != EntryKind.FINDING:
            yield Text(entry.key, prose(entry.text))


def promised(document: Document) -> Iterator[Text]:
    for item in document.actions:
        if item.state not in CLOSED:
            yield Text(item.key, prose(item.text))


def names_of(document: Document) -> Iterator[str]:
    if document.owner:
        yield document.owner.name
    yield from (row.person.name for row in document.participants)
    yield from (item.owner.name for item in document.actions if item.owner)


def is_partial(document: Document) -> bool:
    share = document.users_affected_percent
    return share is not None and share < 100
