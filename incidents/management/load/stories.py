"""Made-up postmortems over eight years, one after the other, by chance."""

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final
from uuid import UUID

from incidents import models
from incidents.documents.document import Person
from incidents.documents.kinds import ActionState
from incidents.management.load.gaps import GAPS
from incidents.management.load.patterns import (
    ACTIONS,
    ENTRIES,
    SECTIONS,
    Filling,
    Pattern,
    filled_pattern,
)
from incidents.management.load.people import World, some_services
from incidents.management.load.record import Story
from incidents.management.load.words import Language

YEARS: Final = dt.timedelta(days=8 * 365)
DAY: Final = dt.timedelta(days=1)
KEYS: Final = len(SECTIONS) + ENTRIES + ACTIONS + 1
RESTRICTED: Final = 0.02
# What is promised is mostly done in the end; what is new is mostly not.
OPEN_FOR_EVER, OPEN_AT_FIRST = 0.06, 0.6


class Writer:
    """Fills patterns, by one stream of chance."""

    def __init__(
        self, random: Random, world: World, shapes: Sequence[Pattern], today: dt.date
    ) -> None:
        self.random, self.world, self.shapes = random, world, shapes
        self.language = Language(random)
        self.today = today

    def story(self, number: int, progress: float, *, published: bool) -> Story:
        """A postmortem of the day at this share (`progress`) of the years."""
        random, world = self.random, self.world
        pattern, author = random.choice(self.shapes), random.choice(world.authors)
        day = self.today - YEARS + progress * (YEARS - 30 * DAY) + self.days(0, 14)
        severity = random.choices(world.severities, (1, 3, 5, 4))[0]
        services = some_services(random, world.services)
        tags = random.sample(world.tags, k=random.randint(0, 3))
        facts = {
            "severity": severity.name,
            "services": tuple(sorted(row.name for row in services)),
            "tags": tuple(sorted(row.name for row in tags)),
            "owner": Person(name=author.name, account=author.username),
        }
        filling = self.filling(day, facts)
        document = filled_pattern(pattern, filling)
        evening = dt.datetime.combine(day, dt.time(23, 30), dt.UTC)
        return Story(
            number=number,
            pattern=pattern,
            filling=filling,
            document=document,
            author=author,
            reviewer=random.choice(world.reviewers),
            severity=severity,
            services=services,
            tags=tags,
            category=world.categories[document.factors[0].category],
            written_at=evening,
            published_at=evening + self.days(1, 14),
            is_published=published,
            readers=self.readers() if random.random() < RESTRICTED else [],
        )

    def filling(self, day: dt.date, facts: Mapping[str, Any]) -> Filling:
        return Filling(
            words=self.language.draw(GAPS),
            day=day,
            keys=[self.key() for _ in range(KEYS)],
            facts=facts,
            owners=[self.promise(day) for _ in range(ACTIONS)],
        )

    def days(self, least: int, most: int) -> dt.timedelta:
        return self.random.randint(least, most) * DAY

    def key(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def readers(self) -> list[models.User]:
        return self.random.sample(self.world.authors, k=3)

    def promise(self, day: dt.date) -> Mapping[str, Any]:
        """Who takes an item on, until when, and what became of it."""
        owner = self.random.choice(self.world.authors)
        person = Person(name=owner.name, account=owner.username)
        due = day + self.days(10, 90) if self.random.random() < 0.9 else None
        new = self.today - day < 90 * DAY
        if self.random.random() < (OPEN_AT_FIRST if new else OPEN_FOR_EVER):
            return {"owner": person, "due_on": due}
        closed = dt.datetime.combine(day, dt.time(12), dt.UTC) + self.days(1, 13)
        return {
            "owner": person,
            "due_on": due,
            "state": ActionState.DONE,
            "done_at": closed,
            "done_by": person,
        }
