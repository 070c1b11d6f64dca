"""What every site starts with: severities, factor categories, report templates."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SEVERITIES = [
    # rank, name, description, days to review, days to close: high, medium, low
    (1, "SEV1", "Most users cannot use the product, or data is at risk.", 3, 5, 20, 40),
    (2, "SEV2", "Many users are hindered, or one important part is down.", 5, 10, 30, 60),
    (3, "SEV3", "Some users notice, and there is a way round it.", 10, 20, 45, 90),
    (4, "SEV4", "Hardly anybody notices; worth learning from all the same.", 15, 30, 60, 120),
]

CATEGORIES = [
    "Automation",
    "Capacity",
    "Change without a check",
    "Configuration",
    "Dependency",
    "Design",
    "Documentation",
    "Hardware",
    "Human process",
    "Monitoring",
    "Security",
    "Software defect",
    "Testing",
]

SUMMARY = "What happened, to whom, for how long, and why, in three sentences that somebody outside the team understands."
CAUSE = "By which mechanism did it happen, and what let it? Describe systems and decisions, not people. Ask why until the answer is something you can change."
RECOVERY = "What ended it, step by step, and what was tried before? Is anything still temporary?"
PREVENTION = "What will stop it from happening again, show it sooner or make it smaller? Turn each promise into an action item."
IMPACT = "Who could not do what, for how long? Give numbers: users, requests, orders, money, data."
TRIGGER = "What started it just then: a change, a load, a date, a failure elsewhere?"
DETECTION = "How did you learn of it, and how long after the start? What should have told you sooner?"
WELL = "What helped, and is worth keeping?"
WRONG = "What made it worse, longer or harder to see?"
LUCK = "What could have made it much worse and did not, by luck alone?"

TEMPLATES = [
    (
        "Five parts",
        "Summary, timeline, root cause, resolution and what will change.",
        [
            ("summary", "Issue summary", SUMMARY),
            ("root_cause", "Root cause", CAUSE),
            ("resolution", "Resolution and recovery", RECOVERY),
            ("prevention", "Corrective and preventative measures", PREVENTION),
        ],
    ),
    (
        "Long",
        "Adds impact, trigger, detection and three kinds of lesson.",
        [
            ("summary", "Summary", SUMMARY),
            ("impact", "Impact", IMPACT),
            ("root_cause", "Trigger", TRIGGER),
            ("detection", "Detection", DETECTION),
            ("root_cause", "Root cause", CAUSE),
            ("resolution", "Resolution and recovery", RECOVERY),
            ("prevention", "Corrective and preventative measures", PREVENTION),
            ("lessons", "What went well", WELL),
            ("lessons", "What went wrong", WRONG),
            ("lessons", "Where we got lucky", LUCK),
        ],
    ),
    (
        "Short",
        "Summary, cause and what will change, for small incidents.",
        [
            ("summary", "Summary", SUMMARY),
            ("root_cause", "Cause", CAUSE),
            ("prevention", "What will change", PREVENTION),
        ],
    ),
]


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    fields = ("rank", "name", "description", "days_to_review", "days_high", "days_medium", "days_low")
    Severity = apps.get_model("incidents", "Severity").objects.using(database)
    Severity.bulk_create(Severity.model(**dict(zip(fields, row, strict=True))) for row in SEVERITIES)
    Category = apps.get_model("incidents", "FactorCategory").objects.using(database)
    Category.bulk_create(Category.model(name=name) for name in CATEGORIES)
    Template = apps.get_model("incidents", "ReportTemplate").objects.using(database)
    Section = apps.get_model("incidents", "TemplateSection").objects.using(database)
    for place, (name, description, sections) in enumerate(TEMPLATES):
        template = Template.create(name=name, description=description, position=place)
        Section.bulk_create(
            Section.model(template=template, kind=kind, title=title, prompt=prompt, position=number)
            for number, (kind, title, prompt) in enumerate(sections)
        )


def empty(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    for name, column, values in (
        ("Severity", "name", [row[1] for row in SEVERITIES]),
        ("FactorCategory", "name", CATEGORIES),
        ("ReportTemplate", "name", [row[0] for row in TEMPLATES]),
    ):
        rows = apps.get_model("incidents", name).objects.using(database)
        rows.filter(**{f"{column}__in": values}).delete()


class Migration(migrations.Migration):
    dependencies = [("incidents", "0002_roles")]
    operations = [migrations.RunPython(fill, empty)]
