"""The addresses that anyone may open, under /{loket}/."""

from django.urls import URLPattern

app_name = "public"
urlpatterns: list[URLPattern] = []
