from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "opvangloket.foundation.audit"
    label = "audit"
