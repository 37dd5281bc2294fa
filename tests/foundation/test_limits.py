"""Limits: a flood of reports is put aside and never refused, codes wait for nobody's thread, and
nobody's address is kept.
"""

import ast
import json
import os
import time
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.test import RequestFactory

import pytest

import varna
from intake.test_the_walk import code_in, send_report
from varna.foundation import shared
from varna.foundation.access.limits import BUCKETS, Buckets, Tally, seconds_until_below, sender
from varna.foundation.audit.models import Event
from varna.foundation.shared import Shared
from varna.reports.models import Report
from varna.reports.rules import Lane


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


def everything_in(buckets):
    return bytes(buckets.table._memory)


def test_no_address_is_kept_and_the_names_cannot_be_made_again(monkeypatch):
    buckets = Buckets(64)
    buckets.level("report", "203.0.113.0/24", most=4, seconds=40)
    first = everything_in(buckets)
    assert any(first)
    assert b"203" not in first
    assert buckets.level("report", "203.0.113.0/24", most=4, seconds=40) == pytest.approx(0.5, 0.01)
    monkeypatch.setattr(shared, "KEY", b"another start")
    assert buckets.level("report", "203.0.113.0/24", most=4, seconds=40) == 0.25


def test_a_bucket_that_runs_over_is_still_there_after_a_flood_of_others():
    """What makes room is what would soonest be empty anyway."""
    buckets = Buckets(64)
    for _ in range(9):
        buckets.level("a", "flood", most=4, seconds=4000)
    size = len(everything_in(buckets))
    for number in range(2000):
        buckets.level("a", str(number), most=4, seconds=4000)
    assert buckets.level("a", "flood", most=4, seconds=4000) > 1.0
    assert len(everything_in(buckets)) == size


# ── together ──────────────────────────────────────────────────────────────────────────────────
def in_a_process_of_its_own(work):
    """As a worker is: a copy of this process."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


def test_what_one_worker_counts_the_others_know():
    buckets = Buckets(64)
    for _ in range(3):
        in_a_process_of_its_own(lambda: buckets.level("code", "x", most=4, seconds=4000))
    assert buckets.level("code", "x", most=4, seconds=4000) == pytest.approx(1.0, 0.01)


def test_many_workers_at_once_lose_no_count():
    buckets, pids = Buckets(64), []
    for _ in range(4):
        pid = os.fork()
        if pid == 0:
            for _number in range(500):
                buckets.level("code", "x", most=10_000, seconds=1e9)
            os._exit(0)
        pids.append(pid)
    for pid in pids:
        os.waitpid(pid, 0)
    assert buckets.level("code", "x", most=10_000, seconds=1e9) == pytest.approx(0.2001, 0.001)


def test_a_worker_that_dies_while_it_counts_stops_nobody():
    buckets = Buckets(64)

    def die():
        with buckets.table.held():
            os._exit(1)

    in_a_process_of_its_own(die)
    assert buckets.level("code", "x", most=4, seconds=40) == 0.25


def test_the_limits_of_sign_in_are_counted_together():
    in_a_process_of_its_own(lambda: cache.set("tries", [1.5, 2], 60))
    assert cache.get("tries") == [1.5, 2]
    assert not cache.add("tries", True, 60)
    assert cache.delete("tries")
    assert cache.get("tries", "none") == "none"
    assert cache.add("tries", True, 60)


def test_what_is_kept_for_a_while_is_gone_after_it(time_machine, now):
    time_machine.move_to(now)
    cache.set("tries", [1], 60)
    time_machine.shift(61)
    assert cache.get("tries") is None
    with pytest.raises(ValueError, match="too much"):
        cache.set("tries", "x" * 2000, 60)


# ── who ───────────────────────────────────────────────────────────────────────────────────────
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


# ── nobody waits ──────────────────────────────────────────────────────────────────────────────
WAITS_FOR_A_LOCK = {"foundation/turns.py"}  # half a millisecond at a time, for another's writing


@pytest.mark.proves("H5")
def test_nothing_sleeps_on_a_thread_that_somebody_waits_for():
    source = Path(varna.__file__).parent
    found = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "sleep"
    }
    assert found == WAITS_FOR_A_LOCK


def test_how_long_to_wait_is_said_and_is_never_nothing():
    assert seconds_until_below(1.5, seconds=60) == 30
    assert seconds_until_below(9.0, seconds=60) == 60
    assert seconds_until_below(1.0, seconds=60) == 1


def test_the_first_is_told_at_once_and_the_rest_together():
    moment = [1000.0]
    tally = Tally(Shared(64, 16, lambda: moment[0]))
    assert [tally.due("x", every=60) for _ in range(4)] == [1, 0, 0, 0]
    moment[0] += 61
    assert [tally.due("x", every=60) for _ in range(2)] == [4, 0]


def wrong(client, code="0" * 24):
    return client.post("/tillbaka/", {"code": code})


@pytest.mark.django_db
@pytest.mark.proves("H5")
def test_above_the_limit_a_wrong_code_is_answered_at_once_with_words(client, alva):
    code = code_in(send_report(client))
    answers = [wrong(client) for _ in range(8)]
    assert [one.status_code for one in answers] == [422] * 5 + [429] * 3
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    said = answers[-1].content.decode()
    assert "Många fel koder" in said
    assert 'id="id_code_error"' in said
    assert wrong(client, code).status_code == 302, "the right one is let in, whoever tries others"


@pytest.mark.django_db
@pytest.mark.proves("H5", "T23")
def test_a_flood_of_wrong_codes_makes_one_line_a_minute(client, monkeypatch):
    moment = [1000.0]
    monkeypatch.setattr(BUCKETS.table, "clock", lambda: moment[0])
    for _ in range(40):
        wrong(client)
    moment[0] += 61
    wrong(client)
    lines = Event.unscoped.filter(act="receipt.wrong").order_by("pk")
    assert [json.loads(line.body)["n"] for line in lines] == [1, 40]


@pytest.mark.django_db
@pytest.mark.proves("T16", "F-13", part=True)
def test_two_hundred_reports_from_one_sender_are_all_there(client, alva):
    codes = {code_in(send_report(client)) for _ in range(200)}
    assert len(codes) == 200
    assert Report.unscoped.count() == 200
    normal = Report.unscoped.filter(lane=Lane.NORMAL).count()
    assert settings.LIMITS["reports_per_sender"] <= normal <= 32
    assert Report.unscoped.filter(lane=Lane.QUARANTINE).count() == 200 - normal
