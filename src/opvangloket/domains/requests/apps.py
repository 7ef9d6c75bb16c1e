from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "opvangloket.domains.requests"
    label = "requests"
