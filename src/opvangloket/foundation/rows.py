"""What every table of ours has in common."""

from django.db import models

from opvangloket.foundation.ids import new_id


class Row(models.Model):
    """A row with a time-ordered identifier that never leaves the system."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
