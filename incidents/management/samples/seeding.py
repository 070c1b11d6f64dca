"""The sample accounts and postmortems, put into an empty site by the usual verbs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from incidents import models
from incidents.documents.document import Document
from incidents.management.samples import samples
from incidents.management.samples.people import ACCOUNTS
from incidents.management.samples.sample import Sample
from incidents.workflow.create import create
from incidents.workflow.publish import publish
from incidents.workflow.review import ask_for_review

# Everybody knows it: the README says it.
SIGN_IN_WITH = "postmortem"
SOURCE = "sample content"


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
        bring(replace(sample, document=document), users)


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


def bring(sample: Sample, users: Mapping[str, models.User]) -> None:
    """One sample into the record, as far as it has come, each step at its own time."""
    owner = sample.document.owner
    author = users[owner.account or ""] if owner else users["author"]
    incident = create(
        sample.document, by=author, now=sample.started_writing, source_name=SOURCE
    )
    if sample.shared:
        ask_for_review(incident, by=author, now=sample.shared)
    if sample.published:
        publish(incident, by=users["reviewer"], now=sample.published)
