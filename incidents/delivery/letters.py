"""A mail to one person, drawn from the two templates of one name."""

import datetime as dt
from collections.abc import Collection
from typing import Protocol

from django.template.loader import render_to_string

from incidents.models import User
from incidents.workflow.outgoing.outbox import queue_mail


class Letter(Protocol):
    """What the templates draw, and what the outbox has to know of it."""

    @property
    def user(self) -> User: ...
    @property
    def key(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def about(self) -> Collection[int]:
        """The incidents that it tells of."""
        ...

    @property
    def stop(self) -> str:
        """Where such letters end without a login."""
        ...


def queue_letter(letter: Letter, template: str, *, now: dt.datetime) -> None:
    context = {"letter": letter, "subject": letter.subject}
    queue_mail(
        letter.user,
        key=letter.key,
        subject=letter.subject,
        text=render_to_string(f"mail/{template}.txt", context),
        html=render_to_string(f"mail/{template}.html", context),
        now=now,
        about=letter.about,
        unsubscribe=letter.stop,
    )
