"""Importing as a Django app."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "varna.importing"
    label = "importing"
