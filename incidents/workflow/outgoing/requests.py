"""Mails that ask somebody for a review, or to read; queued in the same transaction."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.urls import reverse

from incidents import models
from incidents.workflow.outgoing.addresses import absolute
from incidents.workflow.outgoing.outbox import queue_mail


def mail_reviewers(people: Iterable[models.User], event: models.Event) -> None:
    for person in people:
        key = f"review:{event.pk}:{person.pk}"
        queue_request(person, event, "review", "incidents:review", key)


def mail_readers(
    people: Iterable[models.User], event: models.Event, *, once: bool
) -> None:
    """Ask them to read what is published; `once` a version, or by each event anew."""
    incident = event.incident
    if incident.state != models.State.PUBLISHED:
        return
    version = (event.after or {}).get("version") or incident.publications.count()
    mark = f"{incident.pk}:{version}" if once else f"again:{event.pk}"
    for person in people:
        key = f"read:{mark}:{person.pk}"
        queue_request(person, event, "read", "incidents:report", key)


def queue_request(
    to: models.User, event: models.Event, what: str, page: str, key: str
) -> None:
    """Ask this person to `what`, unless they are the one who asks."""
    if to.pk == event.actor_id:
        return
    incident = event.incident
    subject = f"{event.actor_name} asks you to {what} {incident.label}"
    address = absolute(reverse(page, args=[incident.pk]))
    context = {
        "subject": subject,
        "title": incident.title,
        "address": address,
        "page": page.rpartition(":")[2],
    }
    queue_mail(
        to,
        key=key,
        subject=subject,
        text=render_to_string("mail/asked.txt", context),
        html=render_to_string("mail/asked.html", context),
        now=event.at,
        incident=incident,
    )
