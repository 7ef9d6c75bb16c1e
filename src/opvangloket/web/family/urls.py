"""The addresses of families, under /{loket}/."""

from opvangloket.web.access import urls as access

app_name = "family"
urlpatterns = [*access.FAMILY]
