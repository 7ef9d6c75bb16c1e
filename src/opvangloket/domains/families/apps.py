from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "opvangloket.domains.families"
    label = "families"
