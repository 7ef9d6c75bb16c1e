"""The addresses that anyone may open, under /{loket}/."""

from django.urls import path

from opvangloket.web.public import location, search, texts

app_name = "public"
urlpatterns = [
    path("", texts.front, name="front"),
    path("zoeken/", search.results, name="search"),
    path("zoeken/kaart.json", search.map_data, name="map_data"),
    path("zoeken/plaatsen.json", search.places, name="places"),
    path("opvang/<slug:slug>/", location.location, name="location"),
    path("zo-werkt-het/", texts.procedure, name="procedure"),
    path("privacy/", texts.privacy, name="privacy"),
    path("toegankelijkheid/", texts.accessibility, name="accessibility"),
]
