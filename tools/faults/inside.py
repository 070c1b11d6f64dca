"""Run inside the site: fills it, and tells what it holds and whether that agrees."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from incidents import models
from incidents.documents.formats.as_json import to_json
from incidents.search.words import drift as search_drift
from incidents.workflow.counting import recounting
from incidents.workflow.whole.to_document import to_document
from tests.factories import make_report, make_user
from tools.faults.contract import PASSWORD, SiteContent

WRITERS = 8


def prepare(hook: str) -> None:
    """A person for each writer with a report, a reader who is mailed, a webhook."""
    models.Webhook.objects.create(name="Chat", url=hook)
    # Made once: it takes long, as it should.
    known = make_password(PASSWORD)
    mail = "rita@example.org"
    reader = make_user("rita", "reader", email=mail, password=known)
    for place in range(WRITERS):
        writer = make_user(f"writer{place}", "reviewer", password=known)
        made = make_report(writer, now=timezone.now())
        made.incident.required_readers.create(user=reader)


def print_people() -> None:
    """The name, the report and the section of each writer."""
    writers = models.User.objects.filter(username__startswith="writer")
    for writer in writers.order_by("username"):
        incident = models.Incident.objects.filter(created_by=writer).earliest("pk")
        section = incident.sections.get()
        print(writer.username, incident.pk, section.key, section.version)


def print_content() -> None:
    print(json.dumps(site_content()))


def site_content() -> SiteContent:
    events = models.Event.objects.filter(what="entry added")
    sent = models.Delivery.objects.filter(state="sent")
    ended = models.Delivery.objects.exclude(state__in=["sent", "waiting"])
    return {
        "entries": list(models.TimelineEntry.objects.values_list("text", flat=True)),
        "bodies": list(models.Section.objects.values_list("body", flat=True)),
        "events": [(event.after or {})["text"] for event in events],
        "notes": list(models.Publication.objects.values_list("note", flat=True)),
        "half": list(half_written()),
        "drift": [
            *(f"search: PM-{number}" for number in search_drift.drift()),
            *recounting.drift(),
        ],
        "waiting": models.Delivery.objects.waiting().count(),
        "sent": {mark_of(one): one.key for one in sent},
        "unsent": [f"{one.key} {one.state}: {one.last_error}" for one in ended],
    }


def mark_of(delivery: models.Delivery) -> str:
    """The mark in its messages, by which a receiver can tell a repeat."""
    whole = sha256(delivery.key.encode()).hexdigest()
    return whole[:32] if delivery.channel == "mail" else whole


def half_written() -> Iterator[str]:
    for incident in models.Incident.objects.all():
        yield from (f"{incident.label}: {said}" for said in disagreements(incident))


def disagreements(incident: models.Incident) -> Iterator[str]:
    """Signs that a change was written in part, in words."""
    newest = incident.revisions.first()
    if newest is None or newest.document != to_json(to_document(incident)):
        yield "the newest revision is not what the record says"
    revisions = numbers(incident.revisions)
    if revisions != list(range(1, len(revisions) + 1)):
        yield f"its revisions are {revisions}"
    published = list(incident.publications.select_related("revision").order_by("pk"))
    if [made.number for made in published] != list(range(1, len(published) + 1)):
        yield "its publications are not numbered one by one"
    for made in published:
        if made.document != made.revision.document or not made.html:
            yield f"its publication {made.number} is not whole"
    events = incident.events.filter(what="published").count()
    if events != len(published):
        yield f"{events} events tell of {len(published)} publications"
    yield from undelivered(incident)


def numbers(rows: Any) -> list[int]:
    return sorted(rows.values_list("number", flat=True))


def undelivered(incident: models.Incident) -> Iterator[str]:
    """Each version but the first, which nobody heard of, is told and mailed."""
    for event in incident.events.filter(what="published"):
        version = (event.after or {})["version"]
        hooks = models.Delivery.objects.filter(key__startswith=f"published:{event.pk}:")
        mails = models.Delivery.objects.filter(
            key__startswith=f"read:{incident.pk}:{version}:"
        )
        if hooks.count() != 1 or (version > 1 and mails.count() != 1):
            yield f"nothing was queued for version {version}"


def print_schema() -> None:
    """Every table with its columns, constraints and indexes."""
    look = connection.introspection
    with connection.cursor() as cursor:
        tables = {
            table: (
                [
                    str(column[:7])
                    for column in look.get_table_description(cursor, table)
                ],
                look.get_constraints(cursor, table),
            )
            for table in look.table_names(cursor)
        }
    print(json.dumps(tables, sort_keys=True, default=str))
