"""The text of a postmortem, one titled part a row."""

from django.db import models

from incidents.documents.kinds import SectionKind
from incidents.models.part import Part


class Section(Part):
    incident = models.ForeignKey(
        "incidents.Incident",
        on_delete=models.CASCADE,
        editable=False,
        related_name="sections",
    )
    kind = models.CharField(max_length=20, choices=SectionKind.choices())
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    prompt = models.TextField(blank=True, editable=False)

    def __str__(self) -> str:
        return self.title
