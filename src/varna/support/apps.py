"""Support as a Django app."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "varna.support"
    label = "support"
