"""Learning as a Django app."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "varna.learning"
    label = "learning"
