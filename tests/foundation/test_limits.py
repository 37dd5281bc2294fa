"""Limits: a flood is slowed and put aside, never refused, and nobody's address is kept."""

import time

from django.conf import settings
from django.test import RequestFactory

import pytest

from intake.test_the_walk import code_in, send_report
from varna.foundation.access import limits
from varna.foundation.access.limits import BUCKETS, Buckets, sender, slow_down
from varna.reports.models import Report
from varna.reports.rules import Lane


@pytest.fixture(autouse=True)
def _empty_buckets():
    BUCKETS.forget()
    yield
    BUCKETS.forget()


def test_a_bucket_fills_and_leaks_evenly():
    buckets = Buckets()
    levels = [buckets.level("a", "x", most=4, seconds=4000) for _ in range(5)]
    assert levels == pytest.approx([0.25, 0.5, 0.75, 1.0, 1.25], abs=0.01)
    for _ in range(5):
        level = buckets.level("b", "x", most=4, seconds=0.4)
    assert level > 1.0
    time.sleep(0.5)
    assert buckets.level("b", "x", most=4, seconds=0.4) == pytest.approx(0.25, abs=0.3)


def test_one_senders_bucket_is_not_anothers_and_one_purpose_not_anothers():
    buckets = Buckets()
    for _ in range(9):
        buckets.level("a", "x", most=4, seconds=40)
    assert buckets.level("a", "y", most=4, seconds=40) == 0.25
    assert buckets.level("b", "x", most=4, seconds=40) == 0.25


def test_a_flood_is_forgotten_soon_after_it_ends():
    buckets = Buckets()
    for _ in range(100_000):
        level = buckets.level("a", "x", most=4, seconds=0.2)
    assert level > 1.0
    time.sleep(0.5)
    assert buckets.level("a", "x", most=4, seconds=0.2) < 1.0


def test_no_address_is_kept_and_the_names_cannot_be_made_again():
    buckets = Buckets()
    buckets.level("report", "203.0.113.0/24", most=4, seconds=40)
    (name,) = buckets._levels
    assert b"203" not in name
    assert len(name) == 16
    first_key, limits._KEY = limits._KEY, b"another start"
    buckets.level("report", "203.0.113.0/24", most=4, seconds=40)
    limits._KEY = first_key
    assert len(buckets._levels) == 2


def test_there_are_never_more_buckets_than_memory_can_hold(monkeypatch):
    monkeypatch.setattr(limits, "_MOST_BUCKETS", 100)
    buckets = Buckets()
    for number in range(1000):
        buckets.level("a", str(number), most=4, seconds=40)
    assert len(buckets._levels) == 100


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2ff::7", "2001:db8:1:200::/56"),
        ("nonsense", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_sender_is_a_network(address, network):
    assert sender(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_a_forwarded_address_counts_only_behind_a_proxy_that_is_trusted(monkeypatch):
    request = RequestFactory().get(
        "/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.9, 203.0.113.7"
    )
    assert sender(request) == "127.0.0.0/24"
    monkeypatch.setattr(settings, "TRUSTED_PROXY", True)
    assert sender(request) == "203.0.113.0/24"


def test_a_flood_is_slowed_and_a_calm_sender_is_not(monkeypatch):
    monkeypatch.setitem(settings.LIMITS, "slowest_ms", 100)
    began = time.monotonic()
    slow_down(1.0)
    assert time.monotonic() - began < 0.05
    slow_down(5.0)
    assert 0.1 <= time.monotonic() - began < 0.5


@pytest.mark.django_db
def test_two_hundred_reports_from_one_sender_are_all_there(client, alva, monkeypatch):
    monkeypatch.setitem(settings.LIMITS, "slowest_ms", 1)
    codes = {code_in(send_report(client)) for _ in range(200)}
    assert len(codes) == 200
    assert Report.unscoped.count() == 200
    normal = Report.unscoped.filter(lane=Lane.NORMAL).count()
    assert settings.LIMITS["reports_per_sender"] <= normal <= 32
    assert Report.unscoped.filter(lane=Lane.QUARANTINE).count() == 200 - normal
