"""Invitations as a Django app."""

from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    name = "varna.invitations"
    label = "invitations"
