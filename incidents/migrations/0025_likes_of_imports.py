from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0024_changes_of_sums'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(fields=['source_name'], name='incident_by_file'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(Upper('title'), name='incident_by_title'),
        ),
    ]
