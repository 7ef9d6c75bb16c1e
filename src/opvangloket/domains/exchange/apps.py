from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "opvangloket.domains.exchange"
    label = "exchange"
