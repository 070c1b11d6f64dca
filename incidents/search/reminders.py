"""Which open action items belong into whose digest, asked for many people at once.

A person never hears of what they may not see: each question says so itself. It costs
the same number of queries for one person and for many, whatever they have promised;
only each of the site's managers, who are few, is asked for alone.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber

from incidents.documents.kinds import ActionState, Rhythm
from incidents.documents.reminding import Part, Rules, part_of
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
from incidents.models.action import ActionItemQuerySet, within
from incidents.models.incident import seen_by
from incidents.models.user import UserQuerySet

# More rows than this nobody reads in a mail; the rest is a link to the board.
MOST_ROWS: Final = 20
ORDER: Final = ("due_order", "urgency", "pk")


@dataclass(slots=True)
class Told:
    """A part of somebody's digest: its first rows, and how many there are in all."""

    part: Part
    total: int
    rows: list[ActionItem] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


Digests = Mapping[int, list[Told]]


def managers_of(policy: ActionPolicy) -> UserQuerySet:
    """Whom the policy names: by account, and by group."""
    named = policy.managers.through.objects.filter(actionpolicy=policy.pk)
    by_name = Exists(named.filter(user=OuterRef("pk")))
    in_group = Exists(
        User.groups.through.objects.filter(
            group=policy.managers_group_id, user=OuterRef("pk")
        )
    )
    return User.objects.with_rights().filter(Q(by_name) | Q(in_group))


def digests(people: Sequence[User], policy: ActionPolicy, today: dt.date) -> Digests:
    """The parts of each person's digest of a day; nobody without any is named.

    Each item is told to a person once: as its owner, or for their incident, or as
    a manager.
    """
    found: dict[int, dict[Part, Told]] = defaultdict(dict)
    for part, row, person in [
        *to_owners(people, policy.rules, today),
        *to_leads(people, policy.rules, today),
        *to_managers(people, policy, today),
    ]:
        told = found[person].setdefault(part, Told(part, vars(row)["total"]))
        told.rows.append(row)
    return {
        person: sorted(parts.values(), key=lambda told: list(Part).index(told.part))
        for person, parts in found.items()
    }


Line = tuple[Part, ActionItem, int]


def to_owners(people: Sequence[User], rules: Rules, today: dt.date) -> list[Line]:
    """What each has promised and is late, due today or due soon."""
    heard = Q()
    for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        theirs = [user.pk for user in people if user.reminders == rhythm]
        heard |= Q(owner__in=theirs) & within(rules.of_owner(today, rhythm), today)
    rows = open_items().filter(heard, seen_by_each(people, "owner"))
    part = Case(
        When(due_order__lt=today, then=Value(Part.LATE.value)),
        When(due_order=today, then=Value(Part.TODAY.value)),
        default=Value(Part.SOON.value),
    )
    first = first_of(rows.annotate(part=part), "owner", "part")
    return [(part_of(row.due_order, today), row, row.owner_id or 0) for row in first]


def to_leads(people: Sequence[User], rules: Rules, today: dt.date) -> list[Line]:
    """What others have promised after an incident that one owns, and is late."""
    reach = rules.of_lead(today)
    if reach is None:
        return []
    rows = open_items().filter(
        ~owned_by_same("owner", "incident__owner"),
        seen_by_each(people, "incident__owner"),
        incident__owner__in=[user.pk for user in people],
    )
    first = first_of(rows.reached(reach, today), "incident__owner")
    return [(Part.LEAD, row, row.incident.owner_id or 0) for row in first]


def to_managers(
    people: Sequence[User], policy: ActionPolicy, today: dt.date
) -> list[Line]:
    """What is late for long, to each of the site's managers among these people."""
    reach = policy.rules.of_managers(today)
    if reach is None:
        return []
    lines: list[Line] = []
    for user in managers_of(policy).filter(pk__in=[user.pk for user in people]):
        rows = open_items().reached(reach, today).filter(seen_by(user, "incident__"))
        rows = rows.exclude(owner=user)
        if policy.lead_after is not None:
            rows = rows.exclude(incident__owner=user)
        lines += [(Part.SITE, row, user.pk) for row in first_of(rows)]
    return lines


def open_items() -> ActionItemQuerySet:
    """What is still promised, with all that a mail says of it."""
    rows = ActionItem.objects.filter(lane=ActionState.OPEN)
    rows = rows.exclude(incident__state=State.WITHDRAWN)
    return rows.select_related("incident__severity", "owner")


def first_of(rows: ActionItemQuerySet, *by: str) -> Collection[ActionItem]:
    """The most pressing rows of each group, each with the `total` of its group."""
    groups = [F(name) for name in by]
    numbered = rows.annotate(
        place=Window(RowNumber(), partition_by=groups, order_by=ORDER),
        total=Window(Count("pk"), partition_by=groups),
    )
    return numbered.filter(place__lte=MOST_ROWS).order_by(*ORDER)


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
