"""What search finds, and its terms in a table of the database's own kind.

The tables begin empty: `manage.py reindex --missing` fills them.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TERMS = {
    "sqlite": (
        # The terms come ready: whatever is not ASCII is part of a term.
        "CREATE VIRTUAL TABLE incidents_searchterms USING fts5("
        "title, names, summary, body, digest UNINDEXED, tokenize = 'ascii')",
    ),
    "postgresql": (
        "CREATE TABLE incidents_searchterms ("
        "rowid bigint PRIMARY KEY, terms tsvector NOT NULL, digest text NOT NULL)",
        "CREATE INDEX incidents_searchterms_terms "
        "ON incidents_searchterms USING gin (terms)",
    ),
}


def make_terms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in TERMS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_terms(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE incidents_searchterms")


def nothing(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The words of the listing go with their column."""


def fill_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As they were kept before there was a search."""
    listings = apps.get_model("incidents", "Listing").objects
    for row in listings.only("title", "summary", "words").iterator():
        row.words = f"{row.title} {row.summary}".casefold()
        row.save(update_fields=["words"])


class Migration(migrations.Migration):
    dependencies = [("incidents", "0014_reminders")]
    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "place",
                    models.BigIntegerField(
                        help_text="Where it stands among all, the newest the highest.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("is_draft", models.BooleanField()),
                ("pieces", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_documents",
                        to="incidents.incident",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="searchdocument",
            constraint=models.UniqueConstraint(
                fields=("incident", "is_draft"), name="search_document_once"
            ),
        ),
        migrations.CreateModel(
            name="SearchTerms",
            fields=[
                (
                    "place",
                    models.BigIntegerField(
                        db_column="rowid", primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"managed": False, "db_table": "incidents_searchterms"},
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "word",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("length", models.PositiveSmallIntegerField()),
                ("head", models.CharField(max_length=2)),
                ("tail", models.CharField(max_length=2)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["head", "length"], name="search_word_head"),
                    models.Index(fields=["tail", "length"], name="search_word_tail"),
                ],
            },
        ),
        migrations.RunPython(make_terms, drop_terms),
        # A default, so that the column can come back empty when this is undone.
        migrations.AlterField(
            model_name="listing", name="words", field=models.TextField(default="")
        ),
        migrations.RunPython(nothing, fill_words),
        migrations.RemoveField(model_name="listing", name="words"),
    ]
