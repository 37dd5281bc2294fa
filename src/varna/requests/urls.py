"""Addresses of requests."""

from django.urls import path

from varna.requests import views


app_name = "requests"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("ny/", views.ask, name="ask"),
    path("<uuid:pk>/", views.one, name="one"),
]
