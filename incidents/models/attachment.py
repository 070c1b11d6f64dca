"""The pictures of a postmortem, each under a key that nobody can guess."""

import re
import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.urls import reverse

from incidents.documents.pictures import SVG
from incidents.models.incident import Incident

SPECIAL = re.compile(r"([\\\[\]`*_<>!&])")


class Attachment(models.Model):
    """A picture as it is kept: checked and drawn anew, an SVG as it came.

    It stays as long as its incident, because a revision may show it at any time.
    """

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="attachments"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(max_length=200)
    name = models.CharField(max_length=255, help_text="As the file was called.")
    alt = models.CharField("what it shows", max_length=300)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="In bytes.")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_by_name = models.CharField(max_length=150)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["incident", "sha256"], name="attachment_by_content")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(
            "incidents:picture", args=[self.incident_id, self.key, self.extension]
        )

    @property
    def extension(self) -> str:
        return PurePosixPath(str(self.file.name)).suffix.removeprefix(".")

    @property
    def is_shown(self) -> bool:
        """Whether pages may show it. An SVG can run scripts: it is only handed out."""
        return self.content_type != SVG

    @property
    def markdown(self) -> str:
        """What a writer puts where the picture, or the way to it, should stand."""
        words = SPECIAL.sub(r"\\\1", " ".join(self.alt.split()))
        return f"{'!' if self.is_shown else ''}[{words}]({self.get_absolute_url()})"
