"""Keys as a Django app: the command `varna keys`."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "varna.foundation.keys"
    label = "keys"
