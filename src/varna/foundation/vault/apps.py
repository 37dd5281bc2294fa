"""Vault as a Django app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "varna.foundation.vault"
    label = "vault"
