"""A small world of facts, and how a plan stands in it."""

import datetime as dt
import uuid

from plans import ELECTION, PLAN
from varna.following.queries import moment
from varna.foundation import clock
from varna.plan.rules.history import Noted, Version
from varna.plan.rules.loading import load
from varna.plan.rules.terms import Assignment, Unit
from varna.standing.rules import facts
from varna.standing.rules.status import status


def day(text):
    return dt.date.fromisoformat(text)


def noon(text):
    return dt.datetime.fromisoformat(f"{text}T11:00+00:00")


def one(number):
    return uuid.UUID(int=number)


def life(since=None, until=None):
    return facts.Life(since and day(since), until and day(until))


def elected(number, since=None, until=None, kind=Assignment.ELECTED):
    return facts.Members(frozenset({one(number)}), kind, life(since, until))


def unit(number, kind=Unit.BOARD, since=None, until=None, name="Nämnden", served_by=None):
    by = None if served_by is None else one(served_by)
    return facts.UnitFact(one(number), name, kind, life(since, until), by)


def offer(held_on, sent, *, course=False):
    """`sent`: {person's number: day}."""
    days = {
        day(on): frozenset(one(number) for number, text in sent.items() if text == on)
        for on in sent.values()
    }
    return facts.OfferFact(f"session:{held_on}", day(held_on), days, course)


# Registers that somebody has vouched for each month, as a municipality's should be.
MONTHS = tuple(dt.date(year, month, 1) for year in range(2018, 2032) for month in range(1, 13))
KEPT = tuple(facts.RegisterFact(one, MONTHS, "registrar") for one in facts.Register)


def plan(text="", base=PLAN):
    return load((base + text).encode())


def rows(
    made, today, *, name="", started="2020-01-01", events=(), election=ELECTION, later=(), **known
):
    """The rows of one commitment, or of all. `later`: versions that follow the first."""
    world = facts.World(**{"registers": KEPT} | {key: tuple(found) for key, found in known.items()})
    noted = tuple(Noted(event, day(on)) for event, on in events)
    now = clock.end_of(day(today))
    history = (Version(made, day("2018-01-01")), *later)
    found = status(history, noted, election, world, moment(now, day(started)))
    return [row for row in found if row.commitment.id == name or not name]


def stands(*args, **known):
    return [row.standing.value for row in rows(*args, **known)]


def figures(*args, **known):
    return [(row.figure.done, row.figure.of) for row in rows(*args, **known)]
