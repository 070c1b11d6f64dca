"""One name a label whatever its capitals, in every alphabet and on every database."""

import unicodedata

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BEFORE = {
    "FactorCategory": "factor_category_name_once",
    "Service": "service_name_once",
    "Tag": "tag_name_once",
}


def fold(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fold the names. Two that were told apart until now keep a number each."""
    for label in BEFORE:
        taken: set[str] = set()
        for row in apps.get_model("incidents", label).objects.order_by("pk"):
            name, number = row.name, 2
            while (folded := key(name)) in taken:
                name, number = f"{row.name[:50]} ({number})", number + 1
            taken.add(folded)
            row.name, row.folded = name, folded
            row.save()


def key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def nothing(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The folded names go with their columns."""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0011_action_policy")]
    operations = [
        *(
            migrations.RemoveConstraint(model_name=label.lower(), name=name)
            for label, name in BEFORE.items()
        ),
        *(
            migrations.AddField(
                model_name=label.lower(),
                name="folded",
                field=models.CharField(default="", editable=False, max_length=240),
                preserve_default=False,
            )
            for label in BEFORE
        ),
        migrations.RunPython(fold, nothing),
        *(
            migrations.AddConstraint(
                model_name=label.lower(),
                constraint=models.UniqueConstraint(
                    fields=("folded",), name=f"{label.lower()}_name_once"
                ),
            )
            for label in BEFORE
        ),
    ]
