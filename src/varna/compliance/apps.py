"""Compliance as a Django app."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "varna.compliance"
    label = "compliance"
