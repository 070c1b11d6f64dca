"""Who writes in a made-up site, and what its incidents are about."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from incidents import models

FIRST: Final = "Ada Boris Chidi Dana Emre Freya Goran Hana Ines Jonas"
LAST: Final = "Abara Brandt Costa Doyle"
# How many of every ten have each role; the rest read.
ROLES: Final = {"author": 6, "reviewer": 2, "admin": 1, "reader": 1}
SERVICES: Final = (
    "accounts billing calendar cart catalogue chat checkout customers email events "
    "exports feeds files fraud gateway identity images imports invoices ledger login "
    "mobile notifications orders payments pricing profiles queue recommendations "
    "refunds reports scheduler search sessions shipping storage support tax uploads web"
)
TAGS: Final = (
    "alerting backup cache capacity certificate change clock config cost data deploy "
    "disk dns failover hardware human latency load memory migration network overload "
    "partial-outage queueing quota rate-limit recurring region release retry rollback "
    "security slow-query third-party timeout upgrade"
)


@dataclass(frozen=True, slots=True)
class World:
    """Everything that incidents refer to, made before them."""

    authors: list[models.User]
    reviewers: list[models.User]
    severities: list[models.Severity]
    services: list[models.Service]
    tags: list[models.Tag]
    categories: dict[str, models.FactorCategory]
    accounts: dict[str, models.User]


def make_world(now: dt.datetime) -> World:
    people = make_people(now)
    authors, reviewers = people["author"], people["reviewer"]
    return World(
        authors=authors,
        reviewers=reviewers,
        severities=list(models.Severity.objects.order_by("rank")),
        services=[models.Service.objects.create(name=n) for n in SERVICES.split()],
        tags=[models.Tag.objects.create(name=name) for name in TAGS.split()],
        categories={row.name: row for row in models.FactorCategory.objects.all()},
        accounts={user.username: user for user in (*authors, *reviewers)},
    )


def make_people(now: dt.datetime) -> dict[str, list[models.User]]:
    """Forty accounts that nobody can log in to: they have no password."""
    names = [(first, last) for last in LAST.split() for first in FIRST.split()]
    roles = [role for role, share in ROLES.items() for _ in range(share)]
    people: dict[str, list[models.User]] = {role: [] for role in ROLES}
    nothing = make_password(None)
    for place, (first, last) in enumerate(names):
        role = roles[place % len(roles)]
        person = models.User.objects.create(
            username=f"{first}.{last}".lower(),
            first_name=first,
            last_name=last,
            email=f"{first}.{last}@example.org".lower(),
            password=nothing,
            date_joined=now,
        )
        person.groups.add(Group.objects.get(name=role))
        people[role].append(person)
    return people


def some_services(random: Random, rows: list[models.Service]) -> list[models.Service]:
    """One to three of them; some fail more often than others."""
    weights = [1 / (place + 2) for place in range(len(rows))]
    chosen = random.choices(rows, weights, k=random.choice((1, 1, 1, 2, 2, 3)))
    return list(dict.fromkeys(chosen))
