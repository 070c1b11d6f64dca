"""Who is reminded of open action items, and when; and what is snoozed."""

import django.core.validators
import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_managers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Those who manage the site hear of what is late for long, until it is changed."""
    database = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(database)
    policies = apps.get_model("incidents", "ActionPolicy").objects.using(database)
    policies.update(managers_group=groups.filter(name="admin").first())


def nothing(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The names go with their column."""


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('incidents', '0013_outbox'),
    ]

    operations = [
        migrations.AddField(
            model_name='actionitem',
            name='snoozed_because',
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name='actionitem',
            name='snoozed_until',
            field=models.DateField(editable=False, help_text='From this day on its owner is reminded.', null=True),
        ),
        migrations.AddField(
            model_name='actionpolicy',
            name='lead_after',
            field=models.PositiveSmallIntegerField(blank=True, default=7, help_text='Empty: they hear only of their own items.', null=True, validators=[django.core.validators.MaxValueValidator(365, 'Name at most 365 days.')], verbose_name='days late until the incident’s owner hears of it'),
        ),
        migrations.AddField(
            model_name='actionpolicy',
            name='managers',
            field=models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='actionpolicy',
            name='managers_after',
            field=models.PositiveSmallIntegerField(blank=True, default=14, help_text='Empty: they hear only of their own items.', null=True, validators=[django.core.validators.MaxValueValidator(365, 'Name at most 365 days.')], verbose_name='days late until the managers hear of it'),
        ),
        migrations.AddField(
            model_name='actionpolicy',
            name='managers_group',
            field=models.ForeignKey(blank=True, help_text='Beside those who are named. Each hears only of what they may see.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='auth.group', verbose_name='managers by group'),
        ),
        migrations.AddField(
            model_name='actionpolicy',
            name='remind_at',
            field=models.PositiveSmallIntegerField(default=8, help_text='From 0 to 23, on the clock of each person.', validators=[django.core.validators.MaxValueValidator(23, 'A day has hours from 0 to 23.')], verbose_name='hour of the morning for reminders'),
        ),
        migrations.AddField(
            model_name='actionpolicy',
            name='remind_before',
            field=models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MaxValueValidator(365, 'Name at most 365 days.')], verbose_name='days before its date that an owner hears of an item'),
        ),
        migrations.AddField(
            model_name='actionpolicy',
            name='snooze_days',
            field=models.PositiveSmallIntegerField(default=14, help_text='Others hear of a snoozed item so many days later, and no more.', validators=[django.core.validators.MinValueValidator(1, 'A snooze lasts a day at least.'), django.core.validators.MaxValueValidator(365, 'Name at most 365 days.')], verbose_name='days that a snooze may last'),
        ),
        migrations.AddField(
            model_name='actionpolicy',
            name='summary',
            field=models.CharField(choices=[('daily', 'Every day'), ('weekly', 'Once a week'), ('none', 'Never')], default='weekly', help_text='On weekdays, or on Mondays, to the webhooks that hear of overdue items. Only of published reports that everyone may see.', max_length=10, verbose_name='summary of overdue items to webhooks'),
        ),
        migrations.AddField(
            model_name='user',
            name='reminded_on',
            field=models.DateField(editable=False, help_text='The last of their days whose digest was seen to.', null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='reminders',
            field=models.CharField(choices=[('daily', 'Every day'), ('weekly', 'Once a week'), ('none', 'Never')], default='daily', help_text='Your action items that are late or due soon, in the morning.', max_length=10, verbose_name='reminders by mail'),
        ),
        migrations.AddField(
            model_name='user',
            name='reminders_day',
            field=models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], default=0, verbose_name='on this day, if once a week'),
        ),
        migrations.RunPython(name_managers, nothing),
    ]
