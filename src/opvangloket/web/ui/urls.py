"""The gallery: every component on one page, for who builds pages and for the screenshots. Not in production."""

from django.urls import path

from opvangloket.web.ui.gallery import views

app_name = "gallery"
urlpatterns = [
    path("", views.components, name="components"),
    path("vraag/", views.question, name="question"),
    path("dossier/", views.file, name="file"),
    path("fout/<int:status>/", views.error, name="error"),
]
