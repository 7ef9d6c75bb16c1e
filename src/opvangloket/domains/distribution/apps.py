from django.apps import AppConfig


class DistributionConfig(AppConfig):
    name = "opvangloket.domains.distribution"
    label = "distribution"
