"""SEV2, published: a nightly job on the one night that has an hour twice."""

import datetime as dt
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
from incidents.management.samples.day import Day
from incidents.management.samples.sample import Sample, answered_by, section, seen_at

SUMMARY = """
On the night the clocks went back, half past two came twice, and each time it started
the nightly invoice run. **1,912 customers** received two invoices for the same orders,
and 611 of them were about to be debited twice. The debits were called back before the
bank worked on them.
"""

IMPACT = """
| | First run | Second run |
|---|---:|---:|
| Started | 02:30 CEST (00:30 UTC) | 02:30 CET (01:30 UTC) |
| Invoices issued | 1,912 | 1,912 |
| E-mails sent | 1,912 | 1,912 |
| Direct debits in the bank file | 611 | 611 |
| Sum of the debits | 48,306.20 EUR | 48,306.20 EUR |

Support answered 143 messages by Monday noon. The 1,912 surplus invoices were
cancelled by credit notes, since an invoice that has a number cannot be deleted.
"""

TRIGGER = """
The end of summer time. At 03:00 CEST clocks in Berlin returned to 02:00 CET, as
they do on the last Sunday of each October.[^fold]

[^fold]: Time libraries tell the two passes apart with one bit. In Python it is
    the attribute `fold`: 0 for the first pass, 1 for the second.
"""

DETECTION = """
A customer told us, five hours and eighteen minutes after the second run began. We
could have known within a minute: the number of invoices of one night had never
before been larger than the number of orders delivered the day before. Both numbers
are in the same database, and nothing compared them.
"""

CAUSE = """
Eleven days earlier, the nightly jobs moved from an old machine to the new
scheduler. The old machine kept its clock in UTC. The new one reads schedules in
the zone of the office, which looked like a kindness: `30 2 * * *` means half past
two, summer and winter.

It decides once a minute whether the wall clock matches a schedule. It does not
ask whether this *moment* has been served. On the night of the change the wall
clock matched at 00:30 UTC and again at 01:30 UTC. Both answers were right.

The invoice run should have been safe even so. It refuses to bill an order twice
*within one run*: its key is the order together with the start of the run in UTC.

```text
first run    (order 70 114, 00:30 UTC)   new key, invoice issued
second run   (order 70 114, 01:30 UTC)   new key, invoice issued
```

The key answered the question "did this run see this order?". The question that
matters is "has this order been billed?".
"""

RESOLUTION = """
1. The bank took back the second debit file. It had been sent at 06:00, but would
   not be worked on before Monday.
2. The invoice run was paused and given a new key: the order alone, held unique by
   the database.
3. A short, plain letter went to each customer the same afternoon: what happened,
   that nothing is owed twice, and that there is nothing to do.
4. On Monday morning a script, checked by two people, issued 1,912 credit notes.
"""

PREVENTION = """
Jobs now start by UTC. The schedule page shows both times, so that people can go
on thinking in local time. And whatever starts a job, **an order can be billed
once**: that sentence has moved from a script into a constraint.
"""

WELL = """
- Cause to fix took 25 minutes, because each invoice carries the number of its run.
- The first letter to customers went out before most of them had opened the second
  invoice.
"""

WRONG = """
- The check-list for the time change covered what customers *see* (opening hours,
  delivery slots) and not what machines *do*.
- Support saw six messages in an hour but had no rule for when six is many.
"""

LUCK = """
- Clocks change on a Sunday, and banks rest on Sundays. On a working day the
  second file would have been on its way at 07:00.
"""


def night(day: Day) -> tuple[Entry, ...]:
    eve, second = day.later(-1), again(day)
    return (
        eve.entry(
            "23:40",
            "The check-list for the time change is ticked off. The new scheduler has "
            "run eleven nights without a fault.",
        ),
        day.entry(
            "02:30 CEST to 02:41 CEST",
            "First invoice run: 1,912 invoices, as expected.",
        ),
        second.entry(
            "02:00 CET",
            "Clocks go back. It is 02:00 for the second time.",
            pinned=True,
        ),
        second.entry(
            "02:30 CET to 02:41 CET",
            "Second invoice run: 1,912 invoices for the same orders.",
        ),
    )


def morning(day: Day) -> tuple[Entry, ...]:
    return (
        day.entry("06:00", "The bank file leaves, with 611 debits in it twice."),
        day.entry(
            "07:48",
            "A customer writes: two invoices, two numbers, one order.",
            EntryKind.DETECTED,
        ),
        day.entry(
            "08:55",
            "Sixth message of the kind. Support pages the owner of invoicing.",
            EntryKind.ESCALATION,
        ),
        day.entry(
            "09:20 to 09:50",
            "Suspected the mail provider of sending twice. But the invoice numbers "
            "differ: there are two invoices, not two letters.",
            EntryKind.DEAD_END,
        ),
    )


def repair(day: Day) -> tuple[Entry, ...]:
    monday = day.later(1)
    return (
        day.entry(
            "10:10",
            "Two runs in the job history, both at 02:30 and an hour apart in UTC.",
            EntryKind.FINDING,
        ),
        day.entry(
            "10:35",
            "Invoice run paused; the bank confirms that the second file is called "
            "back. No more harm can come.",
            EntryKind.MITIGATION,
        ),
        day.entry(
            "15:20",
            "Letter sent to all 1,912 customers.",
            EntryKind.ACTION,
        ),
        monday.entry(
            "02:30",
            "First night with the new key, watched by two people: 1,204 orders, 1,204 "
            "invoices.",
        ),
        monday.entry(
            "09:15",
            "Credit notes issued; books and bank agree to the cent.",
            EntryKind.RESOLVED,
        ),
    )


def again(day: Day) -> Day:
    """The same day, its hours meant the second time they come."""
    return Day(day.date, day.zone, second_pass=True)


def preventing(day: Day) -> tuple[Action, ...]:
    return (
        Action(
            text="Make the order alone the key of an invoice, unique in the database",
            kind=ActionKind.PREVENT,
            priority=Priority.HIGH,
            owner=people.AUTHOR,
            due_on=day.later(1).date,
            state=ActionState.DONE,
            done_at=day.at("17:30"),
            done_by=people.AUTHOR,
            evidence="A second run on a copy of that night issued 0 invoices.",
            url="https://tickets.example.org/INV-311",
        ),
        Action(
            text="Start all scheduled jobs by UTC, and show local time beside it",
            kind=ActionKind.PREVENT,
            priority=Priority.HIGH,
            owner=people.PLATFORM,
            due_on=day.later(12).date,
            state=ActionState.DONE,
            done_at=day.later(10).at("11:25"),
            done_by=people.REVIEWER,
            evidence="https://tickets.example.org/OPS-940#result",
            url="https://tickets.example.org/OPS-940",
        ),
    )


def limiting(day: Day) -> tuple[Action, ...]:
    return (
        Action(
            text="Alert when a night's invoices outnumber the orders delivered",
            kind=ActionKind.DETECT,
            priority=Priority.MEDIUM,
            owner=people.REVIEWER,
            due_on=day.later(26).date,
            state=ActionState.DONE,
            done_at=day.later(25).at("14:10"),
            done_by=people.REVIEWER,
            evidence="Rehearsed with that night's data: fired after 40 s.",
            url="https://tickets.example.org/INV-314",
        ),
        Action(
            text="Hold every bank file back for 24 hours",
            kind=ActionKind.MITIGATE,
            priority=Priority.LOW,
            owner=people.ADMIN,
            state=ActionState.DECLINED,
            declined_because="It would delay some 600 debits by a day, every day. "
            "The unique key removes the case for which it was meant.",
        ),
        Action(
            text="Agree with support when a number of like messages is an incident",
            kind=ActionKind.PROCESS,
            priority=Priority.MEDIUM,
            owner=people.SUPPORT,
            due_on=day.later(33).date,
            state=ActionState.DONE,
            done_at=day.later(31).at("16:00"),
            done_by=people.SUPPORT,
            evidence="Three in an hour; on the first page of the support handbook.",
        ),
    )


def factors(
    timeline: tuple[Entry, ...], actions: tuple[Action, ...]
) -> tuple[Factor, ...]:
    runs = ("02:30 CEST to 02:41 CEST", "02:30 CET to 02:41 CET")
    return (
        Factor(
            text="The scheduler matches the wall clock, which is not a count of time.",
            category="Software defect",
            evidence=seen_at(timeline, *runs, "10:10"),
            answers=answered_by(actions, "Start all scheduled jobs"),
        ),
        Factor(
            text="The key against double billing named the run, so each run had a key "
            "of its own.",
            category="Design",
            evidence=seen_at(timeline, *runs),
            answers=answered_by(actions, "Make the order alone"),
        ),
        Factor(
            text="Nothing compared the invoices of a night with its orders.",
            category="Monitoring",
            evidence=seen_at(timeline, "06:00", "07:48"),
            answers=answered_by(actions, "Alert when"),
        ),
        Factor(
            text="An invoice cannot be deleted once it has a number, so undoing took a "
            "day.",
            category="Dependency",
            evidence=seen_at(timeline, "09:15"),
            accepted="The law asks for it, and rightly so.",
        ),
    )


SECTIONS: tuple[Section, ...] = (
    section(SectionKind.SUMMARY, "Summary", SUMMARY),
    section(SectionKind.IMPACT, "Impact", IMPACT),
    section(SectionKind.ROOT_CAUSE, "Trigger", TRIGGER),
    section(SectionKind.DETECTION, "Detection", DETECTION),
    section(SectionKind.ROOT_CAUSE, "Root cause", CAUSE),
    section(SectionKind.RESOLUTION, "Resolution and recovery", RESOLUTION),
    section(SectionKind.PREVENTION, "Corrective and preventative measures", PREVENTION),
    section(SectionKind.LESSONS, "What went well", WELL),
    section(SectionKind.LESSONS, "What went wrong", WRONG),
    section(SectionKind.LESSONS, "Where we got lucky", LUCK),
)


def document(day: Day) -> Document:
    entries = (*night(day), *morning(day), *repair(day))
    items = (*preventing(day), *limiting(day))
    return Document(
        title="The hour that came twice, and 1,912 invoices with it",
        severity="SEV2",
        zone=day.zone,
        started_at=again(day).at("02:30"),
        detected_at=day.at("07:48"),
        mitigated_at=day.at("10:35"),
        resolved_at=day.later(1).at("09:15"),
        detection=Detection.CUSTOMER,
        users_affected_percent=Decimal("4.5"),
        users_affected_count=1_912,
        services=("invoicing", "scheduler"),
        tags=("daylight saving", "duplicates"),
        owner=people.AUTHOR,
        participants=(
            Participant(person=people.AUTHOR, role="lead"),
            Participant(person=people.SUPPORT, role="customer messages"),
            Participant(person=people.PLATFORM),
        ),
        sections=SECTIONS,
        timeline=entries,
        actions=items,
        factors=factors(entries, items),
    )


def sample(now: dt.datetime) -> Sample:
    day = Day.clocks_back(by=now - dt.timedelta(weeks=6), zone="Europe/Berlin")
    return Sample(
        document=document(day),
        started_writing=day.later(2).at("10:00"),
        shared=day.later(3).at("11:15"),
        published=day.later(5).at("15:30"),
    )
