"""What webhooks are told: a line of chat, in the form that Slack made common."""

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from incidents import models
from incidents.database.prepared import Prepared
from incidents.workflow.outgoing.addresses import absolute
from incidents.workflow.outgoing.outbox import queue_hook

# In the words of a title these would call people or draw links.
SIGNS: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@\u200b"})


def chat_payload(text: str) -> Mapping[str, str]:
    """A webhook's payload with this text, in which no sign is markup."""
    return {"text": text.translate(SIGNS)}


def queue_hooks(event: models.Event) -> None:
    """Tell the webhooks of a publication, if everybody may read it."""
    incident = event.incident
    if incident.visibility != models.Visibility.EVERYONE:
        return
    for hook in HOOKS.rows(None):
        key = f"published:{event.pk}:{hook.pk}"
        said = chat_payload(publication_line(event))
        queue_hook(hook, key=key, payload=said, now=event.at, incident=incident)


def subscribed_hooks(shape: None) -> QuerySet[models.Webhook]:
    return models.Webhook.objects.subscribed_to("published")


HOOKS: Final = Prepared(models.Webhook, subscribed_hooks)


def publication_line(event: models.Event) -> str:
    incident = event.incident
    version = (event.after or {}).get("version", 1)
    news = "published" if version == 1 else f"version {version} published"
    severity = f" ({incident.severity.name})" if incident.severity else ""
    address = absolute(reverse("incidents:report", args=[incident.pk]))
    return f"{incident.label} {news}: {incident.title}{severity}\n{address}"
