"""The sample accounts and postmortems, put into an empty site by the usual verbs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from incidents import models
from incidents.documents.document import Document
from incidents.management.samples import samples
from incidents.management.samples.people import ACCOUNTS
from incidents.management.samples.sample import Remark, Sample
from incidents.models.outbox import Outcome
from incidents.workflow.reviewing.comment import comment, reply, resolve
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.reviewing.review import approve, ask_for_review
from incidents.workflow.whole.create import create
from incidents.workflow.whole.to_document import to_document

# Everybody knows it: the README says it.
SIGN_IN_WITH = "postmortem"
SOURCE = "sample content"
HOUR = dt.timedelta(hours=1)


def is_seeded() -> bool:
    """Whether the samples are here, whatever became of them since."""
    return models.Incident.objects.filter(source_name=SOURCE).exists()


def has_content() -> bool:
    return models.Incident.objects.exists() or models.User.objects.exists()


@transaction.atomic
def seed(now: dt.datetime) -> None:
    users = make_accounts(now)
    prompts = dict(models.TemplateSection.objects.values_list("title", "prompt"))
    for sample in samples(now):
        document = with_prompts(sample.document, prompts)
        make_incident(replace(sample, document=document), users)
    # Nobody is there to read the mail of people who were made up.
    models.Delivery.objects.waiting().update(state=Outcome.DROPPED)


def make_accounts(now: dt.datetime) -> dict[str, models.User]:
    """One account a role, named as the role. They share one hash: hashing is slow."""
    password = make_password(SIGN_IN_WITH)
    users = {}
    for person in ACCOUNTS:
        role = person.account or ""
        first, _, last = person.name.partition(" ")
        users[role] = models.User.objects.create(
            username=role,
            first_name=first,
            last_name=last,
            email=f"{role}@example.org",
            password=password,
            is_staff=role == "admin",
            is_superuser=role == "admin",
            date_joined=now,
        )
        users[role].groups.add(Group.objects.get(name=role))
    return users


def with_prompts(document: Document, prompts: Mapping[str, str]) -> Document:
    """The document asking what the report templates ask under the same titles."""
    sections = tuple(
        replace(section, prompt=prompts.get(section.title, ""))
        for section in document.sections
    )
    return replace(document, sections=sections)


def make_incident(sample: Sample, users: Mapping[str, models.User]) -> None:
    """One sample into the record, as far as it has come, each step at its own time."""
    owner = sample.document.owner
    author = users[owner.account or ""] if owner else users["author"]
    incident = create(
        sample.document, by=author, now=sample.started_writing, source_name=SOURCE
    )
    if sample.shared:
        review(incident, sample, author, users, sample.shared)
    if sample.published:
        publish(incident, by=users["reviewer"], now=sample.published)


def review(
    incident: models.Incident,
    sample: Sample,
    author: models.User,
    users: Mapping[str, models.User],
    shared: dt.datetime,
) -> None:
    """Somebody who has not written it is asked; they comment, and maybe approve."""
    reviewer = users["admin" if author == users["reviewer"] else "reviewer"]
    ask_for_review(incident, [reviewer], by=author, now=shared)
    for place, remark in enumerate(sample.remarks, 1):
        discuss(incident, remark, author, users, shared + place * HOUR)
    if sample.published:
        approve(incident, by=reviewer, now=sample.published - HOUR / 2)


def discuss(
    incident: models.Incident,
    remark: Remark,
    author: models.User,
    users: Mapping[str, models.User],
    now: dt.datetime,
) -> None:
    """A comment, perhaps with the author's answer, and the end of it."""
    by, part = users[remark.by], part_called(to_document(incident), remark.about)
    thread = comment(incident, remark.text, part=part, by=by, now=now)
    if remark.reply:
        reply(thread, remark.reply, by=author, now=now + HOUR / 4)
    if remark.resolved:
        resolve(thread, by=by, now=now + HOUR / 2)


def part_called(document: Document, about: str) -> UUID | None:
    """The key of the part that begins so; none where the whole is meant."""
    called = [(section.title, section.key) for section in document.sections]
    called += [(entry.text, entry.key) for entry in document.timeline]
    called += [(item.text, item.key) for item in document.actions]
    named = [key for words, key in called if words.startswith(about)]
    return UUID(named[0]) if about else None
