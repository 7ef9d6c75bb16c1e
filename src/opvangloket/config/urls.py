"""Every address. /{loket}/… public and family · /organisator/… · /werk/{loket}/… · later /toeleider, /api/v1."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("opvangloket.web.installation.urls")),
    path("organisator/", include("opvangloket.web.organiser.urls")),
    path("werk/", include("opvangloket.web.desk.urls")),
]
if settings.PLAYGROUND:
    urlpatterns.append(path("galerij/", include("opvangloket.web.ui.urls")))

# Last: whatever is nothing else is the name of a desk.
urlpatterns += [
    path("<slug:desk>/", include("opvangloket.web.family.urls")),
    path("<slug:desk>/", include("opvangloket.web.public.urls")),
]

handler400 = "opvangloket.web.errors.bad_request"
handler403 = "opvangloket.web.errors.forbidden"
handler404 = "opvangloket.web.errors.not_found"
handler500 = "opvangloket.web.errors.broken"
