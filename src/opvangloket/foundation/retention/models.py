"""What the nightly run did: the proof that terms are kept."""

from django.db import models

from opvangloket.foundation.rows import Row


class RetentionRun(Row):
    """What one line of the retention table came to on one night."""

    at = models.DateTimeField()
    label = models.CharField(max_length=80)
    kept_from_on = models.DateField()
    forgotten = models.PositiveIntegerField()
    left = models.PositiveIntegerField()  # past their term and still there: always 0, or the run failed

    class Meta:
        indexes = [models.Index(fields=["label", "at"])]
