"""Answers come in by a file too."""

from django.db import migrations, models

DOORS = [
    ("inbox", "postvak"),
    ("mail", "link in de mail"),
    ("file", "lijst in een bestand"),
    ("phone", "telefoon, ingegeven door het loket"),
    ("paper", "papier, ingegeven door het loket"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("distribution", "0012_proposal_holds_place"),
    ]

    operations = [
        migrations.AlterField(
            model_name="answer",
            name="door",
            field=models.CharField(choices=DOORS, max_length=8),
        ),
        migrations.AlterField(
            model_name="carechange",
            name="door",
            field=models.CharField(blank=True, choices=DOORS, max_length=8),
        ),
    ]
