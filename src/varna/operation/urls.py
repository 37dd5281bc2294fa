"""Addresses of operation. Those of health stand by themselves: they have no language."""

from django.urls import path

from varna.operation import views


app_name = "operation"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("klockan/", views.confirm_clock, name="confirm_clock"),
]
