"""Addresses of contacts; `code` is a unit's id in the register, or a function's in the plan."""

from django.urls import path

from varna.contacts import views


app_name = "contacts"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("funktion/", views.function, name="function"),
    path("for/<slug:code>/", views.place, name="place"),
    path("for/<slug:code>/na/", views.reach, name="reach"),
    path("for/<slug:code>/namnge/", views.name, name="name"),
    path("for/<slug:code>/ratta/", views.correct, name="correct"),
    path("for/<slug:code>/kontrollerad/", views.verify, name="verify"),
    path("for/<slug:code>/avsluta/", views.end, name="end"),
]
