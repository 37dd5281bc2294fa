"""Operation as a Django app."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "varna.operation"
    label = "operation"
