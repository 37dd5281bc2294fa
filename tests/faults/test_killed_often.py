"""Sixty kills while people report, a register is read in, a plan adopted and people invited."""

import json
import os
import signal
import subprocess
import threading
import time
from collections import defaultdict
from email import message_from_bytes

import pytest

import mail_server
import registers
from faults import seeds
from faults.house import COMMAND, Person
from faults.senders import Senders
from faults.test_killed import LEASES_OVER, looked_at
from installation import free_port


KILLS, EACH = int(os.environ.get("KILLS") or 60), 8
INVITE = """
import datetime as dt
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.invitations.rules import Details
from varna.training.actions import arranging, asking
from varna.training.models import Session
by, at = system("tests"), clock.now()
if not Session.unscoped.exists():
    starts = at + dt.timedelta(days=60)
    details = Details(title="Trygg", starts_at=starts, ends_at=starts + dt.timedelta(hours=2),
                      place="Salen")
    arranging.plan(arranging.Plan(details, ("elected",)), by=by, at=at)
asking.send(Session.unscoped.get(), by=by, at=at)
"""
ADOPT = """
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.plan import actions as plans
from varna.plan.models import Adoption
from varna.plan.queries import text_in
by, at = system("tests"), clock.now()
if not Adoption.unscoped.exists():
    edition = plans.read_plan(text_in("vasteras-2018"), by=by, at=at)
    plans.adopt_plan(edition.pk, from_on=clock.day_of(at), by=by, at=at)
"""
FOUND = """
import json
from varna.invitations.models import Invitation
from varna.organisation.models import Assignment, Person
from varna.plan.models import Adoption
print(json.dumps([Person.unscoped.count(), Assignment.unscoped.count(),
                  Invitation.unscoped.count(), Adoption.unscoped.count()]))
"""


class Deeds:
    """Somebody at the terminal, who does the same again when it was killed, until it is done."""

    def __init__(self, house):
        self.house, self.people, self.stop = house, 0, threading.Event()
        self.running, self.done = None, 0
        self.thread = threading.Thread(target=self._go_on)

    def _go_on(self):
        while not self.stop.is_set():
            self.people += EACH
            register = self._register()
            words = [["register", "import", register, "--apply", "--yes"],
                     ["shell", "--no-imports", "-c", INVITE],
                     ["shell", "--no-imports", "-c", ADOPT]]  # fmt: skip
            for one in words:
                while not self._is_done(one):
                    time.sleep(0.1)

    def _register(self):
        path = self.house.folder.parent / "register.csv"
        rows = [["Person", f"Nummer{n}", f"p{n}@reg.example", "", "-", "Valnämnden", "Ledamot",
                 "2026-01-01", "", ""] for n in range(self.people)]  # fmt: skip
        path.write_bytes(registers.csv_of(rows))
        return path

    def _is_done(self, words):
        self.running = subprocess.Popen(
            [*COMMAND, *map(str, words)], env=self.house.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        said, _ = self.running.communicate()
        code = self.running.returncode
        # What was killed while it wrote is let go after two minutes; until then it says so.
        waits = code == 1 and "försök igen om två minuter" in said.decode().casefold()
        assert waits or code in {0, -signal.SIGKILL}, said.decode()
        self.done += code == 0
        return code == 0

    def kill(self):
        if self.running is not None and self.running.poll() is None:
            self.running.kill()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_fault):
        self.stop.set()
        self.thread.join()


def told_by_mail(box):
    """For each invited address the names of the mails that came, which are one."""
    names = defaultdict(set)
    for to, said in box.taken:
        if to.endswith("@reg.example"):
            names[to].add(message_from_bytes(said)["Message-ID"])
    return names


def until_all_have_mail(house, box, people):
    """What was being sent when its worker was killed is sent when its lease is over."""
    for _ in range(6):
        house.do(LEASES_OVER)
        house.varna("worker", "--once")
        if len(told_by_mail(box)) == people:
            return


@pytest.mark.long
@pytest.mark.proves("F-01")
@pytest.mark.proves("F-04", part=True)
def test_sixty_kills_in_mixed_work_lose_nothing_and_leave_nothing_behind(house):
    chance, port = seeds.chance(), free_port()
    house.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    with mail_server.serving(port) as box:
        house.start()
        with Deeds(house) as deeds, Senders(house, 4 * KILLS) as senders:
            for _ in range(KILLS):
                time.sleep(chance.uniform(0.3, 2.5))
                if chance.random() < 0.5:
                    deeds.kill()
                    continue
                house.kill()
                house.start()
        house.stop()
        until_all_have_mail(house, box, deeds.people)
        names = told_by_mail(box)
    people, assignments, invited, adopted = json.loads(house.do(FOUND).splitlines()[-1])
    assert (people, assignments, adopted) == (deeds.people, deeds.people, 1)
    assert invited == len(names) == deeds.people
    assert {len(ids) for ids in names.values()} == {1}, "a mail that came twice has one name"
    assert len(senders.shown) == 4 * KILLS
    found = looked_at(house)
    assert found["whole"]
    assert not [name for name in ("keyless", "half", "orphans", "missing") if found[name]], found
    house.start("--no-worker")
    for code, words in senders.shown.items():
        assert words in Person(house).come_back(code)
