"""Something older put back where it once stood opens, and the log says that it is not the last."""

import json

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

import pytest

import cast
from house.test_sealed_shapes import FIELDS
from varna.cases.actions import circle
from varna.cases.models import Case, Note
from varna.foundation import clock
from varna.foundation.audit.actions import sign_head
from varna.foundation.audit.models import Event
from varna.foundation.deeds import WhyNot, deed, leave, let
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import owners
from varna.foundation.vault import service as vault
from varna.foundation.vault.fields import Sealed
from varna.foundation.vault.verify import note_unmarked, rolled_back
from varna.organisation.models import Person
from varna.organisation.sealed import Contact
from varna.reports.models import Report


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def put(model, pk, field, blob):
    """As somebody with the database's pen."""
    name = model._meta.db_table
    pk = pk.hex if connection.vendor == "sqlite" else pk
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{name}" SET {field} = %s WHERE id = %s', [blob, pk])  # noqa: S608


def found():
    return set(rolled_back())


def test_nothing_is_found_where_nothing_has_been_put_back(world):
    assert found() == set()
    assert note_unmarked(at=clock.now()) == 0, "everything that was ever sealed has its mark"


@pytest.mark.proves("M10")
def test_an_older_judgement_of_who_is_pointed_out_is_found(world):
    case = Case.unscoped.get(pk=world.case)
    by = cast.actor(world.people["assigned"])
    older = bytes(case.pointed_out)
    circle.point_out(case, "Någon annan", person=None, by=by, at=clock.now())
    assert found() == set()
    newest = bytes(Case.unscoped.get(pk=case.pk).pointed_out)
    assert newest != older
    put(Case, case.pk, "pointed_out", older)
    assert found() == {("cases.Case", str(case.pk), "pointed_out")}
    sign_head(at=clock.now())
    with pytest.raises(CommandError, match="put back"):
        call_command("audit", "verify")
    put(Case, case.pk, "pointed_out", None)
    assert found() == {("cases.Case", str(case.pk), "pointed_out")}
    put(Case, case.pk, "pointed_out", newest)
    assert found() == set()


def test_every_sealed_column_of_every_room_is_followed(world):
    """Another blob in any of them is found; only what is on its way is left out."""
    left_out = set()
    for field in FIELDS.values():
        row = field.model._base_manager.exclude(**{field.attname: None}).first()
        assert row is not None, f"the world seals nothing in {field}"
        blob = bytes(getattr(row, field.attname))
        put(field.model, row.pk, field.column, blob[:-1] + bytes([blob[-1] ^ 1]))
        if found() == set():
            left_out.add(str(field))
        put(field.model, row.pk, field.column, blob)
    assert left_out == {"outbox.Mail.payload", "importing.Before.was"}


def test_a_line_says_what_its_deed_sealed_and_nothing_that_can_be_read(world):
    case = Case.unscoped.get(pk=world.case)
    circle.point_out(
        case, "X", person=None, by=cast.actor(world.people["assigned"]), at=clock.now()
    )
    (line,) = Event.unscoped.filter(act="case.pointed_out").order_by("-pk")[:1]
    (mark,) = json.loads(line.body)["seals"]
    assert len(mark) == 24
    assert not Event.unscoped.filter(pk__gte=line.pk, act="sealed").exists()


def test_what_is_sealed_cannot_be_written_past_its_mark(world):
    report = Report.unscoped.get(pk=world.report)
    vault.writer(report.pk).seal(report, "told", type_of(report)("annat"))
    fresh = report.told
    with pytest.raises(TypeError, match="saved with its row"), transaction.atomic():
        Report.unscoped.filter(pk=report.pk).update(told=fresh)
    with pytest.raises(TypeError, match="saved with its row"), transaction.atomic():
        Report.unscoped.bulk_update([report], ["told"])
    report.save()
    assert isinstance(report.told, Sealed)
    assert found() == set()


def type_of(report):
    return report._meta.get_field("told").shape


def test_rows_written_many_at_once_are_marked(register):
    writer = vault.writer(owners.REGISTER, Compartment.PROTECTION)
    people = list(Person.unscoped.all())
    for person in people:
        writer.seal(person, "contact", Contact("ny@example.se", ""))
    vault.mark(people, "contact")
    Person.unscoped.bulk_update(people, ["contact"])
    assert found() == set()
    assert note_unmarked(at=clock.now()) == 0


def test_what_a_deed_took_back_leaves_no_mark(world):
    note = Note.unscoped.first()
    stood = bytes(note.words)

    @deed("tests.sealed")
    def given_up(*, by, at):
        let(True)
        row = Note.unscoped.get(pk=note.pk)
        vault.writer(row.case_id).seal(row, "words", "Nytt")
        row.save()
        leave("tests.sealed")
        raise WhyNot(None)

    with pytest.raises(WhyNot), transaction.atomic():
        given_up(by=cast.actor(world.people["assigned"]), at=clock.now())
    assert bytes(Note.unscoped.get(pk=note.pk).words) == stood
    assert found() == set()


def test_what_was_sealed_before_there_were_marks_gets_one(world):
    import guards

    with guards.lifted():
        for line in Event.unscoped.filter(body__contains='"seals":['):
            body = json.loads(line.body)
            del body["seals"]
            Event.unscoped.filter(pk=line.pk).update(body=json.dumps(body))
    case = Case.unscoped.get(pk=world.case)
    older = bytes(case.pointed_out)
    assert found() == set()
    assert note_unmarked(at=clock.now()) > 30
    put(Case, case.pk, "pointed_out", bytes(case.label))
    assert found() == {("cases.Case", str(case.pk), "pointed_out")}
    put(Case, case.pk, "pointed_out", older)
    assert found() == set()
