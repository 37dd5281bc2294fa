"""An import is written a little at a time, holds nobody up, outlives its death, can be undone."""

import datetime as dt

from django.db import connection

import pytest

import cast
import registers
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.audit.models import Event
from varna.foundation.deeds import WhyNot
from varna.importing import sweeps
from varna.importing.actions import imports, reading, writing
from varna.importing.models import Before, Import, ImportState
from varna.importing.queries import IN_THE_REQUEST
from varna.organisation.models import Assignment, Body, Party, Person


pytestmark = pytest.mark.django_db
BY = system("tests")
HEAD = ["Förnamn", "Efternamn", "E-post", "Telefon", "Parti", "Organ", "Befattning", "Från", "Till"]


def row(given, family="Ek", **more):
    said = {
        "mail": f"{given.lower()}@example.se",
        "phone": "",
        "party": "Partiet",
        "body": "Kulturnämnden",
        "role": "Ledamot",
        "starts": "2026-10-15",
        "ends": "",
    }
    said |= more
    return [given, family, *said.values()]


def file(*rows):
    return "\n".join(";".join(one) for one in [HEAD, *rows]).encode()


def bring_in(*rows, at=None):
    content = file(*rows)
    table = imports.read_table(content)
    imports.apply_content(content, imports.choose(table), by=BY, at=at or clock.now())
    return Import.unscoped.latest("made_at")


def everything():
    """The register, to the byte."""
    return {
        model.__name__: sorted(
            tuple((name, bytes(v) if isinstance(v, memoryview) else v) for name, v in one.items())
            for one in model.unscoped.order_by().values()
        )
        for model in (Party, Body, Person, Assignment)
    }


FIRST = [row("Ada", phone="070-174 06 05"), row("Bo"), row("Cilla", body="Tekniska nämnden")]
WRONG = [row("Ada", mail="ny@example.se", ends="2027-01-01", party="Annat"), row("Fel", body="Fel")]


# ── undo ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.proves("D6", part=True)
def test_an_import_is_undone_whole(now):
    bring_in(*FIRST, at=now)
    before = everything()
    job = bring_in(*WRONG, at=now + dt.timedelta(minutes=1))
    assert everything() != before
    assert imports.undo(job, by=BY, at=now + dt.timedelta(minutes=2)) == 0
    assert everything() == before
    job.refresh_from_db()
    assert job.state == ImportState.UNDONE
    assert Event.unscoped.filter(act="register.import_undone").count() == 1


def test_the_first_one_too():
    job = bring_in(*FIRST)
    imports.undo(job, by=BY, at=clock.now())
    assert not any(everything().values())


def test_only_the_latest_can_be_undone_and_only_once(now):
    first = bring_in(*FIRST, at=now)
    second = bring_in(*WRONG, at=now + dt.timedelta(minutes=1))
    assert set(Before.unscoped.values_list("job", flat=True)) == {second.pk}
    with pytest.raises(WhyNot):
        imports.undo(first, by=BY, at=now)
    imports.undo(second, by=BY, at=now)
    with pytest.raises(WhyNot):
        imports.undo(second, by=BY, at=now)


def test_what_somebody_has_changed_since_stays_as_they_left_it():
    bring_in(*FIRST)
    job = bring_in(row("Ada", family="Ask", mail="ada@example.se"), row("Bo"))
    ada = Person.unscoped.get(given="Ada")
    assert ada.family == "Ask"
    Person.unscoped.filter(pk=ada.pk).update(protected=True)
    imports.undo(job, by=BY, at=clock.now())
    ada.refresh_from_db()
    assert (ada.family, ada.protected) == ("Ek", True)


def test_whoever_has_come_into_use_stays_without_what_the_import_gave(alva):
    job = bring_in(*FIRST)
    bo = Person.unscoped.get(given="Bo").pk
    cast.an_account("Bo Ek", person=bo)
    assert imports.undo(job, by=BY, at=clock.now()) == 1
    assert list(Person.unscoped.values_list("pk", flat=True)) == [bo]
    assert not Assignment.unscoped.exists()


def test_what_was_is_sealed_and_names_nobody():
    bring_in(*FIRST)
    bring_in(row("Ada", family="Kanarie", mail="ada@example.se"), row("Bo"))
    bring_in(row("Ada", family="Ask", mail="ada@example.se"), row("Bo"))
    kept = [bytes(one) for one in Before.unscoped.exclude(was=None).values_list("was", flat=True)]
    assert kept
    assert not [one for one in kept if b"Kanarie" in one]


def test_the_page_lets_its_keeper_undo_it(client, as_person, rut, otto):
    job = bring_in(*FIRST)
    as_person(otto)
    assert client.post(f"/register/import/{job.pk}/angra/").status_code == 404
    as_person(rut)
    page = client.get(f"/register/import/{job.pk}/").content.decode()
    assert "Ångra inläsningen" in page
    assert client.post(f"/register/import/{job.pk}/angra/").status_code == 302
    page = client.get(f"/register/import/{job.pk}/").content.decode()
    assert "ångrad" in page
    assert "Ångra inläsningen" not in page
    assert not Person.unscoped.exists()


# ── a little at a time ────────────────────────────────────────────────────────────────────────
MANY = [row(f"Namn{n}", phone=f"070{n:07}", mail=f"namn{n}@example.se") for n in range(60)]


@pytest.fixture
def by_ten(monkeypatch):
    monkeypatch.setattr(writing, "CHUNK", 10)


def most_rows_in_one_go(work):
    """How many rows at the most are written between two moments when anybody may write."""
    written, most, outer = [0], [0], []

    def look(execute, sql, params, many, context):
        if sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")):
            outer.append(sql.split()[0])
            if sql.startswith(("RELEASE", "COMMIT")):
                most[0], written[0] = max(most[0], written[0]), 0
        elif sql.startswith("INSERT"):
            written[0] += sql.count("(%s") or 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        work()
    return max(most[0], written[0])


@pytest.mark.proves("D5")
def test_no_transaction_writes_more_than_a_moments_worth(by_ten):
    assert 0 < most_rows_in_one_go(lambda: bring_in(*MANY)) <= 25


@pytest.mark.proves("D5")
def test_nothing_is_sealed_or_compared_while_others_wait(by_ten, monkeypatch):
    """What takes long is done when the database is anybody's."""
    inside, depth = [], len(connection.savepoint_ids)
    for place, name in ((reading, "plan"), (writing.register, "people"), (writing, "_before")):
        real = getattr(place, name)

        def watched(*args, real=real, name=name, **named):
            if len(connection.savepoint_ids) > depth:
                inside.append(name)
            return real(*args, **named)

        monkeypatch.setattr(place, name, watched)
    bring_in(*MANY)
    bring_in(*MANY[:30])
    assert not inside


@pytest.mark.proves("F-04", part=True)
def test_one_that_is_broken_off_is_carried_on_by_the_worker(
    by_ten, as_person, rut, monkeypatch, time_machine, now
):
    from importing.test_import_pages import choose, upload

    time_machine.move_to(now)
    client = as_person(rut)
    upload(client, file(*MANY))
    job = Import.unscoped.get()
    choose(client, job)
    making, calls = writing._making, []

    def dies(*args):
        calls.append(1)
        if len(calls) == 5:
            raise SystemExit
        return making(*args)

    monkeypatch.setattr(writing, "_making", dies)
    job.refresh_from_db()
    with pytest.raises(SystemExit):
        imports.carry_out(
            imports.order(
                registers.bodies_said(job, by=cast.actor(rut), at=now), by=cast.actor(rut), at=now
            ),
            by=BY,
            at=now,
        )
    monkeypatch.setattr(writing, "_making", making)
    job.refresh_from_db()
    assert job.state == ImportState.WRITING
    assert 0 < Person.unscoped.count() < 60
    sweeps.imports(at=clock.now())
    assert Person.unscoped.count() < 60, "somebody may still be at it"
    time_machine.shift(121)
    sweeps.imports(at=clock.now())
    job.refresh_from_db()
    assert (job.state, Person.unscoped.count()) == (ImportState.APPLIED, 60)
    assert Assignment.unscoped.count() == 60
    assert job.counts["people_new"] == 60
    imports.undo(job, by=BY, at=clock.now())
    assert not Person.unscoped.exists()


def _written_until(step, monkeypatch, fault):
    """An order that fails at a step, as the worker met it: the state that it leaves."""
    making, calls = writing._making, []

    def fails(*args):
        calls.append(1)
        if len(calls) == step:
            raise fault
        return making(*args)

    monkeypatch.setattr(writing, "_making", fails)
    job = Import.unscoped.get()
    imports.order(registers.bodies_said(job, by=BY, at=clock.now()), by=BY, at=clock.now())
    Import.unscoped.update(rows=IN_THE_REQUEST + 1)  # the worker's, not the page's
    sweeps.imports(at=clock.now())
    monkeypatch.setattr(writing, "_making", making)
    job.refresh_from_db()
    return job


def test_what_was_begun_is_never_called_refused_and_can_be_undone(
    by_ten, as_person, rut, monkeypatch, time_machine, now
):
    from importing.test_import_pages import choose, upload

    time_machine.move_to(now)
    client = as_person(rut)
    upload(client, file(*MANY))
    choose(client, Import.unscoped.get())
    job = _written_until(5, monkeypatch, OSError("the disk is away"))
    assert job.state == ImportState.BROKEN
    assert 0 < Person.unscoped.count() < 60
    time_machine.shift(121)
    sweeps.imports(at=clock.now())
    assert Person.unscoped.count() < 60, "it is not begun again"
    assert client.get(f"/register/import/{job.pk}/").status_code == 200
    imports.undo(job, by=BY, at=clock.now())
    assert not Person.unscoped.exists()


def test_an_undo_that_is_broken_off_is_gone_on_with_and_never_applied_again(
    by_ten, monkeypatch, time_machine, now
):
    time_machine.move_to(now)
    job = bring_in(*MANY)
    removing, calls = writing._removed, []

    def dies(*args):
        calls.append(1)
        if len(calls) == 3:
            raise SystemExit
        return removing(*args)

    monkeypatch.setattr(writing, "_removed", dies)
    with pytest.raises(SystemExit):
        imports.undo(job, by=BY, at=now)
    monkeypatch.setattr(writing, "_removed", removing)
    job.refresh_from_db()
    assert job.state == ImportState.BROKEN
    left = Assignment.unscoped.count()
    assert 0 < left < 60
    time_machine.shift(121)
    sweeps.imports(at=clock.now())
    assert Assignment.unscoped.count() == left
    imports.undo(job, by=BY, at=clock.now())
    assert not Person.unscoped.exists()
    assert not Assignment.unscoped.exists()


def test_a_row_that_is_changed_while_the_file_is_written_is_left_as_it_is(by_ten, monkeypatch):
    bring_in(*MANY)
    people = writing.register.changed

    def meanwhile(some, was, handle):
        Person.unscoped.filter(given="Namn7").update(external="för hand")
        return people(some, was, handle)

    monkeypatch.setattr(writing.register, "changed", meanwhile)
    bring_in(*[row(f"Namn{n}", family="Ask") for n in range(60)])
    assert Person.unscoped.get(given="Namn7").external == "för hand"
    assert Person.unscoped.get(given="Namn7").family == "Ek"
    assert Person.unscoped.get(given="Namn8").family == "Ask"
