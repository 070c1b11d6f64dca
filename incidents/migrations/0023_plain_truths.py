"""What was true by habit, and what labels were called before.

Known states, named zones, one severity a name; links to former names still lead.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Lower

LONGEST = 20


def tell_apart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Two severities that only capitals told apart keep a number each."""
    taken: set[str] = set()
    for row in apps.get_model("incidents", "Severity").objects.order_by("rank"):
        name, number = row.name, 2
        while name.lower() in taken:
            ending = f" ({number})"
            name, number = row.name[: LONGEST - len(ending)] + ending, number + 1
        taken.add(name.lower())
        if name != row.name:
            row.name = name
            row.save()


def nothing(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The names that were told apart stay so."""


class Migration(migrations.Migration):
    dependencies = [("incidents", "0019_featured")]
    operations = [
        migrations.CreateModel(
            name="FormerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("folded", models.CharField(max_length=240)),
                ("number", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "folded"), name="former_name_once"
                    )
                ]
            },
        ),
        migrations.RunPython(tell_apart, nothing),
        migrations.AddConstraint(
            model_name="severity",
            constraint=models.UniqueConstraint(
                Lower("name"),
                name="severity_name_once",
                violation_error_message="There is already a severity of this name, "
                "whatever its capitals.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    state__in=["draft", "in_review", "published", "withdrawn"]
                ),
                name="incident_state_is_known",
                violation_error_code="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(visibility__in=["everyone", "restricted"]),
                name="incident_visibility_is_known",
                violation_error_code="visibility",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=~models.Q(zone=""),
                name="incident_zone_is_named",
                violation_error_code="zone",
                violation_error_message="Choose a time zone such as Europe/Berlin.",
            ),
        ),
    ]
