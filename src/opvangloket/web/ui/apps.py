"""Registration of the interface with Django."""

from django.apps import AppConfig

from opvangloket.web.ui.forms.wording import speak_plainly


class UiConfig(AppConfig):
    name = "opvangloket.web.ui"
    label = "ui"

    def ready(self) -> None:
        speak_plainly()
