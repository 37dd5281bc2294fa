"""Duty as a Django app."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "varna.duty"
    label = "duty"
