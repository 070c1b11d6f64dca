"""Mails and posts that leave the site, and where posts go."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0012_folded_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('url', models.URLField(help_text='It gets a POST with JSON such as {"text": "…"}, as Slack, Mattermost and others take it. Who knows the address can post there: keep it to the admins.', max_length=500, verbose_name='address')),
                ('published', models.BooleanField(default=True, verbose_name='hears of published reports')),
                ('overdue', models.BooleanField(default=False, verbose_name='hears of overdue action items')),
                ('active', models.BooleanField(default=True, help_text='Off: nothing is sent, and nothing new is queued.')),
                ('made_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('mail', 'Mail'), ('webhook', 'Webhook')], max_length=10)),
                ('key', models.CharField(max_length=200, unique=True)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('unsubscribe', models.CharField(blank=True, max_length=500)),
                ('payload', models.JSONField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('given_up', 'Given up'), ('dropped', 'Dropped')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('claimed_until', models.DateTimeField(null=True)),
                ('last_error', models.TextField(blank=True)),
                ('queued_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='incidents.incident')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to=settings.AUTH_USER_MODEL)),
                ('hook', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='incidents.webhook')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='delivery_waiting'), models.Index(fields=['state', '-id'], name='delivery_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('channel', 'mail'), ('hook__isnull', True), ('to__isnull', False)), models.Q(('channel', 'webhook'), ('hook__isnull', False), ('to__isnull', True)), _connector='OR'), name='delivery_to_one'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='delivery_sent_at_a_moment')],
            },
        ),
    ]
