"""Whatever is killed, whenever: what was promised is kept, and nothing half-done stays."""

import http.client
import os
import random
import re
import signal
import subprocess
import threading
import time

import pytest

from faults.house import COMMAND, Person


INSIDE = """
import datetime as dt, json
from varna.foundation import clock
from varna.cases.sweeps import destroyed
from varna.evidence.sweeps import unclaimed
from varna.foundation.vault.sweeps import unused_keys
from varna.cases.models import Case
from varna.evidence.models import Item
from varna.foundation.keys.store import keystore
from varna.foundation.vault import files
from varna.foundation.audit.actions import sign_head
from varna.foundation.audit.queries import verify
from varna.reports.models import Report
reports = set(Report.unscoped.values_list("pk", flat=True))
keyless = [str(pk) for pk in reports if not keystore().has_keys(pk)]
half = [str(i.pk) for i in Item.unscoped.all() if not files.path_of(i.pk).exists()]
later = clock.now() + dt.timedelta(hours=25)
destroyed(at=later), unclaimed(at=later), unused_keys(at=later)
on_disk = {file_id for file_id, _ in files.stored_files()}
rows = set(Item.unscoped.values_list("pk", flat=True))
owners = {o for o in keystore().owners() if o.int >> 8 != 0x40008000000000000000 << 0}
known = reports | set(Case.unscoped.values_list("pk", flat=True))
installation = {str(o) for o in owners - known}
keystore().read_through()
sign_head(at=clock.now())
print(json.dumps({"reports": len(reports), "keyless": keyless, "half": half,
    "orphans": len(on_disk - rows), "missing": len(rows - on_disk),
    "unused": [o for o in installation if not o.startswith("00000000-")],
    "whole": verify().whole}))
"""


def looked_at(house):
    import json

    return json.loads(house.do(INSIDE).strip().splitlines()[-1])


@pytest.mark.proves("T24", "F-01")
def test_every_receipt_that_was_shown_has_its_report_after_kill_9(house):  # noqa: C901 (one story)
    seed = random.SystemRandom().randrange(10**6)
    print("seed", seed)
    chance = random.Random(seed)
    shown, lock = {}, threading.Lock()
    left = iter(range(200))
    stop = threading.Event()

    def client(name):
        while not stop.is_set():
            with lock:
                number = next(left, None)
            if number is None:
                return
            words = f"Händelse {number} från {name}"
            files = [("bild.png", os.urandom(3000))] if number % 3 == 0 else []
            for _ in range(600):
                try:
                    answer = Person(house).report(words, files=files)
                # Killed meanwhile: try again.
                except (OSError, TypeError, ValueError, http.client.HTTPException):
                    time.sleep(0.1)
                    continue
                if answer.code:
                    with lock:
                        shown[answer.code] = words
                    break

    house.start()
    threads = [threading.Thread(target=client, args=(name,)) for name in "ABCD"]
    for thread in threads:
        thread.start()
    for _ in range(3):
        time.sleep(chance.uniform(0.8, 1.8))
        house.kill()
        house.start()
    for thread in threads:
        thread.join(timeout=120)
    stop.set()
    assert len(shown) == 200
    for code, words in random.Random(seed).sample(sorted(shown.items()), 60):
        assert words in Person(house).come_back(code), (seed, code)
    house.stop()
    found = looked_at(house)
    assert found["reports"] >= 200
    assert found["whole"]
    for name in ("keyless", "half", "unused", "orphans", "missing"):
        assert not found[name], (seed, name, found)
    # What was not opened over HTTP is there by its code, every one.
    codes = sorted(shown)
    asked = house.do(
        "from varna.reports.receipts import lookup\n"
        "from varna.reports.rules import normalised\n"
        "from varna.reports.models import Report\n"
        "print(sum(Report.unscoped.filter(lookup=lookup(normalised(c))).count() "
        f"for c in {codes!r}))"
    )
    assert asked.strip().endswith("200")


@pytest.mark.proves("F-12")
def test_twenty_posts_of_one_form_at_once_are_one_report(house):
    house.start()
    token = Person(house).token()
    ready, answers = threading.Barrier(20), []

    def send(number):
        person = Person(house)
        ready.wait()
        answers.append(person.report("En gång", token=token))

    threads = [threading.Thread(target=send, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status for answer in answers] == [200] * 20, house.log.read_text()[-3000:]
    codes = [answer.code for answer in answers]
    assert len(set(codes)) == 1
    assert codes[0]
    assert "En gång" in Person(house).come_back(codes[0])
    house.stop()
    assert looked_at(house)["reports"] == 1


QUEUE = """
from varna.foundation import clock
from varna.foundation.accounts.models import Account
from varna.foundation.outbox.actions import put_uniform
for account in Account.objects.all():
    put_uniform(account.pk, at=clock.now(), at_once=True)
print(Account.objects.count())
"""
LEASES_OVER = """
import datetime as dt
from varna.foundation.outbox.models import Mail
from varna.foundation import clock
Mail.unscoped.exclude(leased_until=None).update(leased_until=clock.now() - dt.timedelta(minutes=1))
"""


class SlowBox:
    """A mail server that has taken the mail and is slow to say so: the worst moment to die."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, _server, _session, envelope):
        import asyncio

        self.taken.append(envelope.rcpt_tos[0])
        await asyncio.sleep(0.25)
        return "250 OK"


@pytest.mark.proves("F-04", part=True)
def test_a_worker_killed_in_mid_send_sends_no_mail_more_than_twice(house):
    from aiosmtpd.controller import Controller

    from installation import free_port

    box, port = SlowBox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    house.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    try:
        count = int(re.findall(r"\d+", house.do(QUEUE))[-1])
        worker = subprocess.Popen([*COMMAND, "worker"], env=house.environment)
        try:
            for _ in range(400):
                if len(box.taken) >= 3:
                    break
                time.sleep(0.05)
            time.sleep(0.1)
        finally:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
        assert len(box.taken) < count
        house.do(LEASES_OVER)
        house.varna("worker", "--once")
        house.varna("worker", "--once")
    finally:
        controller.stop()
    copies = [box.taken.count(address) for address in set(box.taken)]
    assert len(copies) == count
    assert max(copies) <= 2
    assert sum(copies) <= count + 1
