"""Organisation as a Django app."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "varna.organisation"
    label = "organisation"
