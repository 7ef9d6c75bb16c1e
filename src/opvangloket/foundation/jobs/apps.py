from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "opvangloket.foundation.jobs"
    label = "jobs"
