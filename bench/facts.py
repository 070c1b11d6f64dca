"""What the measuring person has to know of the site; told from inside of it.

echo 'from bench.facts import print_facts; print_facts()' | manage.py shell
"""

import json
from random import Random

from django.db import connection
from django.test import Client

from bench.contract import Facts
from incidents.documents.kinds import ActionState
from incidents.management.load.words import vocabulary
from incidents.models import ActionItem, Listing, Section, Service, User
from incidents.search import keyset
from incidents.search.reports.filtering import NEWEST

# An author: they see what is open to them, and not simply everything.
WHO = "ada.abara"
MOST = 2000
POPULAR = 40
WORDS = {"rare": 2999, "middle": 300, "common": 20}
# Rare and middle ones, each asked for hardly twice.
NEW_WORDS = range(301, 2999)


def print_facts() -> None:
    print(json.dumps(facts(User.objects.get(username=WHO))))


def facts(user: User) -> Facts:
    client = Client()
    client.force_login(user)
    seen = Listing.objects.visible_to(user).order_by("pk")
    numbers = list(seen.values_list("pk", flat=True))
    mixed = Random(1).sample(numbers, min(MOST, len(numbers)))
    popular, others = mixed[:POPULAR], mixed[POPULAR:]
    changed, unread = others[:100], others[100:]
    return Facts(
        session=client.cookies["sessionid"].value,
        reports=popular,
        unread=unread,
        deep=deep_place(user),
        service=Service.objects.order_by("pk").values_list("name", flat=True)[0],
        words={name: vocabulary()[rank] for name, rank in WORDS.items()},
        new_words=[vocabulary()[n] for n in Random(2).sample(NEW_WORDS, MOST)],
        ticks=ticks(changed),
        sections=sections(changed),
        open_items=ActionItem.objects.open().count(),
    )


def open_all() -> None:
    """Open all action items."""
    closed = ActionItem.objects.exclude(state=ActionState.OPEN)
    closed.update(state=ActionState.OPEN, done_at=None, done_by=None, done_by_name="")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def deep_place(user: User) -> str:
    """The place in the listing after nine tenths of the reports."""
    seen = Listing.objects.visible_to(user).order_by(*(key.order() for key in NEWEST))
    row = seen[int(seen.count() * 0.9)]
    return keyset.place_of(row, NEWEST)


def ticks(numbers: list[int]) -> list[tuple[int, str]]:
    """An open item of each of these reports that has one."""
    rows = ActionItem.objects.open().filter(incident__in=numbers).order_by("pk")
    return [(row.incident_id, str(row.key)) for row in rows]


def sections(numbers: list[int]) -> list[tuple[int, str, int, str, str]]:
    """One section of each, with its version, its title and 4 KB of text for it."""
    rows = Section.objects.filter(incident__in=numbers, position=2).order_by("pk")
    return [
        (row.incident_id, str(row.key), row.version, row.title, padded(row.body))
        for row in rows
    ]


def padded(text: str) -> str:
    whole = "\n\n".join([text] * (1 + 4000 // len(text)))
    return whole[:4000]
