"""Write with each proposed change whether it holds its places: not every desk chose so."""

from typing import Any

from django.db import migrations, models


def keep_held(apps: Any, schema_editor: Any) -> None:
    """Let what locations proposed until now hold its places, as it did."""
    # On the connection that migrates: any other one waits for its locks.
    alias = schema_editor.connection.alias
    proposals = apps.get_model("distribution", "ChangeProposal")._base_manager.using(alias)
    proposals.filter(asked_by="organiser").update(holds_place=True)


class Migration(migrations.Migration):

    dependencies = [
        ("distribution", "0011_change_proposals"),
    ]

    operations = [
        migrations.AddField(
            model_name="changeproposal",
            name="holds_place",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="changeproposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "open"),
                    ("agreed", "agreed"),
                    ("refused", "refused"),
                    ("taken_back", "taken_back"),
                    ("lapsed", "lapsed"),
                    ("just_taken", "just_taken"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(keep_held, migrations.RunPython.noop),
    ]
