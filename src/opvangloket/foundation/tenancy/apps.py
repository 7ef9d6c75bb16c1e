from django.apps import AppConfig

from opvangloket.foundation import id_lists


class TenancyConfig(AppConfig):
    name = "opvangloket.foundation.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        id_lists.register()
