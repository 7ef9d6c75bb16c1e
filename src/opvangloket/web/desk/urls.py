"""The addresses of desk staff, under /werk/."""

from opvangloket.web.access import urls as access

app_name = "desk"
urlpatterns = [*access.DESK]
