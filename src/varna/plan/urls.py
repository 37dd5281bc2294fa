"""Addresses of the plan's own pages."""

from django.urls import path

from varna.plan import views


app_name = "plan"
urlpatterns = [
    path("versioner/", views.versions, name="versions"),
    path("versioner/las-in/", views.read, name="read"),
    path("versioner/<uuid:pk>/", views.edition, name="edition"),
    path("handelser/", views.events, name="events"),
    path("handelser/<uuid:pk>/ta-tillbaka/", views.take_back, name="take_back"),
]
