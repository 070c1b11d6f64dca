"""Hints about the words of a draft, but for those that were set aside."""

from dataclasses import dataclass
from functools import cached_property

from incidents.documents.document import Document
from incidents.documents.hinting.hints import Hint, hints
from incidents.models import Incident, User

# More accounts than this are not looked for by name; people of the incident always.
MOST = 2_000


@dataclass(frozen=True)
class Advice:
    incident: Incident
    document: Document

    @cached_property
    def all(self) -> tuple[Hint, ...]:
        people = User.objects.values_list("first_name", "last_name")[:MOST]
        names = [f"{first} {last}" for first, last in people if first and last]
        return hints(self.document, names)

    @cached_property
    def dismissed(self) -> frozenset[str]:
        return frozenset(self.incident.dismissed_hints.values_list("hint", flat=True))

    @property
    def shown(self) -> list[Hint]:
        return [hint for hint in self.all if hint.key not in self.dismissed]

    @property
    def set_aside(self) -> list[Hint]:
        return [hint for hint in self.all if hint.key in self.dismissed]
