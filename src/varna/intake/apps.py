"""Intake as a Django app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "varna.intake"
    label = "intake"
