"""Numbers in running text: spans of time, and the share of users hit."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

WORDS = {
    word: number
    for number, words in {
        0.5: "half",
        1: "a an one un una une ein eine einen einer um uma",
        2: "two dos deux zwei dois duas",
        3: "three tres trois drei três",
        4: "four cuatro quatre vier quatro",
        5: "five cinco cinq fünf",
        6: "six seis sechs",
        7: "seven siete sept sieben sete",
        8: "eight ocho huit acht oito",
        9: "nine nueve neuf neun nove",
        10: "ten diez dix zehn dez",
        11: "eleven",
        12: "twelve",
        15: "fifteen",
        20: "twenty",
        30: "thirty",
        40: "forty",
        45: "forty-five",
        50: "fifty",
        90: "ninety",
    }.items()
    for word in words.split()
}
UNITS = {
    "d": r"days?|d|tage?n?|d[íi]as?|jours?|日間?|天",
    "h": r"hours?|hrs?|h|stunden?|std\.?|horas?|heures?|時間|小时|小時|个小时",
    "m": r"minutes?|mins?|min\.|m|minuten?|minutos?|分間?|分钟|分鐘",
    "s": r"seconds?|secs?|s|sekunden?|segundos?|secondes?|秒",
}
MINUTES = {"d": Decimal(1440), "h": Decimal(60), "m": Decimal(1), "s": Decimal(1) / 60}
NUMBER = rf"\d+(?:[.,]\d+)?|\b(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})\b"
PART = re.compile(
    rf"(?P<number>{NUMBER})(?P<half>\s+and\s+a\s+half|½)?\s*(?:-\s*)?"
    rf"(?:(?P<d>{UNITS['d']})|(?P<h>{UNITS['h']})|(?P<m>{UNITS['m']})"
    rf"|(?P<s>{UNITS['s']}))"
    r"(?![A-Za-zÀ-ÿ])(?P<and_half>\s+and\s+a\s+half)?"
    r"(?P<rest>(?<=\dh|\sh)\s?[0-5]\d(?=\W*$|\s*[,;.)]\s|\s+[–—-]\s))?",
    re.I,
)
GAP = re.compile(r"^\s*(?:,|and|und|y|et|e|&)?\s*(?:and\s+)?$")
ABOUT = re.compile(
    r"\b(?:about|around|app?rox\w*|roughly|nearly|almost|over|more than|ca|circa|etwa"
    r"|rund|unos|environ|cerca|約|大约|some|just)\W*$|[~≈約]\s*$",
    re.I,
)
# Ten years: whatever is longer is no outage.
LONGEST = Decimal(5_256_000)
CLOCKED = re.compile(r"^\s*~?(\d{1,3}):([0-5]\d)(?::([0-5]\d))?\s*(?:h|hours|hrs)?\b")


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as written: in minutes, and whether only roughly so."""

    minutes: Decimal
    about: bool
    start: int
    end: int

    @property
    def delta(self) -> dt.timedelta:
        return dt.timedelta(minutes=float(self.minutes))


def find_lengths(text: str) -> list[Length]:
    """The lengths in a text; "2 hours and 15 minutes" is one."""
    found: list[Length] = []
    for match in PART.finditer(text):
        minutes = _minutes(match)
        if minutes > LONGEST:
            continue
        start = match.start()
        if (
            found
            and GAP.match(text[found[-1].end : start])
            and minutes < found[-1].minutes
        ):
            last = found.pop()
            found.append(
                Length(last.minutes + minutes, last.about, last.start, match.end())
            )
        else:
            about = ABOUT.search(text[max(0, start - 20) : start]) is not None
            found.append(Length(minutes, about, start, match.end()))
    return found


def _minutes(match: re.Match[str]) -> Decimal:
    written = match["number"].lower().replace(",", ".")
    number = Decimal(str(WORDS[written])) if written in WORDS else Decimal(written)
    if match["half"] or match["and_half"]:
        number += Decimal("0.5")
    unit = next(name for name in "dhms" if match[name])
    return number * MINUTES[unit] + int(match["rest"] or 0)


def read_length(text: str) -> Length | None:
    """The first length in a labelled value, "1:45" meaning hours and minutes."""
    if match := CLOCKED.match(text):
        minutes = Decimal(int(match[1]) * 60 + int(match[2]))
        return Length(minutes, False, match.start(), match.end())
    return next(iter(find_lengths(text)), None)


PERSON = (
    r"(?:users?|customers?|clients?|subscribers?|visitors?|members?|accounts?"
    r"|merchants?|tenants?|"
    r"shoppers?|players?|people|readers?|buyers?|sellers?|drivers?|riders?|patients?"
    r"|students?|"
    r"nutzer\w*|kunden|kundinnen|benutzer\w*|anwender\w*|usuarios?|usu[áa]rios?"
    r"|clientes?|"
    r"utilisateurs?|visiteurs?|visitantes?|besucher\w*|会員|ユーザー?|利用者|顧客|お客様|用户|客户|使用者)"
)
PERCENT = (
    r"(?P<n>\d{1,3}(?:[.,]\d+)?)\s?(?:%|％|(?:percent|per cent|pct|prozent|por ?ciento"
    r"|por cento|pour cent)\b|パーセント)"
)
OF_PEOPLE = re.compile(
    PERCENT
    + r"[\"”“»’]?\s*(?:\([^)]{0,80}\)\s*)?"
    + r"(?:of|der|des|unserer|de|das|dos|のう?ち?|的)?\s*"
    + r"(?:[\w'’*-]+\s+){0,3}?[\w*-]*?"
    + PERSON,
    re.I,
)
PEOPLE_BEFORE = re.compile(
    PERSON + r"\W{0,9}(?:の|中)?\s*"
    r"(?:(?:affected|impacted|hit|were|was|had|saw|have|about|around"
    r"|roughly|approximately|nearly|ca|etwa|rund|über|约|約|的|betroffen|afectados|waren"
    r"|affect[ée]s)\W{0,9}){0,4}[(:：|~≈*]{0,9}\s*"
    + PERCENT
    + r"(?!\s*(?:of|der|des|de)\b)",
    re.I,
)
NOT_RANGE = re.compile(r"\d\s*%?\s*(?:-|–|—|to|bis|a)\s*$")


def find_share(text: str, *, labelled: bool = False) -> Decimal | None:
    """The per cent of users or customers that a text names, if it is one number."""
    for shape in (OF_PEOPLE, PEOPLE_BEFORE):
        for match in shape.finditer(text):
            if value := _share(text, match):
                return value
    alone = re.search(PERCENT, text, re.I) if labelled else None
    return _share(text, alone) if alone else None


def _share(text: str, match: re.Match[str]) -> Decimal | None:
    value = Decimal(match["n"].replace(",", "."))
    before = text[: match.start("n")]
    if value > 100 or NOT_RANGE.search(before) or before[-1:].isdigit():
        return None
    between = text[match.end("n") : match.end()]
    if re.search(
        r"\b(?:requests?|traffic|cpu|disk|memory|capacity|errors?|latency|calls"
        r"|anfragen)\b",
        between,
        re.I,
    ):
        return None
    return value


COUNT = (
    r"(?<![A-Za-z0-9_.,$€£#:/-])(?P<n>\d{1,3}(?:[., \u00a0\u202f'’]\d{3})+"
    r"|\d+\.\d(?=\s?(?:k|million|mio)\b)|\d+)"
    r"(?P<k>\s?(?:k|thousand|million|mio|mil|mille|tausend)\b|万)?(?![\d%％]|[.,:/-]\d|\s?%)"
)
# Who else can be hit; per cents are only those of users and customers.
OTHERS = r"(?:employees|callers|suppliers|passengers|guests|anrufer\w*|proveedores)"
SOME_PEOPLE = (
    rf"{COUNT}(?:\s+(?:out )?of(?:\s+(?:our|the|all))?(?:\s+[\d.,]+k?)?)?\s*"
    rf"(?:[^\W\d]+\s+){{0,2}}?(?:名の|人の|个)?(?:{PERSON}|{OTHERS})\b"
)
HIT = (
    r"(?:affect\w*|impact\w*|hit|unable|could\s?n[o'’]t|couldn[’']t|lost|saw|got|received"
    r"|experienced|missed|betroffen\w*|betraf|konnten|afectad\w*|afect[óo]"
    r"|afetad\w*|impactad\w*|n[ãa]o conseguiram|no pudieron|touch[ée]\w*"
    r"|(?:stuck|down|unavailable|broken|slow|failing|failed)\s+for"
    r"|concern[ée]\w*|n['’]ont pas)"
)
WERE = r"\s+(?:(?:were|was|are|have been|had been|waren|sind|fueron|foram|ont été)\s+)?"
ROUGHLY = (
    r"(?:(?:about|around|roughly|approx\w*\.?|nearly|over|some|ca\.?|etwa|rund"
    r"|unos|cerca de|environ|約|大约)\s*)?[~≈]?\s?"
)
PEOPLE = re.compile(SOME_PEOPLE, re.I)
PEOPLE_HIT = re.compile(rf"{SOME_PEOPLE}{WERE}{HIT}", re.I)
HIT_PEOPLE = re.compile(
    rf"\b{HIT}\s+(?:a\s+)?{ROUGHLY}{SOME_PEOPLE}",
    re.I,
)
IN_YEAR = re.compile(r"\b(?:in|since|during|im|en|em|seit|desde)\s+$", re.I)
COUNT_ALONE = re.compile(
    rf"^\W*{ROUGHLY}{COUNT}\s*"
    rf"(?:$|[(;,|/（]|[人名](?:$|\W|以上)|(?:[^\W\d]+\s+){{0,2}}?{PERSON})",
    re.I,
)
# "1,204 customers found …" at the start of a line, but not "12 users wrote to us".
OPENING_COUNT = re.compile(
    rf"^(?:\s*[-*+•]\s)?\W{{0,4}}{ROUGHLY}{SOME_PEOPLE}"
    r"(?!\s+(?:wrote|reported|complained|called|opened|contacted|asked))",
    re.I | re.M,
)
TIMES = {
    "万": 10_000,
    "k": 1000,
    "thousand": 1000,
    "tausend": 1000,
    "mil": 1000,
    "mille": 1000,
}


def find_count(text: str, *, labelled: bool = False) -> int | None:
    """The number of users or customers that a text says were hit."""
    shapes = (COUNT_ALONE, PEOPLE) if labelled else (PEOPLE_HIT, HIT_PEOPLE)
    for shape in shapes:
        for match in shape.finditer(text):
            before = text[max(0, match.start("n") - 20) : match.start("n")]
            if not NOT_RANGE.search(before) and not IN_YEAR.search(before):
                return _count(match)
    return None


def find_opening_count(text: str) -> int | None:
    """The number of people with which a line about the impact opens."""
    match = OPENING_COUNT.search(text)
    return _count(match) if match else None


def _count(match: re.Match[str]) -> int:
    unit = (match["k"] or "").strip().casefold()
    times = TIMES.get(unit, 1_000_000 if unit else 1)
    if re.fullmatch(r"\d+\.\d", match["n"]):
        return int(Decimal(match["n"]) * times)
    return int(re.sub(r"\D", "", match["n"])) * times
