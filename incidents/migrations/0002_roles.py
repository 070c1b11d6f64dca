"""The four roles, as groups with permissions."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CATALOGUE = [
    "severity",
    "service",
    "tag",
    "factorcategory",
    "reporttemplate",
    "templatesection",
    "user",
]

ROLES = {
    "reader": [],
    "author": ["write_postmortems"],
    "reviewer": ["write_postmortems", "review_postmortems"],
    "admin": [
        "write_postmortems",
        "review_postmortems",
        "manage_site",
        *(f"{verb}_{noun}" for noun in CATALOGUE for verb in ("view", "add", "change", "delete")),
    ],
}


def make_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    # Permissions are otherwise made after the last migration, which is too late.
    config = apps.get_app_config("incidents")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=database)
    config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for role, codenames in ROLES.items():
        group, _ = Group.objects.using(database).get_or_create(name=role)
        group.permissions.set(
            Permission.objects.using(database).filter(
                codename__in=codenames, content_type__app_label="incidents"
            )
        )


def drop_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Group = apps.get_model("auth", "Group")
    Group.objects.using(schema_editor.connection.alias).filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_record")]
    operations = [migrations.RunPython(make_roles, drop_roles)]
