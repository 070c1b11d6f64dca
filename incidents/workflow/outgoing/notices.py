"""Who is told of an event: the one place that looks at every Event as it is written.

Notices are rows of the event's own transaction, and so is what is queued for other
programs; the worker sends it afterwards.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from django.db.models import Q, QuerySet

from incidents import models
from incidents.database.prepared import Prepared
from incidents.insights.counting import NO_SEVERITY
from incidents.models.readership import asked_to_read
from incidents.workflow.outgoing.chat import queue_hooks
from incidents.workflow.outgoing.requests import mail_readers

ASKED: Final = "You are asked to read it"
ASKED_TO_REVIEW: Final = "You are asked to review it"
YOU_ASKED: Final = "You asked for this review"
YOURS: Final = "It is your postmortem"
YOU_SPOKE: Final = "You spoke there too"
WHY_INCIDENT: Final = "You watch this incident"


def make_notices_of(event: models.Event) -> None:
    """A notice to everybody whom this event concerns, with the reason."""
    teller = TELLERS.get(event.what)
    if teller:
        teller(event)


def tell_of_report(event: models.Event) -> None:
    # The new version is being made: nobody has read it yet.
    readers = list(asked_to_read(event.incident))
    asked = {reader.pk: ASKED for reader in readers}
    make_notices(event, dict(watchers(event.incident)) | asked)
    mail_readers(readers, event, once=True)
    queue_hooks(event)


def tell_watchers(event: models.Event) -> None:
    make_notices(event, dict(watchers(event.incident)))


def watchers(incident: models.Incident) -> Iterator[tuple[int, str]]:
    """Who watches it, and for what; the closest reason comes last."""
    severity = incident.severity_id or NO_SEVERITY
    found = WATCHES.rows(None, incident=incident.pk, severity=severity)
    if not found:
        return
    users = incident.audience.filter(pk__in={watch.user_id for watch in found})
    here = set(users.values_list("pk", flat=True))
    for watch in sorted(found, key=lambda watch: watch.incident_id is not None):
        name = watch.service or watch.severity
        if watch.user_id in here:
            yield watch.user_id, f"You watch {name}" if name else WHY_INCIDENT


def watches_about(
    shape: None, *, incident: int, severity: int
) -> QuerySet[models.Watch]:
    services = models.Incident.services.through.objects.filter(incident=incident)
    return models.Watch.objects.filter(
        Q(severity=severity)
        | Q(service__in=services.values("service"))
        | Q(incident=incident)
    ).select_related("service", "severity")


WATCHES: Final = Prepared(models.Watch, watches_about)


def tell_required(event: models.Event) -> None:
    people = unread_by(event.incident)
    make_notices(event, {person.pk: ASKED for person in people})
    mail_readers(people, event, once=event.what == "readers asked")


def unread_by(incident: models.Incident) -> Sequence[models.User]:
    """Who is asked to read it and has not read its newest version."""
    newest = incident.publications.order_by("-number").values("pk")[:1]
    have = models.ReadMark.objects.filter(publication__in=newest).values("user")
    return list(asked_to_read(incident).exclude(pk__in=have))


def tell_reviewers(event: models.Event) -> None:
    """Tell who is asked this time, not who was asked before."""
    asked = event.incident.reviews.filter(asked_at=event.at)
    people = asked.exclude(reviewer=None).values_list("reviewer", flat=True)
    make_notices(event, dict.fromkeys(people, ASKED_TO_REVIEW))


def tell_who_asked(event: models.Event) -> None:
    answered = event.incident.reviews.filter(reviewer=event.actor_id)
    people = answered.exclude(asked_by=None).values_list("asked_by", flat=True)
    make_notices(event, dict.fromkeys(people, YOU_ASKED))


def tell_discussion(event: models.Event) -> None:
    """Its owner and first writer, who asked for its review, who wrote in the thread."""
    incident = event.incident
    said = incident.comments.get(pk=(event.after or {})["comment"])
    thread = Q(pk=said.reply_to_id) | Q(reply_to=said.reply_to_id)
    spoke = incident.comments.filter(thread) if said.reply_to_id else ()
    why = {row.author_id: YOU_SPOKE for row in spoke}
    why |= {asked.asked_by_id: YOU_ASKED for asked in incident.reviews.all()}
    why |= dict.fromkeys((incident.owner_id, incident.created_by_id), YOURS)
    here = incident.audience.filter(pk__in=filter(None, why))
    make_notices(event, {person.pk: why[person.pk] for person in here})


def remove_closed_notices(event: models.Event) -> None:
    """Delete the notices of those who may not see the incident any more."""
    audience = event.incident.audience.values("pk")
    told = models.Notice.objects.filter(event__incident=event.incident)
    told.exclude(to__in=audience).delete()


def make_notices(event: models.Event, why: Mapping[int, str]) -> None:
    """A notice to each of these users with its reason, but not to who did it."""
    models.Notice.objects.bulk_create(
        models.Notice(to_id=user, event=event, why=reason)
        for user, reason in why.items()
        if user != event.actor_id
    )


TELLERS: Final[Mapping[str, Callable[[models.Event], None]]] = {
    "published": tell_of_report,
    "withdrawn": tell_watchers,
    "reinstated": tell_watchers,
    "readers asked": tell_required,
    "readers reminded": tell_required,
    "asked_for_review": tell_reviewers,
    "approved": tell_who_asked,
    "changes_asked": tell_who_asked,
    "commented": tell_discussion,
    "replied": tell_discussion,
    "access changed": remove_closed_notices,
}
