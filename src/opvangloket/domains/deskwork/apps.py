from django.apps import AppConfig


class DeskworkConfig(AppConfig):
    name = "opvangloket.domains.deskwork"
    label = "deskwork"
