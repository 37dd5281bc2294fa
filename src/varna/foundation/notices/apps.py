"""Notices as a Django app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "varna.foundation.notices"
    label = "notices"
