from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "opvangloket.foundation.retention"
    label = "retention"
