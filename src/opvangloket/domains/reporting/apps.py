from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "opvangloket.domains.reporting"
    label = "reporting"
