"""The words a site sorts its incidents by: services, tags, kinds of factor."""

from django.db import models
from django.db.models.functions import Lower


class Label(models.Model):
    """A name that is the same name whatever its capitals."""

    name = models.CharField(max_length=60)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Service(Label):
    class Meta(Label.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="service_name_once",
                violation_error_message="There is already a service of this name.",
            )
        ]


class Tag(Label):
    class Meta(Label.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="tag_name_once",
                violation_error_message="There is already a tag of this name.",
            )
        ]


class FactorCategory(Label):
    class Meta(Label.Meta):
        verbose_name_plural = "factor categories"
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="factor_category_name_once",
                violation_error_message="There is already a category of this name.",
            )
        ]
