"""SEV1, published: a failover that could not finish, and would not give up."""

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
from incidents.management.samples.day import SUNDAY, Day
from incidents.management.samples.sample import (
    Remark,
    Sample,
    answered_by,
    section,
    seen_at,
)

SUMMARY = """
The primary database paused for 41 seconds, and the automatic failover began. One of
its steps could not succeed; it was tried without end, while the failover held the
lock that kept a healthy primary read-only. For three hours of a Sunday about 85 % of
the people who came saw only a loading screen. No data was lost.
"""

IMPACT = """
- **41,300 people** opened the shop between 08:15 and 11:15 UTC; some 35,000 of
  them got no further than the loading screen. The rest saw cached pages and
  could read, but not order.
- **About 2,140 orders** were not placed, measured against the same hours of the
  three Sundays before. By Monday evening roughly half of them had come in late.
- **No order was lost or doubled.** The replica was 0.2 seconds behind when writes
  stopped, and caught up before it was promoted.
"""

CAUSE = """
The failover has five steps. It takes the cluster lock, makes the old primary
read-only, pauses the connection pooler, *fences* the old primary (cuts its power
through the management network) and promotes the replica. Fencing is what makes
promotion safe, so nothing after it may run before it has succeeded.

```text
 probe      failover script       cluster lock      db-1       pooler
   |  3 misses    |                    |              |           |
   |------------->|  1 take            |              |           |
   |              |------------------->|              |           |
   |              |  2 read-only       |              |           |
   |              |---------------------------------->|           |
   |              |  3 pause           |              |           |
   |              |---------------------------------------------->|
   |              |  4 fence db-1 at 10.2.0.11                    |
   |              |----------------> x    nobody has this address |
   |              |                                               |
   |              '-- failed: wait 2 s, go to 4, keep the lock    |
```

Six weeks earlier the management network was renumbered, and `db-1` moved from
`10.2.0.11` to `10.8.0.11`. The inventory was updated. The failover script does
not read the inventory: its addresses are in a file of its own, which no check
compares with anything.

An address that does not answer looks the same as a machine that is slow to
answer. The script treats both as passing trouble and tries again every two
seconds, with no limit, **and with the lock in its hand**. By then `db-1` had long
recovered. It was ready to take writes, and was told every few seconds not to.

!!! note "Why the applications hung instead of failing"
    A paused pooler accepts connections and holds them. Every web worker waited
    politely for an answer, so health checks that only ask "is the process
    alive?" stayed green for the whole three hours.
"""

RESOLUTION = """
Stopping the script was not enough. The lock is a lease that a separate process
renews, and that process outlives the script which started it. Making `db-1`
writable by hand did not help either, because the pooler obeys the lock and not
the database.

What worked, in this order:

1. Stop the process that renews the lease, and wait the 30 seconds until it ends.
2. Restart both database nodes, `db-2` first.
3. Correct the management address, and run the failover by hand, each step
   confirmed by a second pair of eyes.
4. Let the web application back in groups of ten machines. Its caches were cold,
   and all groups at once would have asked `db-2` for five times its usual load.

Nothing temporary remains. `db-2` is still the primary, on purpose: there is no
reason to move back.
"""

PREVENTION = """
A failover must be allowed to **fail**. After three attempts at a step it now undoes
what it did, gives the lock back and calls a person: a shop on a slow primary is
better than a shop on none.

The rest is practice. This failover had passed its test two years ago and had not
run since. What runs every month cannot point at an old address for six weeks.
"""


def alarm(day: Day) -> tuple[Entry, ...]:
    return (
        day.entry(
            "08:15",
            "`db-1` stalls for 41 seconds while the kernel reclaims memory during the "
            "weekly statistics job. Three probes are missed; the failover begins.",
        ),
        day.entry(
            "08:16",
            "Query latency alert: p95 on the primary above 5 s. Database on-call is "
            "paged.",
            EntryKind.DETECTED,
        ),
        day.entry(
            "08:19",
            "Confirmed from outside: nobody gets past the loading screen. The status "
            "page says so.",
            EntryKind.ACTION,
        ),
    )


def search(day: Day) -> tuple[Entry, ...]:
    return (
        day.entry(
            "08:20 to 08:38",
            "Suspected the network, because connections open and then hang. Packet "
            "loss measured on both paths: 0 %.",
            EntryKind.DEAD_END,
        ),
        day.entry(
            "08:40 to 08:58",
            "Suspected a denial-of-service attack: nine times the usual number of open "
            "connections. But requests were 12 % *below* a usual Sunday. The "
            "connections were not arriving, they were waiting.",
            EntryKind.DEAD_END,
        ),
        Entry(
            text="The probe of `db-1` turns green again. Its log keeps only the last "
            "line, so nobody can say when.",
            as_written="some time before 09:00",
        ),
        day.entry(
            "09:00",
            "Database operations join the call.",
            EntryKind.ESCALATION,
        ),
        day.entry(
            "09:15",
            "The failover script is at attempt **1,780** of step 4, and holds the "
            "cluster lock. The address that it calls left the network six weeks ago.",
            EntryKind.FINDING,
            pinned=True,
        ),
    )


def repair(day: Day) -> tuple[Entry, ...]:
    return (
        day.entry(
            "09:22",
            "Script stopped. The lock stays: another process renews its lease.",
            EntryKind.ACTION,
        ),
        day.entry(
            "09:25 to 09:40",
            "Made `db-1` writable by hand. The pooler stays paused; it asks the lock, "
            "not the database.",
            EntryKind.DEAD_END,
        ),
        day.entry(
            "10:00",
            "Lease ended, both nodes restarted, failover run by hand with the right "
            "address. `db-2` is primary, and seven of ten requests succeed.",
            EntryKind.MITIGATION,
        ),
        day.entry(
            "10:05 to 11:05",
            "Web application restarted in groups of ten machines to spare the new "
            "primary.",
            EntryKind.ACTION,
        ),
        day.entry(
            "11:15",
            "Errors and latency as on any Sunday for ten minutes. All applications are "
            "back.",
            EntryKind.RESOLVED,
        ),
    )


def done(day: Day) -> tuple[Action, ...]:
    return (
        Action(
            text="Give each failover step three attempts, then undo and release the "
            "lock; test both directions",
            kind=ActionKind.PREVENT,
            priority=Priority.HIGH,
            owner=people.AUTHOR,
            due_on=day.later(5).date,
            state=ActionState.DONE,
            done_at=day.later(4).at("15:40"),
            done_by=people.AUTHOR,
            evidence="Both directions ran on staging with the fence unplugged: lock "
            "back after 9 s.",
            url="https://tickets.example.org/DB-508",
        ),
        Action(
            text="Write every failover decision to the log, with the step, the attempt "
            "and the address",
            kind=ActionKind.DETECT,
            priority=Priority.HIGH,
            owner=people.PLATFORM,
            due_on=day.later(5).date,
            state=ActionState.DONE,
            done_at=day.later(5).at("10:05"),
            done_by=people.REVIEWER,
            evidence="https://dashboards.example.org/failover-decisions",
            url="https://tickets.example.org/DB-509",
        ),
    )


def promised(day: Day) -> tuple[Action, ...]:
    return (
        Action(
            text="Run the failover automatically in each maintenance window",
            kind=ActionKind.PREVENT,
            priority=Priority.MEDIUM,
            owner=people.AUTHOR,
            due_on=day.later(40).date,
            state=ActionState.IN_PROGRESS,
            url="https://tickets.example.org/DB-511",
        ),
        Action(
            text="Read management addresses from the inventory, and drop the script's "
            "own file",
            kind=ActionKind.PREVENT,
            priority=Priority.MEDIUM,
            owner=people.DATABASE_ON_CALL,
            due_on=day.later(43).date,
            url="https://tickets.example.org/DB-512",
        ),
        Action(
            text="Page when the cluster lock is held for more than two minutes",
            kind=ActionKind.DETECT,
            priority=Priority.MEDIUM,
            owner=people.REVIEWER,
            due_on=day.later(75).date,
        ),
        Action(
            text="Hold a recovery drill that starts from a lock nobody gives back",
            kind=ActionKind.MITIGATE,
            priority=Priority.LOW,
            due_on=day.later(89).date,
        ),
    )


def factors(
    timeline: tuple[Entry, ...], actions: tuple[Action, ...]
) -> tuple[Factor, ...]:
    return (
        Factor(
            text="A step that cannot succeed was tried without limit, with the lock "
            "held.",
            category="Design",
            evidence=seen_at(timeline, "09:15", "09:22"),
            answers=answered_by(actions, "Give each failover step"),
        ),
        Factor(
            text="The script had its own copy of an address, which nothing compared "
            "with the inventory.",
            category="Configuration",
            evidence=seen_at(timeline, "09:15"),
            answers=answered_by(actions, "Read management addresses"),
        ),
        Factor(
            text="The failover had last run two years ago, in a test.",
            category="Testing",
            answers=answered_by(actions, "Run the failover", "Hold a recovery drill"),
        ),
        Factor(
            text="Nothing showed that a failover was running, so two searches went the "
            "wrong way first.",
            category="Monitoring",
            evidence=seen_at(timeline, "08:20 to 08:38", "08:40 to 08:58"),
            answers=answered_by(actions, "Write every failover", "Page when"),
        ),
    )


SECTIONS: tuple[Section, ...] = (
    section(SectionKind.SUMMARY, "Issue summary", SUMMARY),
    section(SectionKind.IMPACT, "Impact", IMPACT),
    section(SectionKind.ROOT_CAUSE, "Root cause", CAUSE),
    section(SectionKind.RESOLUTION, "Resolution and recovery", RESOLUTION),
    section(SectionKind.PREVENTION, "Corrective and preventative measures", PREVENTION),
)

REMARKS = (
    Remark(
        by="reviewer",
        about="",
        text="The story is clear. Say in the summary that nothing was lost: people "
        "will ask that first.",
        reply="Done, it is the last sentence.",
        resolved=True,
    ),
)


def document(day: Day) -> Document:
    entries = (*alarm(day), *search(day), *repair(day))
    items = (*done(day), *promised(day))
    return Document(
        title="The failover that locked the primary database",
        severity="SEV1",
        zone=day.zone,
        started_at=day.at("08:15"),
        detected_at=day.at("08:16"),
        mitigated_at=day.at("10:00"),
        resolved_at=day.at("11:15"),
        detection=Detection.ALERT,
        users_affected_percent=Decimal(85),
        users_affected_count=35_000,
        services=("database", "web"),
        tags=("failover", "retries"),
        owner=people.AUTHOR,
        participants=(
            Participant(person=people.DATABASE_ON_CALL, role="lead"),
            Participant(person=people.AUTHOR, role="wrote the report"),
            Participant(person=people.WEB_ON_CALL),
        ),
        sections=SECTIONS,
        timeline=entries,
        actions=items,
        factors=factors(entries, items),
    )


def sample(now: dt.datetime) -> Sample:
    day = Day.latest(SUNDAY, by=now - dt.timedelta(weeks=7), zone="UTC")
    return Sample(
        document=document(day),
        started_writing=day.later(1).at("09:10"),
        shared=day.later(2).at("16:30"),
        remarks=REMARKS,
        published=day.later(3).at("14:02"),
    )
