"""The addresses that belong to no desk."""

from django.conf import settings
from django.urls import path

from opvangloket.web.installation import health, mailbox, pictures, start

urlpatterns = [
    path("", start.desks, name="start"),
    path("foto/<slug:name>/<int:width>.webp", pictures.picture, name="picture"),
    path("gezondheid/", health.health, name="health"),
]
if settings.PLAYGROUND:
    urlpatterns.append(path("postvak-demo/", mailbox.mailbox, name="mailbox"))
