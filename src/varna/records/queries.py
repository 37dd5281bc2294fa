"""The record series that the rooms have declared."""

import importlib

from django.conf import settings

from varna.records.rules import RecordSeries


def series() -> list[RecordSeries]:
    """Every series, from the modules that settings.RECORD_SERIES names."""
    found: list[RecordSeries] = []
    for name in settings.RECORD_SERIES:
        found += importlib.import_module(name).SERIES
    return found
