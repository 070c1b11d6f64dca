"""The words for months, days and parts of a day, in five languages."""

import re
import unicodedata
from collections.abc import Iterable

_MONTHS = (
    "january jan enero ene janvier janv januar jänner janeiro",
    "february feb febrero février févr fév februar fevereiro fev",
    "march mar marzo mars märz mär mrz maerz março",
    "april apr abril abr avril avr",
    "may mayo mai maio",
    "june jun junio juin juni junho",
    "july jul julio juillet juil juli julho",
    "august aug agosto ago août",
    "september sept sep septiembre setiembre septembre setembro set",
    "october oct octubre octobre oktober okt outubro out",
    "november nov noviembre novembre novembro",
    "december dec diciembre dic décembre déc dezember dez dezembro",
)
_WEEKDAYS = (
    "monday mon lunes lundi montag segunda segunda-feira",
    "tuesday tue tues martes mardi dienstag terça terça-feira",
    "wednesday wed miércoles mercredi mittwoch quarta quarta-feira",
    "thursday thu thur thurs jueves jeudi donnerstag quinta quinta-feira",
    "friday fri viernes vendredi freitag sexta sexta-feira",
    "saturday sat sábado samedi samstag sonnabend",
    "sunday sun domingo dimanche sonntag",
)
_DAYS_FROM_TODAY = {
    -1: "yesterday ayer hier gestern ontem 昨日",
    0: "today hoy aujourd'hui heute hoje 今日",
    1: "tomorrow mañana demain morgen amanhã 明日",
}
_NOON = "noon midday mediodía midi mittag mittags meio-dia 正午"
_MIDNIGHT = "midnight medianoche minuit mitternacht meia-noite"


def plain(word: str) -> str:
    """The word in lower case and without accents, as the tables keep it."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _numbered(rows: tuple[str, ...], first: int) -> dict[str, int]:
    return {
        plain(word): number
        for number, row in enumerate(rows, first)
        for word in row.split()
    }


MONTHS = _numbered(_MONTHS, 1)
WEEKDAYS = _numbered(_WEEKDAYS, 0)
MONTH_NAMES = tuple(row[:3].title() for row in _MONTHS)
WEEKDAY_NAMES = tuple(row.split()[0].title() for row in _WEEKDAYS)
DAYS_FROM_TODAY = {
    plain(word): days for days, row in _DAYS_FROM_TODAY.items() for word in row.split()
}
HOURS = {
    **{plain(word): 12 for word in _NOON.split()},
    **{plain(word): 0 for word in _MIDNIGHT.split()},
}

# These are also everyday words: in lower case they need a year or a clock.
EVERYDAY_MONTHS = frozenset({"may", "march", "mar", "mars", "set", "out", "ago"})


def _any_of(rows: Iterable[str]) -> str:
    """A pattern for any of these words, longest first."""
    words = {word for row in rows for word in row.split()}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


HOUR_WORDS = _any_of((_NOON, _MIDNIGHT))
DAY_WORDS = _any_of((*_MONTHS, *_WEEKDAYS, *_DAYS_FROM_TODAY.values()))
ABOUT_WORDS = (
    r"circa|ca\.?|c\.|around|about|approx\.?|approximately|roughly|gegen|etwa"
    r"|ungefähr|vers|environ|hacia|sobre(?:\slas?)?|cerca\sd[ae]s?"
)
# "~00:20" and "9 May ca. 10:00", but not "08:00 ~ 09:00", which is a range.
_SAYS_ABOUT = re.compile(
    rf"(?:^|(?<!:\d\d)[\s(])(?:~|(?:{ABOUT_WORDS})(?!\w))", re.IGNORECASE
)
PREPOSITIONS = (
    r"at|by|on|from|since|between|entre|zwischen|the|um|ab|von|am|seit|à|le|a\slas?|la"
    r"|las|às?|as|desde|de|el|em|dia|kl\.?"
)
# The first word of everything that may open a time in a sentence.
OPENING_WORDS = frozenset(
    plain(word)
    for words in (HOUR_WORDS, DAY_WORDS, ABOUT_WORDS, PREPOSITIONS)
    for word in re.findall(r"[^\W\d_]+", re.sub(r"\\.|\?", " ", words))
)


def says_about(words: str) -> bool:
    """Whether a time as it was written is only about right."""
    return _SAYS_ABOUT.search(words) is not None
