"""Records as a Django app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "varna.records"
    label = "records"
