from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "opvangloket.domains.providers"
    label = "providers"
