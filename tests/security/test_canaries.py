"""Canaries: a word in every confidential field, every role at every address, and a raw dump.

The run fails when a word is seen by somebody who must not see it, when an address has no declared
policy or no row here, or when a page changes because of a case that its reader must not know of.
"""

import base64
import hashlib
import json
import re

from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

import pytest

import cast
import engines
import world as worlds
from security.doors import (
    ARRANGERS,
    DOORS,
    EVERYBODY,
    HANDLERS,
    OWN,
    addresses,
    arguments,
)
from varna.cases.models import Case
from varna.evidence.models import Item
from varna.evidence.rules import proof_of
from varna.evidence.sealed import Description
from varna.foundation import clock
from varna.foundation.access.models import Grant
from varna.foundation.access.policies import policy_of
from varna.foundation.audit.models import Event
from varna.foundation.keys.rules import Compartment
from varna.foundation.outbox.actions import send_due
from varna.foundation.outbox.models import Mail
from varna.foundation.vault import service as vault
from world import CASE, COOPERATION, DUTY, HELP, PRIVATE, REACH, REPORT, TASK, canary


pytestmark = pytest.mark.django_db

WORK = (*COOPERATION, *HELP, *REACH, *DUTY)
NAMES = sorted({name for name, _ in addresses()})


@pytest.fixture
def clients(world):
    """Somebody in every role, each signed in the way they would be."""
    found = {part: cast.sign_in(Client(), account) for part, account in world.people.items()}
    found["reporter_by_mail"] = cast.sign_in(Client(), world.people["reporter"], strong=False)
    found["anonymous"] = Client()
    found["receipt"] = Client()
    found["receipt"].post(reverse("cases:return"), {"code": world.code})
    return found


def said(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{k}: {v}" for k, v in answer.items())
    return body.decode("utf-8", "replace") + headers


def seen(text, names):
    return {name for name in names if canary(name) in text}


def test_every_address_has_a_declared_policy_and_a_door_here():
    assert set(NAMES) - {"leave"} == set(DOORS)  # leaving ends the session: tests/journeys
    without = [name for name, pattern in addresses() if policy_of(pattern.callback) is None]
    assert without == []


def test_a_door_that_nobody_comes_in_by_says_why():
    assert [
        name for name, door in DOORS.items() if not (door.reads or door.posts or door.why)
    ] == []


def test_whatever_is_done_by_posting_is_done_on_both_databases():
    assert [
        name for name, door in DOORS.items() if door.posts and not door.posts & DOORKEEPERS
    ] == []


def doors():
    for name, pattern in addresses():
        if name in DOORS:
            yield name, pattern, DOORS[name]


def came_in(answer):
    """Not a 404, not a page that is only read or posted to, and no way to sign in."""
    if answer.status_code in {404, 405}:
        return False
    where = answer.get("Location", "") if answer.status_code == 302 else ""
    return not where.startswith(("/konto/logga-in", "/starkare"))


@pytest.mark.parametrize("part", sorted(EVERYBODY))
@pytest.mark.proves("T1")
def test_each_role_comes_in_where_it_may_and_sees_only_what_it_may(world, clients, part):
    client = clients[part]
    for name, pattern, door in doors():
        answer = client.get(reverse(name, kwargs=arguments(world, name, pattern)))
        text = said(answer)
        if not door.why:
            assert (answer.status_code == 200) == (part in door.reads), f"{part} reads {name}"
        leaked = seen(text, [*REPORT, *CASE, *PRIVATE, *TASK]) - allowed(part)
        assert not leaked, f"{part} at {name} saw {leaked}"
        if part != "assigned" and name in {"cases:health"}:
            assert "<li><time" not in text or ": tackat ja" not in text


# Which door is whose is decided in Python; each kind of deed is done by one of these.
DOORKEEPERS = {
    "assigned", "lead", "shared_contact", "access_admin", "plan_owner", "registrar", "reporter",
    "outsider", "anonymous", "operator",
}  # fmt: skip
READS = ("read", "receipt.", "lessons.read")  # lines that say that somebody looked


def lines():
    found = Event.unscoped.values_list("pk", "act")
    return {pk for pk, act in found if not act.startswith(READS)}


@pytest.mark.parametrize("part", engines.whole_or(DOORKEEPERS, EVERYBODY))
def test_each_role_does_by_posting_what_it_may_and_nobody_else_changes_anything(
    world, clients, part
):
    """Every address is posted to by everybody, and what that did is taken back again."""
    client = clients[part]
    for name, pattern, door in doors():
        if name in {"account_logout", "end_sessions"}:  # they would end the session
            continue
        address = reverse(name, kwargs=arguments(world, name, pattern))
        before, was = lines(), transaction.savepoint()
        answer = client.post(address, door.sends)
        if part not in door.posts:
            assert lines() == before, f"{part} did something by posting to {name}"
            assert not seen(said(answer), [*REPORT, *CASE, *PRIVATE, *TASK])
        if not door.why:
            assert came_in(answer) == (part in door.posts), f"{part} posts to {name}"
        transaction.savepoint_rollback(was)


def allowed(part):
    if part == "assigned":
        return {*REPORT, *CASE, *PRIVATE, *TASK}
    if part == "lead":
        return {*REPORT, *CASE, *TASK}
    if part == "shared_contact":
        return {*TASK}
    if part in OWN:
        # What one has told oneself, and what the handlers have answered; not whom one pointed out,
        # nor how one may be reached: a telephone can lie open on a kitchen table.
        return {*REPORT} - {"contact", "safely", "pointedout"}
    return set()


def test_what_is_there_for_those_who_may_see_it(world, clients):
    """The suite can fail: the words are found where they should be."""
    found = set()
    for name, pattern, door in doors():
        if name.startswith("cases:") and door.reads:
            answer = clients["assigned"].get(reverse(name, kwargs=arguments(world, name, pattern)))
            found |= seen(said(answer), [*REPORT, *CASE, *PRIVATE, *TASK])
    assert found == {*REPORT, *CASE, *PRIVATE, *TASK}
    tasks = said(clients["shared_contact"].get(reverse("cases:tasks")))
    assert seen(tasks, TASK) == set(TASK)


@pytest.mark.parametrize("part", sorted(EVERYBODY))
def test_the_plans_work_is_read_by_those_who_do_it_and_by_nobody_else(world, clients, part):
    """Pages with what was said to partners, asked for help, and how a contact is reached."""
    client = clients[part]
    pages = [
        ("cooperation:partner", world.partner), ("cooperation:shared",),
        ("cooperation:meeting", world.meeting), ("requests:one", world.help),
        ("contacts:place", "safety-process"), ("duty:turn", world.turn),
    ]  # fmt: skip
    text = "".join(said(client.get(reverse(name, args=args))) for name, *args in pages)
    may = set(COOPERATION) if part in ARRANGERS else set()
    may |= set(DUTY) if part in HANDLERS else set()
    may |= set(HELP) if part in HANDLERS | {"shared_contact"} else set()
    assert seen(text, WORK) == may


@pytest.mark.proves("T18", part=True)
def test_mails_look_the_same_and_hold_no_word(world):
    Mail.unscoped.filter(kind=Mail.Kind.INVITATION).delete()  # they have words of their own
    Mail.unscoped.update(not_before=clock.now(), leased_until=None)
    send_due(at=clock.now(), most=500)
    assert len(mail.outbox) >= 3
    uniform = {(m.subject, m.body, m.from_email) for m in mail.outbox}
    assert len(uniform) == 1
    for message in mail.outbox:
        assert not seen(message.message().as_string(), [*REPORT, *CASE, *PRIVATE, *TASK, *WORK])


@pytest.mark.proves("T18", part=True)
def test_the_log_holds_references_and_no_word(world):
    lines = "\n".join(Event.unscoped.values_list("body", flat=True))
    assert not seen(lines, [*REPORT, *CASE, *PRIVATE, *TASK, *WORK])
    assert world.code not in lines
    for line in Event.unscoped.values_list("body", flat=True):
        said = json.loads(line)
        marks = said.pop("seals", [])
        assert all(len(mark) == 24 for mark in marks), line
        assert all(len(str(value)) < 80 for value in said.values()), line


@pytest.mark.proves("T8", "T9", part=True)
def test_a_raw_dump_of_the_database_and_the_files_holds_no_word(world):
    dump = bytearray()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (our own tables)
            for row in cursor.fetchall():
                for value in row:
                    dump += (
                        bytes(value)
                        if isinstance(value, bytes | memoryview)
                        else str(value).encode()
                    )
    for path in settings.MEDIA.rglob("*"):
        if path.is_file():
            dump += path.read_bytes()
    assert len(dump) > 10_000
    for name in [*REPORT, *CASE, *PRIVATE, *TASK, *WORK]:
        assert canary(name).encode() not in dump, name
    original = hashlib.sha256(b"\x89PNG\r\n\x1a\n" + canary("filebody").encode() * 9)
    assert original.hexdigest().encode() not in dump, "whoever has the picture must not find it"
    for code in {world.code, "-".join(re.findall("....", world.code))}:
        assert code.encode() not in dump


def test_error_pages_say_nothing(world, clients, settings):
    pages = [
        clients["lead"].get("/arenden/00000000-0000-4000-8000-000000000000/"),
        clients["outsider"].get(f"/arenden/{world.case}/"),
        Client(enforce_csrf_checks=True).post("/konto/logga-ut/"),
        clients["lead"].get("/finns-inte/"),
    ]
    for page in pages:
        assert page.status_code in {403, 404}
        assert not seen(said(page), [*REPORT, *CASE])


def normal(text):
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r'name="token" value="[^"]*"', "", text)
    return re.sub(r"(?i)expires[^\n]*|set-cookie[^\n]*", "", text)


# Ends the session; streams; or makes a new secret of one's own at each visit.
NEW_EACH_TIME = {"leave", "ready", "watched", "cases:file", "mfa_activate_totp", "mfa_add_webauthn",
                 "mfa_login_webauthn", "mfa_reauthenticate_webauthn"}  # fmt: skip


def every_page(world, client, *, of=frozenset(NAMES)):
    return {
        name: normal(said(client.get(reverse(name, kwargs=arguments(world, name, pattern)))))
        for name, pattern in addresses()
        if name in of - NEW_EACH_TIME
    }


# Where the database could differ: pages that a statement leaves the hidden rows out of.
FEW = {"other_handler", "plan_owner", "anonymous"}
UNKNOWING = EVERYBODY - {"lead", "assigned", "other_handler", "receipt", "reporter",
                         "reporter_by_mail", "anonymous"}  # fmt: skip


@pytest.mark.parametrize(
    "part", engines.whole_or(FEW, UNKNOWING | {"other_handler", "anonymous", "receipt"})
)
@pytest.mark.proves("F-30")
@pytest.mark.proves("T21", part=True)
def test_no_page_changes_because_of_a_case_that_its_reader_must_not_know_of(
    world, clients, part, time_machine
):
    """Two worlds that differ in one hidden case: every page is the same to the byte."""
    time_machine.move_to(clock.now(), tick=False)
    read = {name for name, door in DOORS.items() if part in door.reads or door.why}
    every_page(world, clients[part], of=read)  # the first visit marks what has been read
    before = every_page(world, clients[part])
    hidden = worlds.World(world.people)
    worlds.a_case(hidden)
    assert hidden.case != world.case
    if part == "shared_contact":
        Grant.unscoped.filter(about=hidden.case, account=world.people[part].pk).delete()
    after = every_page(world, clients[part])
    for name in before:
        assert before[name] == after[name], name


def test_two_worlds_would_notice(world, clients):
    """The comparison can fail: to the lead, the second case shows."""
    cases = {"cases:list"}
    before = every_page(world, clients["lead"], of=cases)
    worlds.a_case(worlds.World(world.people))
    assert before["cases:list"] != every_page(world, clients["lead"], of=cases)["cases:list"]


def test_a_conflict_of_interest_hides_the_case_wholly(world, clients, as_person):
    """Declared by oneself: gone from every page, at once, also for the one who handled it."""
    clients["assigned"].post(reverse("cases:declare", args=[world.case]))
    for name, pattern in addresses():
        if name == "leave":
            continue
        answer = clients["assigned"].get(reverse(name, kwargs=arguments(world, name, pattern)))
        assert not seen(said(answer), [*REPORT, *CASE, *PRIVATE, *TASK]), name
    number = Case.unscoped.get(pk=world.case).number
    for page in ("cases:desk", "cases:list"):
        assert number not in said(clients["assigned"].get(reverse(page)))


@pytest.mark.proves("T14", part=True)
def test_files_are_sealed_and_given_only_as_attachments(world, clients):
    answer = clients["assigned"].get(reverse("cases:file", args=[world.item]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert canary("filebody").encode() in b"".join(answer.streaming_content)
    assert Item.unscoped.filter(pk=world.item).exists()


@pytest.mark.proves("T17", "L5")
def test_the_log_proves_an_original_to_whoever_may_open_it(world):
    """The line says the hash keyed with the file's own key, which is sealed with the original."""
    item = Item.unscoped.get(pk=world.item)
    with vault.opened_by_system(
        item.owner, Compartment.EVIDENCE, purpose="tests", at=clock.now()
    ) as handle:
        meta = handle.read(item, "meta", Description)
    (line,) = Event.unscoped.filter(act="evidence.received", about=item.owner)
    said = json.loads(line.body)
    assert (said["item"], said["proof"]) == (str(item.pk), proof_of(meta.sha256, meta.key))
    body = b"\x89PNG\r\n\x1a\n" + canary("filebody").encode() * 9
    assert meta.sha256 == hashlib.sha256(body).hexdigest()
    assert said["proof"] != proof_of(meta.sha256, base64.b64encode(bytes(32)).decode())
