"""Number the changes of each care: two of one moment stay in the order in which they were made."""

from collections import Counter
from typing import Any

from django.db import migrations, models


def number(apps: Any, schema_editor: Any) -> None:
    """Give the changes that there are their number, by moment and identifier."""
    # On the connection that migrates: any other one waits for its locks.
    alias = schema_editor.connection.alias
    changes = apps.get_model("distribution", "CareChange")._base_manager.using(alias)
    made: Counter[Any] = Counter()
    for change in changes.order_by("placement_id", "at", "id"):
        made[change.placement_id] += 1
        change.seq = made[change.placement_id]
        change.save(using=alias, update_fields=["seq"])


class Migration(migrations.Migration):

    dependencies = [
        ("distribution", "0009_hours_of_a_care_change"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="carechange", name="care_change_in_order"),
        migrations.AddField(
            model_name="carechange",
            name="seq",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="carechange",
            constraint=models.UniqueConstraint(fields=("placement", "seq"), name="care_change_in_order"),
        ),
    ]
