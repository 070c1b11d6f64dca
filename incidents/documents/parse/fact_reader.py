"""Reading the facts of an incident from what labels and sentences say."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from incidents.documents.document import Participant, Person
from incidents.documents.parse.annotations import NUMBERED
from incidents.documents.parse.detection import find_detection
from incidents.documents.parse.facts import Facts, comparable, later, words_for
from incidents.documents.parse.labels import Labelled
from incidents.documents.parse.ledger import Remark
from incidents.documents.parse.moments import Clockwork, flat_times, has_clock
from incidents.documents.parse.numbers import (
    Length,
    find_count,
    find_lengths,
    find_opening_count,
    find_share,
    read_length,
)
from incidents.documents.parse.severity import find_severity, read_severity
from incidents.documents.times import Clock, WrittenTime, find_times, read_time

DIVIDE = re.compile(
    r"\s*(?:[,;、，·|]|\s&\s|\s(?:and|und|y|et|e)\s|<br\s*/?>)\s*|`\s+`|\s+(?=#\w)"
)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|\s*\(https?://[^()\s]+\)")
MENTION = re.compile(f"<@{NUMBERED}")
# How far a stated duration may be from start and end: "three hours", "about three".
ROUNDING, ROUGHLY = Decimal("0.03"), Decimal("0.2")
ROLES = {
    "author": "authors",
    "incident commander": "commander",
    "comms lead": "communications",
    "scribe": "scribe",
    "reporter": "reporter",
    "": "participants",
}
MOST_WORDS = 5
NOBODY = ("n/a", "none", "tbd", "-", "…", "...")
OVER = re.compile(
    r"fully functional|fully restored|restored|resolved|recovered|back (?:up|online"
    r"|to normal)|"
    r"normal again|to normal|à la normale|normalidad|normalidade"
    r"|wieder (?:normal|erreichbar|verfügbar|online)"
    r"|normalcy|all clear|incident (?:was )?(?:closed|over|ended)"
    r"|service was restored|outage ended|"
    r"behoben|wiederhergestellt|restablecid|restaurad|resuelt|resolvid|rétabli|résolu"
    r"|復旧|解決|恢复|解决",
    re.I,
)
# A line with a label of its own says nothing about the line above it.
SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n(?=\W{0,4}\w[\w /-]{1,30}:[*_]*\s)")
LASTED = re.compile(
    r"last(?:ed|ing)|downtime|outage|duration|heroic|took|after (?:about|around"
    r"|nearly|almost|approximately)?|"
    r"for (?:about|around|nearly|a total|approximately|over)?|dauer|duró|duración"
    r"|duré|durou|unavailable|down for",
    re.I,
)
FROM_TO = re.compile(
    r"\b(?:from|between|until|till|lasted|von|bis|zwischen|desde|hasta|de|entre|até)\b"
    r"|\d\s*(?:[–—→]|to)\s*\d|:\d\d\s*-\s*\d{1,2}:\d\d|から",
    re.I,
)


# The only time of "The incident began at 10:05" is the start.
BEGAN = re.compile(
    r"\b(?:incident|outage|impact|trouble|degradation)\s+(?:began|started)\b", re.I
)
# "41 tickets between 10:05 and 11:00" tells when people wrote, not how long it was.
COUNTED = re.compile(
    r"\d\s+(?:\w+\s+)?(?:tickets?|calls?|complaints?|e-?mails?|messages?|reports?)\b",
    re.I,
)


def names_in(value: str) -> tuple[str, ...]:
    """The names of a list in one line, without marks and links; no dates."""
    value = LINK.sub(r"\1", MENTION.sub("@", value))
    parts = (part.strip(" \t*_`\"'[]~#") for part in DIVIDE.split(value))
    names = (part for part in parts if part and part.casefold() not in NOBODY)
    return tuple(dict.fromkeys(name for name in names if read_time(name) is None))


class FactReader:
    """Collects facts: from labels first, then from sentences."""

    def __init__(self, labelled: Iterable[Labelled], clockwork: Clockwork) -> None:
        self.labelled = list(labelled)
        self.clockwork = clockwork
        self.facts = Facts()

    def values(self, name: str) -> list[Labelled]:
        return [one for one in self.labelled if one.name == name]

    def read_words(self, title: str, opening: str) -> None:
        """Facts that are not times."""
        facts = self.facts
        for one in self.values("severity"):
            facts.severity = facts.severity or read_severity(one.value)
            if facts.severity is None:
                self._say(
                    f"The severity “{one.value}” is not one that is known here.", one
                )
        facts.severity = (
            facts.severity or find_severity(title) or find_severity(opening)
        )
        facts.services = self._names("services")
        facts.tags = self._names("tags")
        coded = (find_severity(tag, alone=True) for tag in facts.tags)
        facts.severity = facts.severity or next(filter(None, coded), None)
        owner = self._names("owner")
        facts.owner = Person(name=person(owner[0])) if owner else None
        for role, name in ROLES.items():
            told = chain.from_iterable(names_in(one.value) for one in self.values(name))
            for who in filter(is_somebody, dict.fromkeys(told)):
                self._take_part(person(who), role)

    def _take_part(self, name: str, role: str) -> None:
        """Somebody who was there; nobody is named again for having no role."""
        if role or all(one.person.name != name for one in self.facts.people):
            self.facts.people.append(Participant(person=Person(name=name), role=role))

    def _names(self, name: str) -> tuple[str, ...]:
        every = (names_in(one.value) for one in self.values(name))
        return next(filter(None, every), ())

    def read_share(self, texts: Iterable[str]) -> None:
        for one in self.values("users"):
            self.facts.share = self.facts.share or find_share(one.value, labelled=True)
        for text in texts:
            self.facts.share = self.facts.share or find_share(text)

    def read_count(self, texts: Iterable[str], impacts: Iterable[str]) -> None:
        """How many people were hit, from a label or a sentence that says so, or
        from a line about the impact that opens with a number of them."""
        labels = (find_count(one.value, labelled=True) for one in self.values("users"))
        told = (find_count(text) for text in texts)
        opening = map(find_opening_count, impacts)
        every = (one for one in chain(labels, told, opening) if one is not None)
        self.facts.count = next(every, None)

    def read_detection(self, texts: Iterable[str]) -> None:
        names = ("detection", "detected")
        labels = (one.value for name in names for one in self.values(name))
        self.facts.detection = find_detection(chain(labels, texts))

    def read_day(self, texts: Iterable[str]) -> None:
        """The day of the incident, for clocks that have none beside them."""
        named = ("started", "date", "window", "duration", "detected", "resolved")
        values = [one.value for name in named for one in self.values(name)]
        every = [*values, *texts]
        for with_year in (True, False):
            for text in every:
                if day := self._day_in(text, with_year=with_year):
                    self.clockwork.day = self.facts.day = day
                    return
            if with_year:
                self._read_published()
        if self.facts.day is not None:
            self._remark(
                "No day of the incident is named; the one on which this was sent or "
                "published is taken."
            )

    def _read_published(self) -> None:
        """The day on which the text came out, near which its dates lie."""
        for one in self.values("published"):
            if day := self._day_in(one.value, with_year=True):
                self.clockwork.day = self.facts.day = day
                self.clockwork.published = day

    def _day_in(self, text: str, *, with_year: bool) -> dt.date | None:
        whole = read_time(text)
        every = [whole] if whole else [written for _, written in find_times(text)]
        for written in every:
            date = written.date
            if date and date.day and (date.year or not with_year):
                noon = self.clockwork.moment(at_noon(written), follow=False)
                if noon is not None:
                    return noon.at.date()
        return None

    def read_times(self) -> None:
        """Start, detection, mitigation and end from their labels."""
        for name in ("started", "window", "date", "duration"):
            self._window(name)
        self.clockwork.started = self.facts.started
        self.facts.detected = self._moment("detected") or self._moment("detection")
        self.facts.mitigated = self._moment("mitigated")
        end = self._moment("resolved")
        self.facts.resolved = end or self.facts.resolved
        for one in self.values("duration"):
            self.facts.stated = self.facts.stated or read_length(one.value)

    def _window(self, name: str) -> None:
        for one in self.values(name):
            whole = read_time(one.value)
            alone = [whole] if whole and has_clock(whole) else []
            times = flat_times(one.value) or alone
            # One "2 horas" beside "Duración" is how long it took, not when.
            if name != "duration" or len(times) > 1:
                self._take_window(times)

    def _take_window(self, times: list[WrittenTime]) -> None:
        if not times or self.facts.started:
            return
        first = self.clockwork.moment(times[0], follow=False)
        self.facts.started = first.at if first else None
        if first and len(times) > 1 and self.facts.resolved is None:
            last = times[-1]
            if last.date == times[0].date:
                last = replace(last, date=None)
                self.clockwork.day = first.at.date()
            self.facts.resolved = self._after(last, first.at)

    def _moment(self, name: str) -> dt.datetime | None:
        for one in self.values(name):
            written = read_time(one.value)
            times = (
                [written] if written and has_clock(written) else flat_times(one.value)
            )
            if times and (moment := self._after(times[0], self.facts.started)):
                return moment
        return None

    def _after(
        self, written: WrittenTime, start: dt.datetime | None
    ) -> dt.datetime | None:
        """A moment that follows the start; a clock before it is the next day's."""
        self.clockwork.restart()
        found = self.clockwork.moment(written, follow=False)
        if found is None:
            return None
        if written.date is None and comparable(start, found.at):
            assert start is not None
            if found.at < start:
                return later(found.at, dt.timedelta(days=1))
        return found.at

    def read_sentences(self, texts: Iterable[str]) -> None:
        """Start, end and length where no label gave them."""
        for text in texts:
            if self.facts.started is not None and self.facts.stated is not None:
                return
            for sentence in SENTENCE.split(text):
                self._sentence(sentence)

    def _sentence(self, sentence: str) -> None:
        facts = self.facts
        told = FROM_TO.search(sentence) and not COUNTED.search(sentence)
        times = flat_times(sentence) if facts.started is None else []
        if told and len(times) > 1:
            self._take_window(times)
        elif BEGAN.search(sentence):
            self._take_window(times[:1])
        if facts.stated is None and LASTED.search(sentence):
            facts.stated = next(iter(self._lengths(sentence)), None)

    def _lengths(self, sentence: str) -> list[Length]:
        found = []
        # What took seconds was a request, and no incident.
        for one in (a for a in find_lengths(sentence) if a.minutes >= 1):
            before = sentence[max(0, one.start - 40) : one.start]
            after = sentence[one.end : one.end + 30]
            if (
                LASTED.search(before)
                and not re.match(
                    r"\s*(?:before|later|after|ago|earlier|old|of data)\b", after
                )
            ) or re.match(
                r"[\s-]*(?:outage|downtime|incident|period|interruption)", after
            ):
                found.append(one)
        return found

    def read_end(self, texts: Iterable[str], *, start: dt.datetime | None) -> None:
        """The end, from a sentence that says that all was well again."""
        for text in texts:
            if self.facts.resolved is not None:
                return
            for sentence in SENTENCE.split(text):
                if OVER.search(sentence) and (times := flat_times(sentence)):
                    self.facts.resolved = self._after(times[-1], start)

    def _say(self, sentence: str, one: Labelled) -> None:
        self.facts.remarks.append(Remark(sentence, (one.line + 1,)))

    def settle(
        self, first_entry: dt.datetime | None, last_resolved: dt.datetime | None
    ) -> None:
        """Fill what only the timeline tells, and compare what is said twice."""
        facts = self.facts
        if facts.started is None and first_entry is not None:
            facts.started = first_entry
            self._remark("The start is taken from the first entry of the timeline.")
        if facts.resolved is None and last_resolved is not None:
            facts.resolved = last_resolved
            self._remark("The end is taken from the timeline.")
        if facts.resolved is None and facts.started is not None and facts.stated:
            facts.resolved = later(facts.started, facts.stated.delta)
            about = "about " if facts.stated.about else ""
            length = words_for(facts.stated.minutes)
            self._remark(
                f"The end is the start plus the stated duration of {about}{length}."
            )
        self._compare()

    def _compare(self) -> None:
        facts = self.facts
        minutes = facts.minutes
        if minutes is not None and minutes < 0 and facts.resolved is not None:
            end = f"{facts.resolved:%Y-%m-%d %H:%M}"
            self._remark(f"The end ({end}) lies before the start; it was left out.")
            facts.resolved = None
            return
        if facts.stated is None or minutes is None or not facts.resolved:
            return
        share = ROUGHLY if facts.stated.about else ROUNDING
        slack = max(Decimal(1), facts.stated.minutes * share)
        if abs(facts.stated.minutes - minutes) > slack:
            self._remark(
                f"The stated duration is {words_for(facts.stated.minutes)}, "
                f"but from start to end it is {words_for(Decimal(minutes))}."
            )

    def _remark(self, sentence: str) -> None:
        self.facts.remarks.append(Remark(sentence))


def is_somebody(name: str) -> bool:
    """Whether a few words can be a name: "300 customers" or a sentence is none."""
    return not any(map(str.isdigit, name)) and len(name.split()) <= MOST_WORDS


def person(name: str) -> str:
    return name.strip().removeprefix("@").removesuffix(">").strip()


def at_noon(written: WrittenTime) -> WrittenTime:
    return replace(written, clock=Clock(hour=12), zone="", until=None)
