"""Understanding a written time on one day, for the tests of times."""

import datetime as dt

from incidents.documents.times import Question, Resolved, read_time, resolve

STARTED = dt.datetime(2024, 8, 18, 8, 15, tzinfo=dt.UTC)
NOW = dt.datetime(2024, 8, 20, 12, 0, tzinfo=dt.UTC)
BERLIN = "Europe/Berlin"
NEW_YORK = "America/New_York"
LORD_HOWE = "Australia/Lord_Howe"


def understand(
    text: str,
    zone: str | None = "UTC",
    *,
    previous: dt.datetime | None = None,
    started: dt.datetime | None = STARTED,
    day: dt.date | None = None,
) -> Resolved | Question:
    written = read_time(text)
    assert written is not None, f"{text!r} was not read as a time"
    return resolve(
        written, zone=zone, previous=previous, started=started, now=NOW, day=day
    )


def said(answer: Resolved | Question) -> str:
    """The moments of an answer in one line, those of a question in brackets."""
    if isinstance(answer, Question):
        return f"[{', '.join(said(choice.resolved) for choice in answer.choices)}]"
    until = f"/{answer.until.isoformat()}" if answer.until else ""
    return answer.at.isoformat() + until


def utc(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2024, 8, day, hour, minute, tzinfo=dt.UTC)
