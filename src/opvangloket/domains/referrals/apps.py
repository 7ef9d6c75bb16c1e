from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "opvangloket.domains.referrals"
    label = "referrals"
