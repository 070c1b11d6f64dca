"""What the board sorts and counts by, and what became of each promise."""

import datetime
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0009_reading'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evidence', models.BooleanField(default=False, help_text='A link or a note that shows it was done.', verbose_name='a done item needs evidence')),
                ('verify_after', models.PositiveSmallIntegerField(blank=True, help_text='Counted from the day it was ticked. Empty: nobody is asked.', null=True, verbose_name='days until somebody asks whether it worked')),
                ('holidays', models.TextField(blank=True, help_text='One a line, such as “2026-12-25 Christmas”. No date is proposed on one of them, and none is counted as a business day.')),
            ],
            options={
                'verbose_name': 'action item policy',
                'verbose_name_plural': 'action item policy',
            },
        ),
        migrations.RemoveIndex(
            model_name='actionitem',
            name='actionitem_by_date',
        ),
        migrations.AddField(
            model_name='actionitem',
            name='verified_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='actionitem',
            name='moves',
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text='How often its date was moved.'),
        ),
        migrations.AddField(
            model_name='actionitem',
            name='verified_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='actionitem',
            name='verified_by_name',
            field=models.CharField(blank=True, editable=False, max_length=150),
        ),
        migrations.AddField(
            model_name='actionitem',
            name='verified_note',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='actionitem',
            name='verify_from',
            field=models.DateField(editable=False, help_text='From when on to ask whether it worked.', null=True),
        ),
        migrations.AddConstraint(
            model_name='actionpolicy',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='actionpolicy_only_one'),
        ),
        migrations.AddField(
            model_name='actionitem',
            name='due_order',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce(models.F('due_on'), models.Value(datetime.date(9999, 12, 31), models.DateField())), output_field=models.DateField()),
        ),
        migrations.AddField(
            model_name='actionitem',
            name='lane',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(state='in_progress', then=models.Value('open')), default=models.F('state')), output_field=models.CharField(max_length=20)),
        ),
        migrations.AddField(
            model_name='actionitem',
            name='ownerless',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(owner=None, owner_name='', then=models.Value(1)), default=models.Value(0)), output_field=models.SmallIntegerField()),
        ),
        migrations.AddField(
            model_name='actionitem',
            name='urgency',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(priority='high', then=models.Value(1)), models.When(priority='medium', then=models.Value(2)), models.When(priority='low', then=models.Value(3)), default=models.Value(4)), output_field=models.SmallIntegerField()),
        ),
        migrations.AddIndex(
            model_name='actionitem',
            index=models.Index(fields=['lane', 'due_order', 'id', 'incident', 'ownerless'], name='actionitem_by_date'),
        ),
        migrations.AddIndex(
            model_name='actionitem',
            index=models.Index(fields=['lane', 'urgency', 'due_order', 'id'], name='actionitem_by_urgency'),
        ),
        migrations.AddIndex(
            model_name='actionitem',
            index=models.Index(fields=['lane', 'id'], name='actionitem_by_age'),
        ),
        migrations.AddIndex(
            model_name='actionitem',
            index=models.Index(fields=['owner', 'lane', 'due_order', 'id'], name='actionitem_of_owner'),
        ),
        migrations.AddIndex(
            model_name='actionitem',
            index=models.Index(fields=['lane', 'done_at'], name='actionitem_by_closing'),
        ),
    ]
