"""The frame that every deed stands in: who was asked, what was refused, the line that was left."""

import datetime as dt
import os
import uuid
from enum import StrEnum

from django.db import IntegrityError
from django.test import RequestFactory

import pytest

from varna.foundation import deeds
from varna.foundation.access.middleware import PolicyRequired
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Actor, Strength, system
from varna.foundation.audit.models import Event
from varna.foundation.deeds import (
    DeedError,
    Forbidden,
    WhyNot,
    deed,
    held,
    leave,
    let,
    locked,
    part,
    refuse,
    unchanged,
    written,
)


pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
SOMEBODY = Actor(account=uuid.uuid4(), strength=Strength.STRONG)
HERE = {}


class Why(StrEnum):
    CLOSED = "closed"


@pytest.fixture(autouse=True)
def _known_deeds():
    """What these tests frame is no deed of the house."""
    known, parts = dict(deeds.DEEDS), dict(deeds.PARTS)
    yield
    for kept, now in ((known, deeds.DEEDS), (parts, deeds.PARTS)):
        now.clear()
        now.update(kept)


def an_account(name="Ada"):
    return Account.objects.create(email=f"{uuid.uuid4()}@example.se", name=name, created_at=AT)


def lines():
    return list(Event.unscoped.values_list("act", flat=True))


def test_a_deed_is_done_and_leaves_its_line_in_the_same_transaction():
    @deed("thing.done")
    def do(*, by, at):
        let(True)
        leave("thing.done", about=uuid.UUID(int=7), n=2)
        return "done"

    assert do(by=SOMEBODY, at=AT) == "done"
    (line,) = Event.unscoped.all()
    assert line.act == "thing.done"
    assert line.about == uuid.UUID(int=7)
    assert SOMEBODY.reference in line.body


def test_a_deed_that_asks_nobody_cannot_end_and_what_it_wrote_is_taken_back():
    @deed("thing.done")
    def do(*, by, at):
        an_account()
        leave("thing.done")

    with pytest.raises(DeedError, match="never asked"):
        do(by=SOMEBODY, at=AT)
    assert not Account.objects.exists()
    assert lines() == []


def test_a_deed_without_a_line_cannot_end_and_what_it_wrote_is_taken_back():
    @deed("thing.done")
    def do(*, by, at):
        let(True)
        an_account()

    with pytest.raises(DeedError, match="no line"):
        do(by=SOMEBODY, at=AT)
    assert not Account.objects.exists()


def test_what_was_so_already_needs_no_line():
    @deed("thing.done")
    def do(*, by, at):
        let(True)
        unchanged()

    do(by=SOMEBODY, at=AT)
    assert lines() == []


def test_a_deed_leaves_no_other_line_than_it_has_said():
    @deed("thing.done")
    def do(*, by, at):
        let(True)
        leave("thing.undone")

    with pytest.raises(DeedError, match=r"thing\.undone"):
        do(by=SOMEBODY, at=AT)


def test_whoever_may_not_is_told_nothing_and_nothing_is_written():
    @deed("thing.done")
    def do(*, by, at):
        an_account()
        let(by.account is None)
        leave("thing.done")

    with pytest.raises(Forbidden):
        do(by=SOMEBODY, at=AT)
    assert not Account.objects.exists()


@pytest.mark.parametrize("strength", [Strength.NONE, Strength.CODE, Strength.MAIL])
def test_whoever_has_not_signed_in_strongly_does_nothing_unless_the_deed_is_weak(strength):
    weak_actor = Actor(account=uuid.uuid4(), strength=strength)

    @deed("thing.done")
    def strong_only(*, by, at):
        let(True)
        leave("thing.done")

    @deed("thing.done", weak=True)
    def anybody(*, by, at):
        let(True)
        leave("thing.done")

    with pytest.raises(Forbidden):
        strong_only(by=weak_actor, at=AT)
    anybody(by=weak_actor, at=AT)
    strong_only(by=system("tests"), at=AT)
    assert lines() == ["thing.done"] * 2


def test_a_rule_that_says_no_takes_back_what_was_written_and_says_why():
    @deed("thing.done")
    def do(*, by, at):
        let(True)
        an_account()
        refuse(None)
        refuse(Why.CLOSED)
        leave("thing.done")

    with pytest.raises(WhyNot) as why:
        do(by=SOMEBODY, at=AT)
    assert why.value.reason is Why.CLOSED
    assert not Account.objects.exists()


def test_a_row_is_held_only_through_what_the_actor_sees():
    mine, other = an_account("Ada"), an_account("Bo")

    def scope(actor, *, at):
        return Account.objects.filter(pk=actor.account)

    @deed("thing.done")
    def do(pk, *, by, at):
        row = held(scope, pk)
        leave("thing.done", about=row.pk)
        return row

    actor = Actor(account=mine.pk, strength=Strength.STRONG)
    assert do(mine.pk, by=actor, at=AT).name == "Ada"
    for hidden in (other.pk, uuid.uuid4()):
        with pytest.raises(Forbidden):
            do(hidden, by=actor, at=AT)


def everybody(_actor, *, at):
    return Account.objects.all()


@pytest.mark.skipif("VARNA_TEST_DATABASE_URL" not in os.environ, reason="SQLite locks it all")
def test_the_row_is_locked_until_the_deed_is_done(django_assert_num_queries):
    row = an_account()

    @deed("thing.done")
    def do(*, by, at):
        held(everybody, row.pk)
        leave("thing.done")

    with django_assert_num_queries(4) as seen:
        do(by=SOMEBODY, at=AT)
    assert any("FOR UPDATE" in query["sql"] for query in seen.captured_queries)


def test_no_row_is_locked_before_it_has_been_asked_who():
    row = an_account()

    @deed("thing.done")
    def hasty(*, by, at):
        locked(Account.objects, row.pk)

    @deed("thing.done")
    def polite(*, by, at):
        let(True)
        leave("thing.done", about=locked(Account.objects, row.pk).pk)

    with pytest.raises(DeedError, match="asked"):
        hasty(by=SOMEBODY, at=AT)
    polite(by=SOMEBODY, at=AT)


def test_a_part_stands_only_inside_a_deed_that_has_asked():
    @part("part.done")
    def share(about):
        leave("part.done", about=about)

    @deed("thing.done")
    def hasty(*, by, at):
        share(uuid.uuid4())
        let(True)
        leave("thing.done")

    @deed("thing.done")
    def polite(*, by, at):
        let(True)
        share(uuid.uuid4())
        leave("thing.done")

    with pytest.raises(DeedError, match="only inside a deed"):
        share(uuid.uuid4())
    with pytest.raises(DeedError, match="must ask"):
        hasty(by=SOMEBODY, at=AT)
    polite(by=SOMEBODY, at=AT)
    assert sorted(lines()) == ["part.done", "thing.done"]


def test_the_line_of_a_part_is_not_the_deeds_own_unless_it_has_said_so():
    @part("part.done")
    def share():
        leave("part.done")

    @deed("thing.done")
    def silent(*, by, at):
        let(True)
        share()

    @deed("part.done")
    def content(*, by, at):
        let(True)
        share()

    with pytest.raises(DeedError, match="no line"):
        silent(by=SOMEBODY, at=AT)
    content(by=SOMEBODY, at=AT)


def test_a_deed_inside_a_deed_asks_for_itself_and_its_line_counts_where_it_was_said():
    @deed("inner.done")
    def inner(*, by, at, may=True):
        let(may)
        leave("inner.done")

    @deed("inner.done")
    def outer(*, by, at, may=True):
        let(True)
        inner(by=by, at=at, may=may)

    outer(by=SOMEBODY, at=AT)
    assert lines() == ["inner.done"]
    with pytest.raises(Forbidden):
        outer(by=SOMEBODY, at=AT, may=False)


def test_a_deed_that_makes_its_keys_first_ends_with_its_own_transaction():
    @deed("thing.done", keys_first=True)
    def do(*, by, at, line=True, fails=False):
        let(True)
        try:
            with written():
                an_account()
                if line:
                    leave("thing.done")
                if fails:
                    an_account()
                    Account.objects.create(pk=Account.objects.first().pk, email="x", created_at=AT)
        except IntegrityError:
            unchanged()

    do(by=SOMEBODY, at=AT)
    assert Account.objects.count() == 1
    with pytest.raises(DeedError, match="no line"):
        do(by=SOMEBODY, at=AT, line=False)
    do(by=SOMEBODY, at=AT, fails=True)
    assert Account.objects.count() == 1


@pytest.mark.parametrize("says", [lambda: let(True), lambda: leave("x"), unchanged])
def test_nothing_is_said_outside_a_deed(says):
    with pytest.raises(DeedError):
        says()


def test_a_deed_takes_who_and_when_by_name():
    with pytest.raises(DeedError, match="by="):

        @deed("thing.done")
        def who(by, *, at): ...

    with pytest.raises(DeedError, match="at="):

        @deed("thing.done")
        def when(*, by): ...


def test_what_is_forbidden_is_not_there_for_whichever_view():
    from django.http import Http404, HttpResponse

    door = PolicyRequired(lambda _request: HttpResponse())
    request = RequestFactory().get("/")
    with pytest.raises(Http404):
        door.process_exception(request, Forbidden())
    door.process_exception(request, ValueError())  # somebody else's
