"""Every address. /{loket}/… public and family · /organisator/… · /werk/{loket}/… · later /toeleider, /api/v1."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []

if settings.PLAYGROUND:
    urlpatterns += []

handler400 = "opvangloket.web.errors.bad_request"
handler403 = "opvangloket.web.errors.forbidden"
handler404 = "opvangloket.web.errors.not_found"
handler500 = "opvangloket.web.errors.broken"
_ = (include, path)
