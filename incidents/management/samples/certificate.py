"""SEV4, a draft: a warning that spoke in an empty room. Half of it is to be written."""

import datetime as dt

from incidents.documents.document import (
    Action,
    Document,
    Entry,
    Factor,
    Participant,
    Section,
)
from incidents.documents.kinds import (
    ActionKind,
    Detection,
    EntryKind,
    Priority,
    SectionKind,
)
from incidents.management.samples import people
from incidents.management.samples.day import THURSDAY, Day
from incidents.management.samples.sample import Sample, section, seen_at

SUMMARY = """
The dashboards for staff showed a certificate error on Thursday morning: their
certificate had run out during the night. Renewal had been failing for 30 days, and
an alert said so each day, in a channel that has had no readers for months.
"""

CAUSE = """
Renewal proves that a name is ours by a record in DNS. The token that may write this
record was replaced 31 days ago, as it should be every year; the renewal job went
on with the old one.

Still to find out:

- [ ] Which other jobs hold a copy of that token?
- [x] Which other certificates does the job renew? *None that customers see.*
- [ ] Who receives the alerts of the closed channel now? At least four rules name it.
"""


def timeline(day: Day) -> tuple[Entry, ...]:
    return (
        Entry(
            text="The DNS token is replaced; the renewal job is not on the list of its "
            "users.",
            as_written="about a month before",
        ),
        day.entry("00:14", "The certificate of the dashboards runs out."),
        day.entry(
            "08:42",
            "An engineer opens a dashboard and gets a warning instead.",
            EntryKind.DETECTED,
        ),
        day.entry(
            "08:50 to 09:05",
            "Suspected the office proxy, which was updated the evening before. From "
            "home it is the same.",
            EntryKind.DEAD_END,
        ),
        day.entry(
            "09:20",
            "Job log: 30 refusals in 30 nights, each with an alert to `#ops-legacy`.",
            EntryKind.FINDING,
        ),
        day.entry(
            "09:38",
            "New token given to the job; certificate renewed.",
            EntryKind.RESOLVED,
        ),
    )


def actions(day: Day) -> tuple[Action, ...]:
    return (
        Action(
            text="Point the four alert rules of the closed channel at one with readers",
            kind=ActionKind.DETECT,
            priority=Priority.MEDIUM,
            owner=people.ADMIN,
            due_on=day.later(29).date,
            url="https://tickets.example.org/OPS-1017",
        ),
        Action(text="Look at certificates from outside, and warn 14 days ahead"),
    )


SECTIONS: tuple[Section, ...] = (
    section(SectionKind.SUMMARY, "Summary", SUMMARY),
    section(SectionKind.IMPACT, "Impact"),
    section(SectionKind.DETECTION, "Detection"),
    section(SectionKind.ROOT_CAUSE, "Root cause", CAUSE),
    section(SectionKind.RESOLUTION, "Resolution and recovery"),
    section(SectionKind.PREVENTION, "Corrective and preventative measures"),
    section(
        SectionKind.LESSONS,
        "Where we got lucky",
        "The job renews one certificate only, and no customer ever sees it.",
    ),
)


def document(day: Day) -> Document:
    entries = timeline(day)
    return Document(
        title="The certificate warning that nobody was there to read",
        severity="SEV4",
        zone=day.zone,
        started_at=day.at("00:14"),
        detected_at=day.at("08:42"),
        resolved_at=day.at("09:38"),
        detection=Detection.ENGINEER,
        services=("internal tools",),
        tags=("alerting", "certificates"),
        owner=people.AUTHOR,
        participants=(Participant(person=people.AUTHOR, role="wrote the report"),),
        sections=SECTIONS,
        timeline=entries,
        actions=actions(day),
        factors=(
            Factor(
                text="The alert went to a channel that no longer has readers.",
                category="Monitoring",
                evidence=seen_at(entries, "09:20"),
            ),
        ),
    )


def sample(now: dt.datetime) -> Sample:
    day = Day.latest(THURSDAY, by=now - dt.timedelta(days=1), zone="Europe/Berlin")
    return Sample(document=document(day), started_writing=day.at("16:05"))
