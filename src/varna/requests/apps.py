"""Requests as a Django app."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "varna.requests"
    label = "requests"
