from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "opvangloket.foundation.files"
    label = "files"
