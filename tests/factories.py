"""Plain makers of what tests need. Each goes through the verbs."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from incidents.documents.document import Action, Document, Person, Section
from incidents.documents.kinds import SectionKind
from incidents.models import ActionItem, Incident, Publication, User, Visibility
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.whole.create import create

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)

# All that a report needs, and little more.
DOCUMENT = Document(
    title="The lift stood still",
    severity="SEV2",
    zone="Europe/Berlin",
    started_at=NOW,
    detected_at=NOW + 2 * MINUTE,
    mitigated_at=NOW + 30 * MINUTE,
    resolved_at=NOW + HOUR,
    services=("lift",),
    sections=(
        Section(
            kind=SectionKind.SUMMARY,
            title="Summary",
            body="A fuse blew. Nobody was hurt.",
        ),
    ),
)


def make_user(name: str, role: str = "", **fields: Any) -> User:
    user = User.objects.create(username=name, **fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_incident(by: User, *, now: dt.datetime = NOW, **facts: Any) -> Incident:
    """A draft with these facts and parts, by the names of the Document."""
    facts.setdefault("title", "The lift stood still")
    return create(Document(**facts), by=by, now=now)


def make_draft(
    by: User, *, now: dt.datetime = NOW, document: Document = DOCUMENT, **facts: Any
) -> Incident:
    """A draft that is ready to be published, but for these facts."""
    return create(replace(document, **facts), by=by, now=now)


def make_report(
    by: User, *, now: dt.datetime = NOW, document: Document = DOCUMENT, **facts: Any
) -> Publication:
    """A published report. `by` writes and publishes it, so they are a reviewer."""
    return publish(make_draft(by, now=now, document=document, **facts), by=by, now=now)


def make_item(by: User, *, due_on: dt.date | None = None) -> ActionItem:
    """An action item of this person's own, in a draft of theirs."""
    owner = Person(name=by.name, account=by.username)
    action = Action(text="Buy fuses", due_on=due_on, owner=owner)
    return make_draft(by, actions=(action,)).actions.get()


def restrict(incident: Incident, *people: User) -> Incident:
    """Only its owner, its maker and these people may see it from now on."""
    incident.visibility = Visibility.RESTRICTED
    incident.save(update_fields=["visibility"])
    incident.allowed_users.set(people)
    return incident


def browser_of(user: User | None) -> Client:
    """A browser in which this person is logged in, or nobody."""
    client = Client()
    if user:
        client.cookies[settings.SESSION_COOKIE_NAME] = signed_in(user)
    return client


def signed_in(user: User) -> str:
    """The key of a session as signing in leaves it, without the steps before it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)
