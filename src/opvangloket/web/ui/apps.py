from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "opvangloket.web.ui"
    label = "ui"
