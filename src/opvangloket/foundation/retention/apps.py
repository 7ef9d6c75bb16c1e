from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "opvangloket.foundation.retention"
    label = "retention"

    def ready(self) -> None:
        from opvangloket.foundation.retention import checks  # noqa: F401 - registers the check
