"""Addresses of documents."""

from django.urls import path

from varna.documents.views import known
from varna.documents.views import writing as views


app_name = "documents"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("nytt/", views.open_document, name="open"),
    path("<uuid:pk>/", views.document, name="document"),
    path("version/<uuid:pk>/", views.version, name="version"),
    path("version/<uuid:pk>/pdf/", views.file, name="file"),
    path("version/<uuid:pk>/skriv/", views.write, name="write"),
    path("version/<uuid:pk>/remiss/", views.send, name="send"),
    path("version/<uuid:pk>/ta-tillbaka/", views.take_back, name="take_back"),
    path("version/<uuid:pk>/anta/", views.adopt, name="adopt"),
    path("version/<uuid:pk>/gor-kand/", known.make_known, name="make_known"),
    path("version/<uuid:pk>/last/", known.read_it, name="read_it"),
    path("version/<uuid:pk>/kand/", known.coverage, name="coverage"),
    path("version/<uuid:pk>/kand/<uuid:invitation>/", known.given, name="given"),
    path("ta-del/<str:token>/", known.acknowledge, name="acknowledge"),
]
