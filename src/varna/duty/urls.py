"""Addresses of duty."""

from django.urls import path

from varna.duty import views


app_name = "duty"
urlpatterns = [
    path("", views.every, name="list"),
    path("fyll-pa/", views.fill, name="fill"),
    path("<uuid:pk>/", views.turn, name="turn"),
    path("<uuid:pk>/andra/", views.change, name="change"),
    path("<uuid:pk>/ta-bort/", views.cancel, name="cancel"),
]
