"""Opening: who, why, and first a line in the log. No log, no data."""

import itertools
import uuid

from django.db import DatabaseError, connection

import pytest

import cast
import world as worlds
from varna.cases.actions import disposal
from varna.cases.models import Case
from varna.cases.sealed import PersonPointedOut
from varna.foundation import clock
from varna.foundation.access.rules import GrantReason, Reason, Relation, reads, why_not_open
from varna.foundation.accounts.rules import Actor, Strength
from varna.foundation.accounts.rules import system as the_system
from varna.foundation.audit.models import Event
from varna.foundation.keys.rules import Compartment as C  # noqa: N817 (the table is wide)
from varna.foundation.keys.store import Keystore
from varna.foundation.vault import service as vault
from varna.reports.models import Report


pytestmark = pytest.mark.django_db

# Written from the access matrix, not from the code.
READABLE = {
    "reporter": {C.CONTENT, C.PROTECTION, C.EVIDENCE},
    "exposed": {C.CONTENT},
    "triage": {C.CONTENT, C.PROTECTION, C.EVIDENCE, C.PERSON, C.TASK},
    "assigned": {C.CONTENT, C.PROTECTION, C.EVIDENCE, C.PERSON, C.HEALTH, C.TASK},
    "lead": {C.CONTENT, C.PROTECTION, C.EVIDENCE, C.PERSON, C.TASK},
    "shared": {C.TASK},
}
READS_AT = {Strength.NONE: False, Strength.CODE: True, Strength.MAIL: False, Strength.STRONG: True}


def expected(relations, strength, shared, wanted, *, system):
    if not relations:
        return Reason.NO_RELATION
    if not system and not READS_AT[strength]:
        return Reason.TOO_WEAK
    readable = set(shared)
    for relation in relations:
        readable |= READABLE[relation]
    return None if set(wanted) <= readable else Reason.OTHER_COMPARTMENT


def subsets(items, most):
    return [
        frozenset(some) for size in range(most + 1) for some in itertools.combinations(items, size)
    ]


def test_the_whole_table_of_who_may_open_what():
    asked = 0
    for relations, strength, wanted, shared, system in itertools.product(
        subsets(sorted(READABLE), 2),
        Strength,
        [some for some in subsets(C, 3) if some],
        [frozenset(), frozenset({C.PROTECTION}), frozenset({C.TASK, C.CONTENT})],
        [False, True],
    ):
        actor = Actor(account=uuid.UUID(int=1), strength=strength, system="s" if system else "")
        held = frozenset(map(Relation, relations))
        readable = shared.union(*(reads(one, "handles", shared) for one in held))
        answer = why_not_open(actor, held, readable, wanted)
        assert answer == expected(relations, strength, shared, wanted, system=system), (
            relations, strength, wanted, shared, system,
        )  # fmt: skip
        asked += 1
    assert asked == 22 * 4 * 41 * 3 * 2


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.proves("H8")
def test_what_was_taken_does_not_open_what_was_told_about_health(relation):
    taken = reads(relation, GrantReason.TAKEN, frozenset())
    assert taken == READABLE[relation] - {C.HEALTH}


def test_the_table_names_every_relation_compartment_and_strength():
    assert set(READABLE) == {relation.value for relation in Relation}
    assert set(READS_AT) == set(Strength)


def opening(world, part, strength="STRONG", compartments=(C.CONTENT,)):
    who = cast.actor(world.people[part], strength)
    return vault.opened(
        world.case, compartments, by=who, at=clock.now(), purpose=vault.Purpose.HANDLE
    )


@pytest.mark.proves("T2", part=True)
def test_whoever_handles_the_case_reads_it_and_the_line_is_there_before_the_key(world, monkeypatch):
    lines = []
    original = Keystore.keys

    def watched(self, *args):
        lines.append(Event.unscoped.filter(act="read", about=world.case).count())
        return original(self, *args)

    monkeypatch.setattr(Keystore, "keys", watched)
    before = Event.unscoped.filter(act="read", about=world.case).count()
    with opening(world, "assigned") as handle:
        assert handle.read(Case.unscoped.get(pk=world.case), "label", str) == worlds.canary("label")
    assert lines == [before + 1]


@pytest.mark.parametrize("strength", ["MAIL", "NONE"])
def test_a_code_by_mail_does_not_read_and_that_too_leaves_a_line(world, strength):
    with pytest.raises(vault.RefusedError) as refused, opening(world, "assigned", strength):
        pass
    assert refused.value.reason is Reason.TOO_WEAK
    assert Event.unscoped.filter(act="read.refused", about=world.case).count() == 1


@pytest.mark.parametrize("part", ["other_handler", "other_contact", "outsider", "access_admin",
                                  "operator", "registrar", "plan_owner"])  # fmt: skip
@pytest.mark.proves("T1")
def test_without_a_relation_nothing_opens(world, part):
    with pytest.raises(vault.RefusedError), opening(world, part):
        pass


def test_a_compartment_that_was_not_asked_for_does_not_open(world):
    with opening(world, "assigned", compartments=[C.CONTENT]) as handle:
        case = Case.unscoped.get(pk=world.case)
        with pytest.raises(vault.RefusedError):
            handle.read(case, "pointed_out", PersonPointedOut)


def test_one_compartment_too_many_refuses_the_whole_opening(world):
    with (
        pytest.raises(vault.RefusedError),
        opening(world, "lead", compartments=[C.CONTENT, C.HEALTH]),
    ):
        pass


BREAK = {
    "sqlite": "CREATE TRIGGER broken BEFORE INSERT ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'full'); END",
    "postgresql": "ALTER TABLE audit_event ADD CONSTRAINT broken CHECK (id < 0) NOT VALID",
}  # fmt: skip


def break_the_log():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(BREAK[connection.vendor])


@pytest.fixture
def no_keys_are_fetched(monkeypatch):
    """Breaks the test if any key leaves the keystore."""

    def forbidden(*_args):
        raise AssertionError("a key was fetched")

    def begin():
        monkeypatch.setattr(Keystore, "keys", forbidden)

    return begin


@pytest.mark.parametrize("way", ["opened", "for_list", "by_system"])
@pytest.mark.proves("F-25", part=True)
def test_when_the_log_cannot_be_written_nothing_is_opened(world, no_keys_are_fetched, way):
    who, at = cast.actor(world.people["assigned"]), clock.now()
    break_the_log()
    no_keys_are_fetched()
    with pytest.raises(DatabaseError):  # noqa: PT012 (three ways in one place)
        if way == "opened":
            with opening(world, "assigned"):
                raise AssertionError("it was opened")
        elif way == "for_list":
            vault.opened_for_list([world.case], by=who, at=at)
        else:
            with vault.opened_by_system(world.case, purpose="check", at=at):
                raise AssertionError("it was opened")


def test_what_was_destroyed_is_gone_for_its_own_handler(world):
    # A case of its own: destroyed keys do not come back when the test is over.
    world = worlds.a_case(worlds.World(world.people))
    case = Case.unscoped.get(pk=world.case)
    at = clock.now()
    decided = worlds.decided(case.pk, at=at)
    assert disposal.carry_out(decided, by=the_system("tests"), at=at) > 6
    with pytest.raises(vault.GoneError), opening(world, "assigned"):
        pass
    report = Report.unscoped.get(pk=world.report)
    with pytest.raises(vault.GoneError), vault.opened(
        report.pk, [C.CONTENT], by=cast.actor(world.people["reporter"]), at=clock.now(),
        purpose=vault.Purpose.OWN,
    ):  # fmt: skip
        pass


def test_a_writer_cannot_read(world):
    assert not hasattr(vault.writer(world.case, C.CONTENT), "read")


def test_only_sealed_fields_of_rows_with_their_own_id_are_sealed(world):
    case = Case.unscoped.get(pk=world.case)
    with pytest.raises(TypeError):
        vault.writer(case.pk, C.CONTENT).seal(case, "number", "x")
