"""The shapes a report can start from."""

from django.db import models

from incidents.documents.kinds import SectionKind


class ReportTemplate(models.Model):
    name = models.CharField(max_length=60, unique=True)
    description = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class TemplateSection(models.Model):
    template = models.ForeignKey(
        ReportTemplate, on_delete=models.CASCADE, related_name="sections"
    )
    kind = models.CharField(max_length=20, choices=SectionKind.choices())
    title = models.CharField(max_length=200)
    prompt = models.TextField(
        blank=True, help_text="What the writer is asked; never part of the report."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
