from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "opvangloket.foundation.accounts"
    label = "accounts"
