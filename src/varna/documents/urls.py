"""Addresses of documents."""

from django.urls import path

from varna.documents.views import advice, known
from varna.documents.views import writing as views


app_name = "documents"
urlpatterns = [
    path("rad/", advice.overview, name="advice_list"),
    path("rad/<slug:name>/", advice.one, name="advice"),
    path("rad/<slug:name>/stammer/", advice.confirm, name="confirm_advice"),
    path("dokument/", views.overview, name="overview"),
    path("dokument/nytt/", views.open_document, name="open"),
    path("dokument/<uuid:pk>/", views.document, name="document"),
    path("dokument/version/<uuid:pk>/", views.version, name="version"),
    path("dokument/version/<uuid:pk>/pdf/", views.file, name="file"),
    path("dokument/version/<uuid:pk>/skriv/", views.write, name="write"),
    path("dokument/version/<uuid:pk>/remiss/", views.send, name="send"),
    path("dokument/version/<uuid:pk>/ta-tillbaka/", views.take_back, name="take_back"),
    path("dokument/version/<uuid:pk>/anta/", views.adopt, name="adopt"),
    path("dokument/version/<uuid:pk>/gor-kand/", known.make_known, name="make_known"),
    path("dokument/version/<uuid:pk>/last/", known.read_it, name="read_it"),
    path("dokument/version/<uuid:pk>/kand/", known.coverage, name="coverage"),
    path("dokument/version/<uuid:pk>/kand/<uuid:invitation>/", known.given, name="given"),
    path("dokument/ta-del/<str:token>/", known.acknowledge, name="acknowledge"),
]
