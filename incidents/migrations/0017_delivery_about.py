"""A digest tells of many incidents, and each is looked at again when it is sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0016_tallies")]
    operations = [
        migrations.AddField(
            model_name="delivery",
            name="about",
            field=models.JSONField(default=list),
        ),
    ]
