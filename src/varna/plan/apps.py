"""The plan as a Django app."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "varna.plan"
    label = "plan"
