from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "opvangloket.domains.cooperation"
    label = "cooperation"
