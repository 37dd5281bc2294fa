"""Addresses of remarks."""

from django.urls import path

from varna.learning import toolbox, views


app_name = "learning"
urlpatterns = [path("", views.remarks, name="remarks")]
PAGES = toolbox.PAGES
