"""Which open action items belong into whose digest, asked for many people at once.

A person never hears of what they may not see: each question says so itself. It costs
the same number of queries for one person and for many, whatever they have promised;
only each of the site's managers, who are few, is asked for alone.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from django.db.models import Exists, F, OuterRef, Q

from incidents.documents.actions.reminding import DigestPart, Rules, part_of
from incidents.documents.kinds import Rhythm
from incidents.models import (
    MANAGE,
    WRITE,
    ActionItem,
    ActionPolicy,
    Incident,
    State,
    User,
    Visibility,
)
from incidents.models.action import ActionItemQuerySet, due_within
from incidents.models.incident import seen_by

# More rows than this nobody reads in a mail; the rest is a link to the board.
MOST_ROWS: Final = 20
ORDER: Final = ("due_order", "urgency", "pk")


@dataclass(slots=True)
class DuePart:
    """A part of somebody's digest: how many items, and the most pressing of them."""

    part: DigestPart
    total: int = 0
    items: list[int] = field(default_factory=list)
    rows: list[ActionItem] = field(default_factory=list)

    def add(self, item: int) -> None:
        self.total += 1
        if len(self.items) < MOST_ROWS:
            self.items.append(item)

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


Digests = Mapping[int, Sequence[DuePart]]
# Who hears of which item, and as what.
Heard = tuple[int, DigestPart, int]


def managers_among(people: Sequence[User], policy: ActionPolicy) -> list[User]:
    """Those of these people whom the policy names: by account, or by group."""
    named = policy.managers.through.objects.filter(actionpolicy=policy.pk)
    grouped = User.groups.through.objects.filter(group=policy.managers_group_id)
    pks = User.objects.filter(
        Q(pk__in=named.values("user")) | Q(pk__in=grouped.values("user"))
    ).values_list("pk", flat=True)
    chosen = set(pks)
    return [user for user in people if user.pk in chosen]


def digests(people: Sequence[User], policy: ActionPolicy, today: dt.date) -> Digests:
    """The parts of each person's digest of a day; nobody without any is named.

    Each item is told to a person once: as its owner, or for their incident, or as
    a manager.
    """
    found: dict[int, dict[DigestPart, DuePart]] = defaultdict(dict)
    for person, part, item in chain(
        to_owners(people, policy.rules, today), to_leads(people, policy.rules, today)
    ):
        found[person].setdefault(part, DuePart(part)).add(item)
    for person, told in to_managers(people, policy, today):
        found[person][DigestPart.SITE] = told
    fill([told for parts in found.values() for told in parts.values()])
    return {
        person: [parts[part] for part in DigestPart if part in parts]
        for person, parts in found.items()
    }


def fill(parts: Sequence[DuePart]) -> None:
    """The rows of all the items that are told, with what a mail says of them."""
    wanted = {item for told in parts for item in told.items}
    rows = ActionItem.objects.select_related("incident__severity", "owner")
    there = rows.in_bulk(wanted) if wanted else {}
    for told in parts:
        told.rows = [there[item] for item in told.items]


def to_owners(people: Sequence[User], rules: Rules, today: dt.date) -> Iterator[Heard]:
    """What each has promised and is late, due today or due soon."""
    heard = Q()
    for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        theirs = [user.pk for user in people if user.reminders == rhythm]
        heard |= Q(owner__in=theirs) & due_within(rules.of_owner(today, rhythm), today)
    rows = open_items().filter(heard, seen_by_each(people, "owner"))
    for owner, item, due in rows.values_list("owner", "pk", "due_order"):
        yield owner, part_of(due, today), item


def to_leads(people: Sequence[User], rules: Rules, today: dt.date) -> Iterator[Heard]:
    """What others have promised after an incident that one owns, and is late."""
    reach = rules.of_lead(today)
    if reach is None:
        return
    rows = open_items().filter(
        ~owned_by_same("owner", "incident__owner"),
        due_within(reach, today),
        seen_by_each(people, "incident__owner"),
        incident__owner__in=[user.pk for user in people],
    )
    for lead, item in rows.values_list("incident__owner", "pk"):
        yield lead, DigestPart.LEAD, item


def to_managers(
    people: Sequence[User], policy: ActionPolicy, today: dt.date
) -> Iterator[tuple[int, DuePart]]:
    """What is late for long, to each of the site's managers among these people."""
    reach = policy.rules.of_managers(today)
    if reach is None:
        return
    for user in managers_among(people, policy):
        rows = open_items().filter(
            due_within(reach, today), seen_by(user, "incident__")
        )
        rows = rows.exclude(owner=user)
        if policy.lead_after is not None:
            rows = rows.exclude(incident__owner=user)
        if total := rows.count():
            first = rows.values_list("pk", flat=True)[:MOST_ROWS]
            yield user.pk, DuePart(DigestPart.SITE, total, list(first))


def open_items() -> ActionItemQuerySet:
    """What is still promised, the most pressing first."""
    rows = ActionItem.objects.open()
    return rows.exclude(incident__state=State.WITHDRAWN).order_by(*ORDER)


def owned_by_same(one: str, other: str) -> Q:
    return Q(**{f"{one}__isnull": False, one: F(other)})


def seen_by_each(people: Sequence[User], who: str) -> Q:
    """As `seen_by`, but of each row for the person to whom `who` leads from it."""
    writers = [user.pk for user in people if WRITE in user.rights]
    managers = [user.pk for user in people if MANAGE in user.rights]
    own = Q(incident__owner=F(who)) | Q(incident__created_by=F(who))
    everyone = Q(incident__visibility=Visibility.EVERYONE)
    there = Q(incident__state=State.PUBLISHED) | own | Q(**{f"{who}__in": writers})
    allowed = everyone | own | named(who)
    return Q(**{f"{who}__in": managers}) | (there & allowed)


def named(who: str) -> Q:
    """Incidents that are open to this person by name, or by one of their groups."""
    here = OuterRef("incident")
    people = Incident.allowed_users.through.objects.filter(
        incident=here, user=OuterRef(who)
    )
    groups = Incident.allowed_groups.through.objects.filter(
        incident=here, group__user=OuterRef(who)
    )
    return Q(Exists(people)) | Q(Exists(groups))
