"""The site as a Django app: its commands and its texts."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "varna.site"
    label = "site"
