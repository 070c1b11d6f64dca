"""Plain makers of what tests need. Each goes through the verbs."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group

from incidents.documents.document import Document
from incidents.models import Incident, User
from incidents.workflow.create import create

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def make_user(name: str, role: str = "", **fields: Any) -> User:
    user = User.objects.create(username=name, **fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_incident(by: User, *, now: dt.datetime = NOW, **facts: Any) -> Incident:
    """A draft with these facts and parts, by the names of the Document."""
    facts.setdefault("title", "The lift stood still")
    return create(Document(**facts), by=by, now=now)
