"""SEV3, published: two spellings of one letter, in Japanese and in French."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

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
    ActionState,
    Detection,
    EntryKind,
    Priority,
    SectionKind,
)
from incidents.management.samples import people
from incidents.management.samples.day import MONDAY, Day
from incidents.management.samples.sample import Sample, answered_by, section, seen_at

SUMMARY = """
After uploads moved to the new object store, 48,260 files could not be opened. All of
them were there, complete, under names that looked right to everybody who checked:
names with letters such as **é** or **ü**, which can be written in two ways. Customers
in Japan met it first and most, with four of ten of their files.
"""

CAUSE = """
A letter with a mark can be one code point, or a base letter followed by its mark.
Both look the same on every screen.

| Name | In the database | In the store |
|---|---|---|
| ガイド.pdf | ガ is `e3 82 ac` | カ and a mark: `e3 82 ab e3 82 99` |
| Résumé.pdf | é is `c3 a9` | e and a mark: `65 cc 81` |
| length | 13 and 12 bytes | 19 and 14 bytes |

The web form brings every name into the composed form before it stores it. The old
file server kept names in the decomposed form, and hid this well: whichever form
one asked for, it found the file. The copy job listed the old server and used the
names that it was given. Since then the application asks for 13 bytes, and the
store truthfully says that it has no such key.

The rehearsal copied 2,000 files of one account and read every one of them back.
All 2,000 names were plain ASCII, where both forms are the same.

!!! tip "The count was right, and told us nothing"
    Before the cut-over we compared the number of files and the sum of their
    bytes. Both agreed exactly, because every file *was* there. A copy is
    checked by asking for things the way they will be asked for.
"""

CHANGES = """
What ended it, and what is still temporary:

- [x] Reads that find nothing try the other form of the name
- [x] 48,260 objects renamed to the form that the database holds
- [x] New uploads use a random key; the name is only something to show
- [ ] Older objects move to random keys as well
- [ ] The second read is removed, once nothing has used it for a month

We no longer use what people type as an address. A name may hold anything, in any
form, and can change; a key should do neither.
"""


def search(day: Day) -> tuple[Entry, ...]:
    tokyo = replace(day.later(1), zone="Asia/Tokyo")
    return (
        day.entry(
            "14:00",
            "Cut-over: uploads are read from the object store. Files and bytes agree "
            "with the old server, 1,556,804 of 1,556,804.",
        ),
        tokyo.entry(
            "09:20 JST",
            "A print shop in Osaka, its working day just begun, reports "
            "「ファイルが見つかりません」 (the file cannot be found) for each file "
            "of an order.",
            EntryKind.DETECTED,
        ),
        day.entry(
            "17:50",
            "Six messages, all from Japan. Support pages the storage team.",
            EntryKind.ESCALATION,
        ),
        day.entry(
            "18:05 to 18:40",
            "Suspected a stale cache at the Tokyo edge. Emptied it; nothing changed.",
            EntryKind.DEAD_END,
        ),
        day.entry(
            "18:45 to 19:05",
            "Suspected missing rights for the Tokyo region. But other files of the "
            "same account open.",
            EntryKind.DEAD_END,
        ),
        day.entry(
            "19:10",
            "A customer in Montréal cannot open `Résumé.pdf`. So it is not the "
            "country. **What do these names have in common?**",
            pinned=True,
        ),
    )


def repair(day: Day) -> tuple[Entry, ...]:
    return (
        day.entry(
            "20:25",
            "The key of `ガイド.pdf` in the store is 19 bytes long; the database asks "
            "for 13.",
            EntryKind.FINDING,
        ),
        day.entry(
            "21:30",
            "Reads that find nothing try the other form. Files open again.",
            EntryKind.MITIGATION,
        ),
        day.entry(
            "23:15 to 01:40",
            "A job renames 48,260 objects, slowly enough for nobody to notice.",
            EntryKind.ACTION,
        ),
        day.later(1).entry(
            "01:45",
            "Every file of the database was asked for once, by the name in the "
            "database. All 1,556,804 answered.",
            EntryKind.RESOLVED,
        ),
    )


def done(day: Day) -> tuple[Action, ...]:
    return (
        Action(
            text="Give new uploads a random key, and keep the name only for show",
            kind=ActionKind.PREVENT,
            priority=Priority.HIGH,
            owner=people.REVIEWER,
            due_on=day.later(18).date,
            state=ActionState.DONE,
            done_at=day.later(16).at("13:30"),
            done_by=people.REVIEWER,
            evidence="https://tickets.example.org/UP-77#merged",
            url="https://tickets.example.org/UP-77",
        ),
    )


def promised(day: Day) -> tuple[Action, ...]:
    return (
        Action(
            text="Move older objects to random keys",
            kind=ActionKind.PREVENT,
            priority=Priority.MEDIUM,
            owner=people.STORAGE,
            due_on=day.later(60).date,
            state=ActionState.IN_PROGRESS,
            url="https://tickets.example.org/UP-78",
        ),
        Action(
            text="Add names in Japanese, French, Arabic and emoji to every rehearsal",
            kind=ActionKind.DETECT,
            priority=Priority.MEDIUM,
            owner=people.AUTHOR,
            due_on=day.later(25).date,
            url="https://tickets.example.org/UP-80",
        ),
        Action(
            text="Alert when more than 1 % of reads from the store find nothing",
            kind=ActionKind.DETECT,
            priority=Priority.MEDIUM,
            owner=people.REVIEWER,
            due_on=day.later(45).date,
        ),
        Action(
            text="Remove the second read once nothing has used it for a month",
            kind=ActionKind.MITIGATE,
            priority=Priority.LOW,
            owner=people.STORAGE,
            due_on=day.later(88).date,
        ),
    )


def factors(
    timeline: tuple[Entry, ...], actions: tuple[Action, ...]
) -> tuple[Factor, ...]:
    return (
        Factor(
            text="Names that people chose were used as addresses.",
            category="Design",
            evidence=seen_at(timeline, "20:25"),
            answers=answered_by(
                actions, "Give new uploads", "Move older", "Remove the second"
            ),
        ),
        Factor(
            text="The rehearsal held no name outside ASCII.",
            category="Testing",
            evidence=seen_at(timeline, "14:00"),
            answers=answered_by(actions, "Add names"),
        ),
        Factor(
            text="A read that finds nothing was no cause for an alert.",
            category="Monitoring",
            evidence=seen_at(timeline, "09:20 JST"),
            answers=answered_by(actions, "Alert when"),
        ),
        Factor(
            text="The old server forgave either form, and so hid that there were two.",
            category="Dependency",
            evidence=seen_at(timeline, "20:25"),
            accepted="The server is gone, and was right to be kind.",
        ),
    )


SECTIONS: tuple[Section, ...] = (
    section(SectionKind.SUMMARY, "Summary", SUMMARY),
    section(SectionKind.ROOT_CAUSE, "Cause", CAUSE),
    section(SectionKind.PREVENTION, "What will change", CHANGES),
)


def document(day: Day) -> Document:
    entries = (*search(day), *repair(day))
    items = (*done(day), *promised(day))
    return Document(
        title="Résumé.pdf was there all the time, and could not be found",
        severity="SEV3",
        zone=day.zone,
        started_at=day.at("14:00"),
        detected_at=entries[1].at,
        mitigated_at=day.at("21:30"),
        resolved_at=day.later(1).at("01:45"),
        detection=Detection.CUSTOMER,
        users_affected_percent=Decimal("3.1"),
        users_affected_count=2_705,
        services=("storage", "uploads"),
        tags=("migration", "unicode"),
        owner=people.REVIEWER,
        participants=(
            Participant(person=people.STORAGE, role="lead"),
            Participant(person=people.REVIEWER, role="wrote the report"),
        ),
        sections=SECTIONS,
        timeline=entries,
        actions=items,
        factors=factors(entries, items),
    )


def sample(now: dt.datetime) -> Sample:
    day = Day.latest(MONDAY, by=now - dt.timedelta(weeks=4), zone="America/Los_Angeles")
    return Sample(
        document=document(day),
        started_writing=day.later(1).at("10:20"),
        shared=day.later(3).at("09:40"),
        published=day.later(8).at("11:00"),
    )
