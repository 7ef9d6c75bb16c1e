"""Pictures as they are shown: made here, never as they came in; and documents that were looked at."""

from django.db import models

from opvangloket.foundation.rows import Row


class Picture(Row):
    """A picture under a random name: an address that was never given cannot be guessed."""

    name = models.CharField(max_length=32, unique=True)
    kept_at = models.DateTimeField()


class PictureSize(Row):
    """One size of a picture, as WebP."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="sizes")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    wanted_width = models.PositiveSmallIntegerField()  # the size it stands for; a small picture is not blown up
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["picture", "wanted_width"], name="picture_size_once")]


class Document(Row):
    """A PDF that was looked at; whoever may read what it hangs on, may download it."""

    title = models.CharField(max_length=80)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    kept_at = models.DateTimeField()
