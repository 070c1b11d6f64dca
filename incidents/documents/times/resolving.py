"""From what was written to the moment that was meant, or to a question."""

import datetime as dt
from dataclasses import dataclass, replace

from incidents.documents.times.answers import Choice, Question, Resolved
from incidents.documents.times.around import Around, Backwards
from incidents.documents.times.clockwords import since_midnight
from incidents.documents.times.days import Days, days_of
from incidents.documents.times.moments import Moments, in_zone, moments_of
from incidents.documents.times.written import WrittenTime
from incidents.documents.times.zones import (
    is_local,
    offset_name,
    zone_name,
    zone_named,
    zone_note,
)

_HALF_DAY = dt.timedelta(hours=12)
_ONE_DAY = dt.timedelta(days=1)
_NOTHING_BEFORE = "Which day was this? Nothing before it says so."


def resolve(
    written: WrittenTime,
    *,
    zone: str | None,
    previous: dt.datetime | None,
    started: dt.datetime | None,
    now: dt.datetime,
    day: dt.date | None = None,
    backwards: Backwards = "ask",
) -> Resolved | Question:
    """The moment that was meant, or a question where it could be another one.

    `zone` counts where the text names none. The date is the written one, else
    that of `previous` (the entry before), else `day` (a heading), else that of
    `started`. `backwards` says what a clock earlier than `previous` means.
    """
    name = ("" if is_local(written.zone) else written.zone) or zone or ""
    tz = zone_named(name) if name else None
    if name and tz is None:
        return Question(sentence=_unknown_zone(name))
    try:
        around = Around(
            name=(zone_name(name) or "") if name else "",
            zone=tz,
            previous=in_zone(previous, tz) if previous else None,
            started=in_zone(started, tz) if started else None,
            now=in_zone(now, tz),
            day=day,
            backwards=backwards,
        )
        return _resolve(written, around)
    except (OverflowError, ValueError):
        return Question(sentence="This time lies outside of the calendar.")


def _unknown_zone(name: str) -> str:
    return (
        f"“{name}” is not a time zone known here. "
        "Write UTC+2, a common name such as CET, or a place such as Europe/Berlin."
    )


def _resolve(written: WrittenTime, around: Around) -> Resolved | Question:
    if written.after_start is not None:
        return _after_start(written, written.after_start, around)
    if written.clock is None:
        return Question(sentence="The day is clear; the time of day is missing.")
    if written.date:
        days = days_of(written.date, near=around.near, today=around.now.date())
        found = _on_days(written, days, around)
    else:
        days, found = Days(()), _undated(written, around)
    return _answer(written, found, around, days.notes)


def _after_start(
    written: WrittenTime, span: dt.timedelta, around: Around
) -> Resolved | Question:
    if around.started is None:
        return Question(sentence="This counts from the start, which is not known yet.")
    at = in_zone(_utc(around.started) + span, around.zone)
    zone = around.name or _own_zone(at)
    return Resolved(at=at, zone=zone, about=written.about)


def _own_zone(at: dt.datetime) -> str:
    offset = at.utcoffset()
    return "" if offset is None else offset_name(offset)


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo is None else moment.astimezone(dt.UTC)


def _on_days(written: WrittenTime, days: Days, around: Around) -> Moments:
    spans = since_midnight(written)
    each = [
        moments_of(_midnight(day) + span, around.zone)
        for day in days.all
        for span in spans.all
    ]
    whys = (days.why, spans.why, *(moments.why for moments in each))
    why = next(filter(None, whys), "")
    return Moments(tuple(at for moments in each for at in moments.all), why)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def _undated(written: WrittenTime, around: Around) -> Moments:
    """The day comes from what stands around; a clock that runs backwards from
    there has perhaps passed midnight."""
    day = around.known_day
    if day is None:
        return _today_or_yesterday(written, around)
    same_day = _on_days(written, Days((day,)), around)
    before = _overtaken(written, same_day, around)
    if before is None or around.backwards == "same_day":
        return same_day
    next_day = _on_days(written, Days((day + _ONE_DAY,)), around)
    if around.backwards == "next_day":
        return next_day
    far = _utc(before) - _utc(same_day.all[-1]) > _HALF_DAY
    likely, other = (next_day, same_day) if far else (same_day, next_day)
    clock = f"{before:%H:%M} {around.name}" if written.zone else f"{before:%H:%M}"
    why = f"The time before this one is {clock}. Did midnight pass?"
    return Moments((*likely.all, *other.all), why)


def _overtaken(
    written: WrittenTime, found: Moments, around: Around
) -> dt.datetime | None:
    """The moment before this one that lies later on the same day, if any. An
    entry may come some hours before the start, but not most of a day."""
    latest = max(_utc(at) for at in found.all)
    if around.previous:
        before = _as_exact(around.previous, written)
        return around.previous if latest < _utc(before) else None
    if around.started and not around.day and latest < _utc(around.started) - _HALF_DAY:
        return around.started
    return None


def _as_exact(before: dt.datetime, written: WrittenTime) -> dt.datetime:
    """`10:45` does not run back behind `10:45:30`: it names the whole minute."""
    if written.clock and written.clock.second is not None:
        return before
    return before.replace(second=0, microsecond=0)


def _today_or_yesterday(written: WrittenTime, around: Around) -> Moments:
    today = around.now.date()
    found = _on_days(written, Days((today, today - _ONE_DAY)), around)
    likely = sorted(found.all, key=lambda at: _utc(at) > _utc(around.now))
    return Moments(tuple(likely), _NOTHING_BEFORE)


def _answer(
    written: WrittenTime, found: Moments, around: Around, notes: tuple[str, ...]
) -> Resolved | Question:
    note = zone_note(around.name) if written.zone else ""
    plain = Resolved(
        at=found.all[0],
        zone=around.name,
        about=written.about,
        notes=(*notes, note) if note else notes,
    )
    readings = _readings(written, plain, found, around)
    if len(readings.all) == 1:
        return readings.all[0]
    return Question(sentence=readings.why, choices=tuple(map(_choice, readings.all)))


@dataclass(frozen=True, slots=True)
class _Readings:
    all: tuple[Resolved, ...]
    why: str


def _readings(
    written: WrittenTime, plain: Resolved, found: Moments, around: Around
) -> _Readings:
    """Every pair of a start and an end that the words can mean."""
    if written.until is None:
        return _Readings(tuple(replace(plain, at=at) for at in found.all), found.why)
    why = found.why
    pairs: list[Resolved] = []
    for at in found.all:
        ends = _ends(written.until, at, around)
        why = why or ends.why
        pairs += [
            replace(plain, at=at, until=in_zone(end, around.zone)) for end in ends.all
        ]
    return _Readings(tuple(pairs), why)


def _ends(until: WrittenTime, at: dt.datetime, around: Around) -> Moments:
    """The moments at which a range can end: on its own date, else on the day of
    its start, else, being earlier than the start, on the day after."""
    zone = (zone_named(until.zone) if until.zone else None) or around.zone
    on_its_clock = replace(around, zone=zone)
    start = in_zone(at, zone).date()
    if until.date:
        days = days_of(until.date, near=start, today=around.now.date())
    else:
        days = Days((start,))
    found = _on_days(until, days, on_its_clock)
    later = tuple(end for end in found.all if _utc(end) >= _utc(at))
    if later or until.date:
        return replace(found, all=later or found.all)
    return _on_days(until, Days((start + _ONE_DAY,)), on_its_clock)


def _choice(resolved: Resolved) -> Choice:
    ends = (resolved.at, resolved.until or resolved.at)
    offsets = " to ".join(dict.fromkeys(filter(None, map(_own_zone, ends))))
    same = not offsets or offsets == resolved.zone
    label = resolved.understood if same else f"{resolved.understood} ({offsets})"
    return Choice(label=label, resolved=resolved)
