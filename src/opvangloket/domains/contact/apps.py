from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "opvangloket.domains.contact"
    label = "contact"
