"""The words a site sorts its incidents by: services, tags, kinds of factor."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models


def folded(name: str) -> str:
    """The name as names are compared: case and width of letters make no difference.

    Done here, because SQLite knows the capitals of English letters only.
    """
    return unicodedata.normalize("NFKC", name).casefold()


class FormerName(models.Model):
    """What a label was called before: links of frozen pages still say so."""

    kind = models.CharField(max_length=20)
    folded = models.CharField(max_length=240)
    number = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "folded"], name="former_name_once")
        ]

    def __str__(self) -> str:
        return self.folded

    @classmethod
    def keep(cls, label: "Label", before: str) -> None:
        """The newest owner of a name is the one whom it leads to."""
        kind = label._meta.model_name or ""
        cls.objects.update_or_create(
            kind=kind, folded=before, defaults={"number": label.pk}
        )


class Label(models.Model):
    """A name that is the same name whatever its capitals."""

    taken = "There is already one of this name."

    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=240, editable=False)

    class Meta:
        abstract = True
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["folded"], name="%(class)s_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        before, self.folded = self.folded, folded(self.name)
        super().save(*args, **kwargs)
        if before not in ("", self.folded):
            FormerName.keep(self, before)

    def clean(self) -> None:
        if "," in self.name:
            raise ValidationError(
                {"name": "A name has no comma: commas stand between names."}
            )
        others = type(self)._default_manager.exclude(pk=self.pk)
        if others.filter(folded=folded(self.name)).exists():
            raise ValidationError({"name": self.taken})


class Service(Label):
    taken = "There is already a service of this name."


class Tag(Label):
    taken = "There is already a tag of this name."


class FactorCategory(Label):
    taken = "There is already a category of this name."

    class Meta(Label.Meta):
        verbose_name_plural = "factor categories"
