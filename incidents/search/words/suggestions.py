"""What somebody may have meant whose search found nothing.

Each suggestion is asked of the index with the rights and filters of the search, so
that it finds something, and tells of nothing that this person may not see.
"""

from dataclasses import dataclass, replace

from incidents.documents.searching.query import Clause, clause
from incidents.documents.searching.words import folded, is_sign
from incidents.search.words.finding import Search, newest_of
from incidents.search.words.vocabulary import near


@dataclass(frozen=True, slots=True)
class Advice:
    """`spelling` is the text as it was probably meant, empty where it is no guess.

    `lacking` are the words that nothing says; without any, they only never meet.
    `rest` is what is left to ask for: the words that are there, alone or together.
    """

    spelling: str
    lacking: list[str]
    rest: list[str]


def advice(search: Search) -> Advice:
    wanted = search.query.wanted
    there = [asked for asked in wanted if finds(search, asked)]
    lacking = [asked for asked in wanted if asked not in there]
    likely_ones = {asked: likely(search, asked) for asked in lacking}
    meant = [likely_ones.get(asked, asked) for asked in wanted]
    known = tuple(asked for asked in meant if asked)
    spelt = lacking and known == tuple(meant) and finds(search, *known)
    together = lacking and finds(search, *there)
    typed = [asked.typed for asked in there]
    return Advice(
        spelling=replace(search.query, wanted=known).text if spelt else "",
        lacking=[asked.typed for asked in lacking],
        rest=[" ".join(typed)] if together else typed,
    )


def likely(search: Search, asked: Clause) -> Clause | None:
    """The nearest word that finds something."""
    word = folded(asked.typed)
    if len(asked.terms) > 1 or is_sign(word) or not word.isalpha():
        return None
    others = filter(None, map(clause, near(word)))
    return next((other for other in others if finds(search, other)), None)


def finds(search: Search, *asked: Clause) -> bool:
    """Whether something says all of these."""
    return bool(asked and newest_of(search.saying(*asked), most=1))
