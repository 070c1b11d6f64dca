"""What somebody may have meant whose search found nothing.

Each suggestion is asked of the index with the rights and filters of the search, so
that it finds something, and tells of nothing that this person may not see.
"""

from dataclasses import dataclass, replace

from incidents.documents.searching.asked import Clause, clause
from incidents.documents.searching.words import folded, is_sign
from incidents.search.finding import Question, newest_of
from incidents.search.vocabulary import near


@dataclass(frozen=True, slots=True)
class Advice:
    """`spelling` is the text as it was probably meant, empty where it is no guess.

    `lacking` are the words that nothing says; without any, they only never meet.
    """

    spelling: str
    lacking: list[str]


def advice(question: Question) -> Advice:
    lacking, meant = [], []
    for asked in question.asked.wanted:
        if finds(question, asked):
            meant.append(asked)
            continue
        lacking.append(asked.said)
        meant.append(likely(question, asked) or asked)
    mended = replace(question.asked, wanted=tuple(meant)).text
    return Advice("" if mended == question.asked.text else mended, lacking)


def likely(question: Question, asked: Clause) -> Clause | None:
    """The nearest word that finds something."""
    word = folded(asked.said)
    if len(asked.terms) > 1 or is_sign(word) or not word.isalpha():
        return None
    others = filter(None, map(clause, near(word)))
    return next((other for other in others if finds(question, other)), None)


def finds(question: Question, asked: Clause) -> bool:
    return bool(newest_of(question.saying(asked), most=1))
