"""The addresses of organisers, under /organisator/."""

from opvangloket.web.access import urls as access

app_name = "organiser"
urlpatterns = [*access.ORGANISER]
