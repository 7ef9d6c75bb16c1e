from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "opvangloket.foundation.messages"
    label = "outbox"
