from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "opvangloket.web"
    label = "web"
