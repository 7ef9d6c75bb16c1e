from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "opvangloket.foundation.tenancy"
    label = "tenancy"
