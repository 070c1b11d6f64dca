"""SEV2, in review: a slow helper that was waited for by everybody."""

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
from incidents.management.samples.day import TUESDAY, Day
from incidents.management.samples.sample import (
    Remark,
    Sample,
    answered_by,
    section,
    seen_at,
)

SUMMARY = """
On the busiest evening of the week three of four checkouts failed for an hour. The
service that completes addresses as people type had become slow. It is a comfort,
and checkout can do without it; but each checkout waited for it, up to 90 seconds,
until every worker of the shop was waiting and none was left to sell anything.
"""

IMPACT = """
- Between 18:02 and 19:06, **5,280 of 7,040** checkouts failed or were given up.
- Customers came back: until midnight 3,900 of these orders were placed after all.
- Browsing and uploads went on as usual. They have workers of their own.
"""

CAUSE = """
The address service is run by a partner. At 18:02 its answers went from 80 ms to
more than half a minute. Our side did what it was told:

- a timeout of **30 seconds**, the default of the client library;
- **three attempts**, also its default, one after the other;
- so up to 90 seconds for a worker that serves one checkout at a time.

The arithmetic of a queue did the rest:

```text
workers needed = checkouts per second x seconds for each

a usual evening     1.8 /s  x   0.9 s  =    1.6   of 40
that evening        1.8 /s  x  90   s  =  162     of 40
```

After 22 seconds there was no free worker. A checkout that did not need an
address at all, because the customer had one on file, waited in the same line.

Checkout has a fallback: when the service fails, people type the address themselves.
But a fallback that waits for a failure is of no use against slowness. Nothing had
failed yet.
"""

RESOLUTION = """
Turning the address service off by its feature flag ended it within a minute.

!!! warning "Still temporary"
    The flag is off, and customers type their addresses in full. It goes on again
    when the timeout and the breaker below are in place.

Adding workers had been tried first. It helped for 22 seconds, which is how long it
takes 40 more workers to start waiting as well.
"""

PREVENTION = """
A helper gets 300 milliseconds, once. After five slow answers in a row it is left
alone for a minute, and the form shows plain fields. We will go through the other
helpers of checkout with one question: *what happens here when this is slow, and
not down?*
"""


def search(day: Day) -> tuple[Entry, ...]:
    return (
        day.entry(
            "18:02",
            "Answers of the address service slow down from 80 ms to over 30 s.",
        ),
        day.entry("18:03", "All 40 checkout workers are busy. A queue forms."),
        day.entry(
            "18:16",
            "Alert: for five minutes, the orders of the last ten have been 60 % below "
            "the forecast. Web on-call is paged.",
            EntryKind.DETECTED,
        ),
        day.entry(
            "18:21 to 18:34",
            "Suspected the payment provider, the usual one. Its answers take 400 ms, "
            "as always.",
            EntryKind.DEAD_END,
        ),
        day.entry(
            "18:37",
            "40 more workers. For a moment, orders recover.",
            EntryKind.ACTION,
        ),
        day.entry(
            "18:38",
            "All 80 workers are busy. More workers are not the answer.",
            EntryKind.DEAD_END,
        ),
        day.entry(
            "18:44", "Platform team joins, to look into a worker.", EntryKind.ESCALATION
        ),
    )


def repair(day: Day) -> tuple[Entry, ...]:
    return (
        day.entry(
            "18:58",
            "Stacks of 80 workers: 79 are reading from a socket of the address "
            "service.",
            EntryKind.FINDING,
            pinned=True,
        ),
        day.entry(
            "19:05",
            "Address service turned off by its flag.",
            EntryKind.ACTION,
        ),
        day.entry(
            "19:06", "The queue is empty; checkouts succeed.", EntryKind.MITIGATION
        ),
        day.entry(
            "19:31",
            "25 minutes of orders as forecast or a little above: people are back.",
            EntryKind.RESOLVED,
        ),
    )


def actions(day: Day) -> tuple[Action, ...]:
    return (
        Action(
            text="Give the address service 300 ms and a single attempt",
            kind=ActionKind.PREVENT,
            priority=Priority.HIGH,
            owner=people.REVIEWER,
            due_on=day.later(3).date,
            state=ActionState.DONE,
            done_at=day.later(2).at("12:15"),
            done_by=people.REVIEWER,
            evidence="Load test with a 30 s helper: 0 of 10,000 checkouts failed.",
            url="https://tickets.example.org/SHOP-1204",
        ),
        Action(
            text="Leave a helper alone for a minute after five slow answers",
            kind=ActionKind.PREVENT,
            priority=Priority.HIGH,
            owner=people.AUTHOR,
            due_on=day.later(17).date,
            state=ActionState.IN_PROGRESS,
            url="https://tickets.example.org/SHOP-1205",
        ),
        Action(
            text="Page when four of five checkout workers are busy for a minute",
            kind=ActionKind.DETECT,
            priority=Priority.MEDIUM,
            owner=people.WEB_ON_CALL,
            due_on=day.later(31).date,
        ),
        Action(
            text="Run checkout against each of its six helpers made slow, one by one",
            kind=ActionKind.DETECT,
            priority=Priority.MEDIUM,
            due_on=day.later(38).date,
        ),
    )


def factors(
    timeline: tuple[Entry, ...], actions: tuple[Action, ...]
) -> tuple[Factor, ...]:
    return (
        Factor(
            text="The defaults of the client library suit a batch job: 30 seconds, "
            "three times.",
            category="Configuration",
            evidence=seen_at(timeline, "18:02", "18:03"),
            answers=answered_by(actions, "Give the address"),
        ),
        Factor(
            text="The fallback answered failure, not slowness.",
            category="Design",
            evidence=seen_at(timeline, "18:58"),
            answers=answered_by(actions, "Leave a helper", "Run checkout"),
        ),
        Factor(
            text="The alert looks at ten minutes of orders, then waits for five more.",
            category="Monitoring",
            evidence=seen_at(timeline, "18:16"),
            answers=answered_by(actions, "Page when"),
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
        about="Impact",
        text="Do we know how many came back **after** midnight? 3,900 of 5,280 leaves "
        "1,380 orders that may be lost.",
        reply="The shop keeps baskets for a week. I will count again on Friday.",
    ),
    Remark(
        by="admin",
        about="40 more workers. For a moment, orders recover.",
        text="For how long? The next entry says one minute.",
        reply="22 seconds, from the queue's own graph. It is in the resolution now.",
        resolved=True,
    ),
    Remark(
        by="reviewer",
        about="Run checkout against each of its six helpers",
        text="This one has no owner. Who takes it?",
    ),
)


def document(day: Day) -> Document:
    entries = (*search(day), *repair(day))
    items = actions(day)
    return Document(
        title="Checkout waited for a service that it could do without",
        severity="SEV2",
        zone=day.zone,
        started_at=day.at("18:02"),
        detected_at=day.at("18:16"),
        mitigated_at=day.at("19:06"),
        resolved_at=day.at("19:31"),
        detection=Detection.ALERT,
        users_affected_percent=Decimal(75),
        users_affected_count=5_280,
        services=("checkout", "web"),
        tags=("retries", "third party", "timeouts"),
        owner=people.AUTHOR,
        participants=(
            Participant(person=people.WEB_ON_CALL, role="lead"),
            Participant(person=people.AUTHOR, role="wrote the report"),
            Participant(person=people.PLATFORM),
        ),
        sections=SECTIONS,
        timeline=entries,
        actions=items,
        factors=factors(entries, items),
    )


def sample(now: dt.datetime) -> Sample:
    day = Day.latest(TUESDAY, by=now - dt.timedelta(weeks=1), zone="UTC")
    return Sample(
        document=document(day),
        started_writing=day.later(1).at("09:30"),
        shared=day.later(3).at("13:45"),
        remarks=REMARKS,
    )
