from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RetentionConfig(AppConfig):
    name = "opvangloket.foundation.retention"
    label = "retention"

    def ready(self) -> None:
        from opvangloket.foundation.retention import checks  # noqa: F401 - registers the checks

        autodiscover_modules("retention")
