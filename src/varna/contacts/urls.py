"""Addresses of contacts; `key` is a unit's id in the register, or a function's in the plan."""

from django.urls import path

from varna.contacts import views


app_name = "contacts"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("funktion/", views.function, name="function"),
    path("for/<slug:key>/", views.place, name="place"),
    path("for/<slug:key>/na/", views.reach, name="reach"),
    path("for/<slug:key>/namnge/", views.name, name="name"),
    path("for/<slug:key>/ratta/", views.correct, name="correct"),
    path("for/<slug:key>/kontrollerad/", views.verify, name="verify"),
    path("for/<slug:key>/avsluta/", views.end, name="end"),
]
