"""What an action item needs at first, and that admins may decide it anew."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RIGHTS = ("view_actionpolicy", "change_actionpolicy")


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    apps.get_model("incidents", "ActionPolicy").objects.using(database).create(pk=1)
    # Permissions are otherwise made after the last migration, which is too late.
    config = apps.get_app_config("incidents")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=database)
    config.models_module = None
    admins = apps.get_model("auth", "Group").objects.using(database).filter(name="admin").first()
    if admins is not None:
        admins.permissions.add(*rights(apps, database))


def end(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(database).filter(name="admin"):
        group.permissions.remove(*rights(apps, database))
    apps.get_model("incidents", "ActionPolicy").objects.using(database).all().delete()


def rights(apps: Apps, database: str) -> list[object]:
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    return list(
        permissions.filter(codename__in=RIGHTS, content_type__app_label="incidents")
    )


class Migration(migrations.Migration):
    dependencies = [("incidents", "0010_action_board")]
    operations = [migrations.RunPython(begin, end)]
