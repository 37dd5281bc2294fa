"""Audit as a Django app: its tables and the command `varna audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "varna.foundation.audit"
    label = "audit"
