"""Addresses of documents."""

from django.urls import path

from varna.documents import views


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
]
