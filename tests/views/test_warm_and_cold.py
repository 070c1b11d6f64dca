"""What is kept between requests shows nobody more, or less, than drawing it anew."""

import re
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache.backends.locmem import LocMemCache
from django.db import router
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from incidents.database.prepared import Prepared, PreparedSql, Value
from incidents.documents.document import Action, Person
from incidents.documents.kinds import ActionState
from incidents.models import Incident, Service, State, User, Visibility
from incidents.search import block_counts
from incidents.search.actions import board_numbers
from incidents.templatetags import caching
from incidents.workflow.actions.state import set_state
from incidents.workflow.reviewing.access import set_access
from incidents.workflow.reviewing.withdraw import reinstate, withdraw
from tests.factories import browser_of, make_draft, make_report, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TOKEN = re.compile(r'(value="|X-CSRFToken": ")\w{64}"')
PAGES = (
    *("/reports/", "/reports/?q=fuses", "/reports/?service=lift", "/drafts/"),
    *("/actions/", "/actions/?group=owner", "/insights/", "/insights/services/lift/"),
)
STEPS = 24


@contextmanager
def cold() -> Iterator[None]:
    """As in a process that has just begun; what was kept is there again afterwards."""

    def made_anew(
        self: Prepared[Any], shape: Hashable, values: Mapping[str, Value]
    ) -> PreparedSql[Any]:
        return self.prepare(shape, values, router.db_for_read(self.model))

    nothing = LocMemCache("cold", {})
    nothing.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(caching, "CACHE", caching.HtmlCache())
        patch.setattr(block_counts, "cache", nothing)
        patch.setattr(board_numbers, "cache", nothing)
        patch.setattr(Prepared, "question", made_anew)
        yield


def answer(browser: Client, page: str) -> tuple[int, str]:
    response = browser.get(page)
    return response.status_code, TOKEN.sub("", response.content.decode())


class Site:
    """Two reports and a draft, people who may see some of them, and what happens."""

    def __init__(self, reviewer: User, author: User, reader: User, admin: User) -> None:
        self.reviewer, self.reader, self.admin = reviewer, reader, admin
        self.group = Group.objects.create(name="on call")
        self.member = make_user("gus", "reader")
        promise = Action(text="Buy fuses", owner=Person(name="Remy Sol"))
        self.reports = [
            make_report(reviewer, title=title, actions=(promise,)).incident
            for title in ("The lift stood still", "The door stood open")
        ]
        make_draft(author, actions=(promise,))
        people = (reader, self.member, author, reviewer)
        self.browsers = [browser_of(person) for person in people]
        self.pages = [*PAGES, *(f"/reports/{row.pk}/" for row in self.reports)]
        boss = make_user("zoe", is_staff=True, is_superuser=True)
        self.catalogue = browser_of(boss)

    def one(self, chance: Random) -> Incident:
        return Incident.objects.get(pk=chance.choice(self.reports).pk)

    def let_in(self, chance: Random) -> None:
        row, visibility = self.one(chance), chance.choice([*Visibility])
        people = chance.choice([[], [self.reader]])
        groups, now = [self.group], timezone.now()
        if row.state == State.PUBLISHED:
            set_access(row, visibility, people, groups, by=self.admin, now=now)

    def join_or_leave(self, chance: Random) -> None:
        groups = self.member.groups
        chance.choice([groups.add, groups.remove])(self.group)

    def promote(self, chance: Random) -> None:
        role = chance.choice(["reader", "author", "admin"])
        self.reader.groups.set(Group.objects.filter(name=role))

    def shut_out(self, chance: Random) -> None:
        active = chance.random() < 0.7
        User.objects.filter(pk=self.reader.pk).update(is_active=active)

    def withdraw(self, chance: Random) -> None:
        row, now = self.one(chance), timezone.now()
        if row.state == State.PUBLISHED:
            withdraw(row, "Wrong names.", by=self.reviewer, now=now)
        else:
            reinstate(row, by=self.reviewer, now=now)

    def tick(self, chance: Random) -> None:
        row, now = self.one(chance), timezone.now()
        if row.state == State.PUBLISHED:
            to = chance.choice([ActionState.DONE, ActionState.OPEN])
            key = row.actions.all()[0].key
            set_state(row, key, to, by=self.reviewer, now=now)

    def rename(self, chance: Random) -> None:
        lift = Service.objects.get()
        page = reverse("admin:incidents_service_change", args=[lift.pk])
        name = chance.choice(["lift", "hoist", "elevator"])
        assert self.catalogue.post(page, {"name": name}).status_code == 302

    def change(self, chance: Random) -> None:
        happens = [self.let_in, self.join_or_leave, self.promote, self.shut_out]
        happens += [self.withdraw, self.tick, self.rename]
        chance.choice(happens)(chance)


def test_whatever_changes_each_page_is_what_it_would_be_if_nothing_were_kept(
    reviewer: User, author: User, reader: User, admin: User
) -> None:
    site, chance = Site(reviewer, author, reader, admin), Random(20261121)
    for browser in site.browsers:
        for page in site.pages:
            browser.get(page)
    for _ in range(STEPS):
        site.change(chance)
        browser, page = chance.choice(site.browsers), chance.choice(site.pages)
        warm = answer(browser, page)
        with cold():
            assert warm == answer(browser, page)
