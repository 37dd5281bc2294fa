"""Contacts as a Django app."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "varna.contacts"
    label = "contacts"
