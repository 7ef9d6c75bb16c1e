"""The addresses of desk staff, under /werk/."""

from django.urls import path

from opvangloket.web.access import urls as access
from opvangloket.web.desk import settings_pages

app_name = "desk"
urlpatterns = [
    *access.DESK,
    path("<slug:desk>/instellingen/", settings_pages.settings, name="settings"),
    path("<slug:desk>/instellingen/nieuw/", settings_pages.new_version, name="settings_new"),
    path("<slug:desk>/instellingen/<int:number>/", settings_pages.version, name="settings_version"),
]
