"""Canaries: a word in every confidential field, every role at every address, and a raw dump.

The run fails when a word is seen by somebody who must not see it, when an address has no declared
policy or no row here, or when a page changes because of a case that its reader must not know of.
"""

import json
import re

from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

import pytest

import cast
import world as worlds
from varna.cases.models import Case
from varna.evidence.models import Item
from varna.foundation import clock
from varna.foundation.access.models import Grant
from varna.foundation.access.policies import policy_of
from varna.foundation.audit.models import Event
from varna.foundation.outbox.actions import send_due
from varna.foundation.outbox.models import Mail
from world import CASE, COOPERATION, HELP, PRIVATE, REACH, REPORT, TASK, canary


pytestmark = pytest.mark.django_db

HANDLERS = {"assigned", "other_handler", "lead"}
STAFF = HANDLERS | {"shared_contact", "other_contact", "access_admin", "registrar", "plan_owner"}
EVERYBODY = set(worlds.CAST) | {"anonymous", "receipt", "reporter_by_mail"}
SIGNED_IN = set(worlds.CAST) | {"reporter_by_mail"}
STRONG = set(worlds.CAST)
CIRCLE = {"assigned", "lead"}
OWN = {"receipt", "reporter"}
KEEPERS = {"access_admin", "registrar"}
ADMIN = {"access_admin"}
TRAINERS = {*HANDLERS, "plan_owner"}
WRITERS = {"lead", "plan_owner"}
COOPERATING = HANDLERS | {"plan_owner"}
CONTACTS = {"shared_contact", "other_contact"}
PLAN = STAFF - {"access_admin"}

WORK = (*COOPERATION, *HELP, *REACH)
# Who gets an answer (200) at each address that can be read. Everybody else meets a 404, a way to
# sign in (302), or, at a weak sign-in, the way to a stronger one (302). POST: cannot be read (405).
POST = "post"
DOORS = {
    "live": EVERYBODY,
    "ready": None,
    "theme": EVERYBODY,
    "logotype": set(),
    "leave": None,
    "start": EVERYBODY,
    "home": None,
    "stronger": None,
    "accessibility": EVERYBODY,
    "privacy": EVERYBODY,
    "reports:tell": EVERYBODY,
    "cases:return": EVERYBODY,
    "cases:mine": STRONG,
    "cases:own": OWN,
    "cases:own_write": POST,
    "cases:withdraw": POST,
    "cases:file": {"assigned", "lead", "receipt", "reporter"},
    "cases:tasks": CONTACTS,
    "cases:task_done": POST,
    "cases:duty": POST,
    "cases:shared": set(),
    "cases:put_aside": HANDLERS,
    "cases:report": {"lead"},
    "cases:confirm": POST,
    "cases:write": POST,
    "cases:open_from": {"lead"},
    "cases:link": {"lead"},
    "cases:set_aside": POST,
    "cases:take_up": POST,
    "cases:desk": HANDLERS,
    "cases:list": HANDLERS,
    "cases:open": HANDLERS,
    "cases:case": CIRCLE,
    "cases:step": POST,
    "cases:wait": POST,
    "cases:take": POST,
    "cases:assess": CIRCLE,
    "cases:second": POST,
    "cases:classify": CIRCLE,
    "cases:measures": CIRCLE,
    "cases:review": POST,
    "cases:measure": CIRCLE,
    "cases:police": CIRCLE,
    "cases:health": CIRCLE,
    "cases:talk": CIRCLE,
    "cases:notes": CIRCLE,
    "cases:timeline": CIRCLE,
    "cases:circle": CIRCLE,
    "cases:circle_add": POST,
    "cases:circle_share": POST,
    "cases:declare": POST,
    "cases:find_conflict": POST,
    "cases:point_out": POST,
    "cases:expose": POST,
    "cases:circle_remove": POST,
    "cases:close": CIRCLE,
    "cases:afterwards": CIRCLE,
    "accounts:list": ADMIN,
    "accounts:open": ADMIN,
    "accounts:one": ADMIN,
    "accounts:give_role": POST,
    "accounts:end_role": POST,
    "accounts:lock": POST,
    "accounts:link_person": POST,
    "accounts:unlock": POST,
    "accounts:let_enrol": POST,
    "account_login": None,
    "account_request_login_code": None,
    "account_confirm_login_code": None,
    "mfa_authenticate": None,
    "mfa_login_webauthn": None,
    "demo_sign_in": None,
    "account_inactive": None,
    "account_logout": None,
    "account_reauthenticate": None,
    "mfa_reauthenticate": None,
    "mfa_reauthenticate_webauthn": None,
    "mfa_index": None,
    "mfa_list_webauthn": None,
    "mfa_activate_totp": None,
    "mfa_deactivate_totp": None,
    "mfa_add_webauthn": None,
    "mfa_edit_webauthn": None,
    "mfa_remove_webauthn": None,
    "invitations:answer": EVERYBODY,
    "training:sessions": TRAINERS,
    "training:plan": TRAINERS,
    "training:open_course": TRAINERS,
    "training:full_time": TRAINERS,
    "training:person": set(),
    "training:note": POST,
    "training:session": set(),
    "training:change": set(),
    "training:cancel": set(),
    "training:send": set(),
    "training:people": set(),
    "training:again": POST,
    "training:attendance": set(),
    "training:course": SIGNED_IN,
    "training:part": None,
    "training:invited": set(),
    "training:certificate": set(),
    "training:invited_part": set(),
    "compliance:mandate": PLAN,
    "compliance:ahead": PLAN,
    "compliance:commitment": PLAN,
    "compliance:state": WRITERS,
    "compliance:explain": WRITERS,
    "compliance:take_back": POST,
    "compliance:publish": POST,
    "compliance:responsible": PLAN,
    "compliance:end_responsible": POST,
    "compliance:feeds": PLAN,
    "compliance:revoke_feed": POST,
    "compliance:reports": PLAN,
    "compliance:revisions": WRITERS,
    "compliance:revise": None,
    "compliance:weigh": POST,
    "compliance:report_file": set(),
    "commitments": set(),
    "feed": set(),
    "plan:versions": PLAN,
    "plan:read": WRITERS,
    "plan:edition": PLAN,
    "plan:events": PLAN,
    "plan:take_back": POST,
    "register:overview": STAFF,
    "register:body": None,
    "register:people": STAFF,
    "register:person": None,
    "register:keep_body": None,
    "register:set_period": None,
    "register:contact": None,
    "register:protect": None,
    "register:imports": KEEPERS,
    "register:import": None,
    "register:import_columns": None,
    "register:import_apply": None,
    "register:import_abandon": None,
    "register:dissolve": None,
    "contacts:overview": STAFF,
    "contacts:function": STAFF - CONTACTS,
    "contacts:place": STAFF - CONTACTS,
    "contacts:reach": POST,
    "contacts:name": STAFF - CONTACTS,
    "contacts:correct": None,
    "contacts:verify": POST,
    "contacts:end": POST,
    "requests:overview": HANDLERS | CONTACTS,
    "requests:ask": CONTACTS,
    "requests:one": None,
    "cooperation:overview": COOPERATING,
    "cooperation:add": COOPERATING,
    "cooperation:partner": None,
    "cooperation:end": POST,
    "cooperation:contact": None,
    "cooperation:correct": None,
    "cooperation:verify": POST,
    "cooperation:end_contact": POST,
    "cooperation:shared": COOPERATING,
    "cooperation:meetings": COOPERATING,
    "cooperation:plan": COOPERATING,
    "cooperation:meeting": None,
    "cooperation:change": None,
    "cooperation:cancel": POST,
    "cooperation:invite": None,
    "cooperation:by_hand": POST,
    "cooperation:write_down": None,
    "cooperation:finish": POST,
    "documents:make_known": None,
    "documents:read_it": POST,
    "documents:coverage": None,
    "documents:given": POST,
    "documents:acknowledge": set(),
    "documents:advice_list": EVERYBODY,
    "documents:advice": None,
    "documents:confirm_advice": POST,
    "documents:overview": SIGNED_IN,
    "documents:open": WRITERS,
    "documents:document": None,
    "documents:version": None,
    "documents:file": None,
    "documents:write": None,
    "documents:send": None,
    "documents:take_back": POST,
    "documents:adopt": None,
}  # fmt: skip  (None: walked for canaries; its own tests say who comes in)


def addresses(resolver=None, space=""):
    """Every address there is: its full name and its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = space + (f"{pattern.namespace}:" if pattern.namespace else "")
            yield from addresses(pattern, inner)
        else:
            yield space + pattern.name, pattern


NAMES = sorted({name for name, _ in addresses()})


@pytest.fixture
def world(db):
    return worlds.a_world()


@pytest.fixture
def clients(world):
    """Somebody in every role, each signed in the way they would be."""
    found = {part: cast.sign_in(Client(), account) for part, account in world.people.items()}
    found["reporter_by_mail"] = cast.sign_in(Client(), world.people["reporter"], strong=False)
    found["anonymous"] = Client()
    found["receipt"] = Client()
    found["receipt"].post(reverse("cases:return"), {"code": world.code})
    return found


def arguments(world, pattern):
    person = next(iter(world.people.values())).pk
    values = {
        "case_id": world.case, "report_id": world.report, "item_id": world.item,
        "measure_id": world.measure, "grant_id": world.grant, "version": 1, "pk": person,
        "grant": world.grant, "token": world.token, "name": "records-law", "number": 1,
        "key": world.occurrence, "account": person, "kind": "pdf", "secret": "x" * 32,
        "code": "safety-process", "contact": person, "partner": person, "task": person,
        "invitation": person,
    }  # fmt: skip
    wanted = pattern.pattern.converters
    if pattern.name == "edition":
        values["pk"] = world.edition
    if "pk" in wanted and "Int" in type(wanted["pk"]).__name__:
        values["pk"] = 1
    return {name: values[name] for name in wanted}


def said(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{k}: {v}" for k, v in answer.items())
    return body.decode("utf-8", "replace") + headers


def seen(text, names):
    return {name for name in names if canary(name) in text}


def test_every_address_has_a_declared_policy_and_a_row_here():
    assert set(NAMES) == set(DOORS)
    without = [name for name, pattern in addresses() if policy_of(pattern.callback) is None]
    assert without == []


@pytest.mark.parametrize("part", sorted(EVERYBODY))
def test_each_role_comes_in_where_it_may_and_sees_only_what_it_may(world, clients, part):
    client = clients[part]
    for name, pattern in addresses():
        if name == "leave":  # it would end the session; its own test says what it does
            continue
        address = reverse(name, kwargs=arguments(world, pattern))
        answer = client.get(address)
        text = said(answer)
        door = DOORS[name]
        if isinstance(door, set):
            came_in = answer.status_code == 200
            assert came_in == (part in door), f"{part} at {name}: {answer.status_code}"
        if door == POST:
            assert answer.status_code in {302, 404, 405}, f"{part} at {name}: {answer.status_code}"
        leaked = seen(text, [*REPORT, *CASE, *PRIVATE, *TASK]) - allowed(part)
        assert not leaked, f"{part} at {name} saw {leaked}"
        if part != "assigned" and name in {"cases:health"}:
            assert "<li><time" not in text or ": tackat ja" not in text


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
    for name, pattern in addresses():
        if name.startswith("cases:") and DOORS[name] != POST:
            answer = clients["assigned"].get(reverse(name, kwargs=arguments(world, pattern)))
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
        ("contacts:place", "safety-process"),
    ]  # fmt: skip
    text = "".join(said(client.get(reverse(name, args=args))) for name, *args in pages)
    may = set(COOPERATION) if part in COOPERATING else set()
    may |= set(HELP) if part in HANDLERS | {"shared_contact"} else set()
    assert seen(text, WORK) == may


@pytest.mark.parametrize("method", ["post"])
def test_no_stranger_can_do_anything_to_a_case_by_posting(world, clients, method):
    """Every deed on this case, tried by those who are not in its circle."""
    before = sorted(Event.unscoped.exclude(act__startswith="read").values_list("act", flat=True))
    strangers = EVERYBODY - CIRCLE - OWN - {"reporter_by_mail", "shared_contact"}
    for part in sorted(strangers):
        for name, pattern in addresses():
            if "case_id" in pattern.pattern.converters or "report_id" in pattern.pattern.converters:
                address = reverse(name, kwargs=arguments(world, pattern))
                answer = clients[part].post(address, {"text": "x", "level": "0"})
                # 405: a page that is only read, whatever id is asked for
                assert answer.status_code in {302, 404, 405}, f"{part} at {name}"
                assert not seen(said(answer), [*REPORT, *CASE])
    after = sorted(Event.unscoped.exclude(act__startswith="read").values_list("act", flat=True))
    assert before == after


def test_mails_look_the_same_and_hold_no_word(world):
    Mail.unscoped.filter(kind=Mail.Kind.INVITATION).delete()  # they have words of their own
    Mail.unscoped.update(not_before=clock.now(), leased_until=None)
    send_due(at=clock.now(), most=500)
    assert len(mail.outbox) >= 3
    uniform = {(m.subject, m.body, m.from_email) for m in mail.outbox}
    assert len(uniform) == 1
    for message in mail.outbox:
        assert not seen(message.message().as_string(), [*REPORT, *CASE, *PRIVATE, *TASK, *WORK])


def test_the_log_holds_references_and_no_word(world):
    lines = "\n".join(Event.unscoped.values_list("body", flat=True))
    assert not seen(lines, [*REPORT, *CASE, *PRIVATE, *TASK, *WORK])
    assert world.code not in lines
    for line in Event.unscoped.values_list("body", flat=True):
        assert all(len(str(value)) < 80 for value in json.loads(line).values()), line


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
NEW_EACH_TIME = {"leave", "ready", "cases:file", "mfa_activate_totp", "mfa_add_webauthn",
                 "mfa_login_webauthn", "mfa_reauthenticate_webauthn"}  # fmt: skip


def every_page(world, client):
    return {
        name: normal(said(client.get(reverse(name, kwargs=arguments(world, pattern)))))
        for name, pattern in addresses()
        if name not in NEW_EACH_TIME
    }


UNKNOWING = EVERYBODY - {"lead", "assigned", "other_handler", "receipt", "reporter",
                         "reporter_by_mail", "anonymous"}  # fmt: skip


@pytest.mark.parametrize("part", [*sorted(UNKNOWING), "other_handler", "anonymous", "receipt"])
def test_no_page_changes_because_of_a_case_that_its_reader_must_not_know_of(
    world, clients, part, time_machine
):
    """Two worlds that differ in one hidden case: every page is the same to the byte."""
    time_machine.move_to(clock.now(), tick=False)
    every_page(world, clients[part])  # the first visit marks what has been read
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
    before = every_page(world, clients["lead"])
    worlds.a_case(worlds.World(world.people))
    assert before["cases:list"] != every_page(world, clients["lead"])["cases:list"]


def test_a_conflict_of_interest_hides_the_case_wholly(world, clients, as_person):
    """Declared by oneself: gone from every page, at once, also for the one who handled it."""
    clients["assigned"].post(reverse("cases:declare", args=[world.case]))
    for name, pattern in addresses():
        if name == "leave":
            continue
        answer = clients["assigned"].get(reverse(name, kwargs=arguments(world, pattern)))
        assert not seen(said(answer), [*REPORT, *CASE, *PRIVATE, *TASK]), name
    number = Case.unscoped.get(pk=world.case).number
    for page in ("cases:desk", "cases:list"):
        assert number not in said(clients["assigned"].get(reverse(page)))


def test_files_are_sealed_and_given_only_as_attachments(world, clients):
    answer = clients["assigned"].get(reverse("cases:file", args=[world.item]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert canary("filebody").encode() in b"".join(answer.streaming_content)
    assert Item.unscoped.filter(pk=world.item).exists()
