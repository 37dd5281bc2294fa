"""A register of a real city's size counts by kommunallagen 4:1 as a hand would, person by person.

The count by hand knows what each body is from the table below, and asks nothing of the rules.
"""

import datetime as dt
import random

import pytest

import registers
from varna.foundation.accounts.rules import system
from varna.importing.actions import answering, imports
from varna.organisation.models import Assignment, Body, Person
from varna.organisation.queries import (
    elected_outside_the_law,
    groups_on,
    officials_by_law,
    unanswered,
    units,
)
from varna.organisation.rules.roles import Group


DAY = dt.date(2026, 11, 24)
AT = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
HEADERS = ["Id", "Förnamn", "Efternamn", "Parti", "Organ", "Befattning", "Fr.o.m.", "T.o.m."]
PEOPLE, ASSIGNMENTS, BODIES = 969, 1836, 165
SUBJECTS = [
    "Arbetsmarknads", "Bibliotek", "Bostads", "Brand", "Bygg", "Djurskydds", "Energi",
    "Fastighets", "Fritids", "Gatu", "Grundskole", "Gymnasie", "Hamn", "Idrotts", "Konst",
    "Kultur", "Miljö", "Museum", "Park", "Plan", "Service", "Skol", "Social", "Teknik",
    "Trafik", "Turism", "Utbildnings", "Vatten", "Vuxen", "Äldre",
]  # fmt: skip
LAW, OUTSIDE, NOBODY = "law", "outside", "nobody"


def the_bodies():
    """165 names as a city writes them, and what each is by the law."""
    named = {
        "Kommunfullmäktige": LAW,
        "Kommunfullmäktiges presidium": NOBODY,
        "Kommunfullmäktige, alfabetisk ordning": NOBODY,
        "Referensgrupp för ungdomsfullmäktige": NOBODY,
        "Kommunstyrelsen": LAW,
        "Kommunstyrelsens presidium": NOBODY,
        "Kommunstyrelsens arbetsutskott": LAW,
        "Kommunrevisionen": LAW,
        "Revisorskollegiet": NOBODY,
        "Valnämnden": LAW,
        "Valberedningen": NOBODY,
        "Demokratiberedningen": LAW,
        "Kommunala pensionärsrådet": NOBODY,
        "Rådet för funktionshindersfrågor": NOBODY,
        "Samverkansgrupp med hälso- och sjukvårdsnämnden": NOBODY,
        "Förbundsfullmäktige i Norrskogens kommunalförbund": OUTSIDE,
        "Räddningstjänstförbundet Exempel": OUTSIDE,
        "Styrgruppen för nya arenan": NOBODY,
        "Exempelstads turistförening": NOBODY,
        "Överförmyndarnämnden": LAW,
    }
    for subject in SUBJECTS:
        named[f"{subject}nämnden"] = LAW
        named[f"{subject}nämndens arbetsutskott"] = LAW
        named[f"{subject}nämndens presidium"] = NOBODY
        named[f"Exempelstads {subject}bolag AB"] = OUTSIDE
        named[f"Stiftelsen {subject}hus"] = OUTSIDE
    return dict(list(named.items())[:BODIES])


ROLES = {
    "Ledamot": True, "Ledamot och ordförande": True, "Ledamot och 1:e vice ordförande": True,
    "Ersättare": True, "Vigselförrättare": False, "God man": False, "Adjungerad": False,
    "Gruppledare": False,
}  # fmt: skip


def the_register():
    dice, bodies = random.Random(4), the_bodies()
    names, rows, seen = list(bodies), [], set()
    while len(rows) < ASSIGNMENTS:
        who = len(rows) if len(rows) < PEOPLE else dice.randrange(PEOPLE)
        body = names[len(rows)] if len(rows) < BODIES else dice.choice(names)
        role = dice.choice(list(ROLES))
        if body == "Kommunrevisionen" and ROLES[role]:
            role = dice.choice(["Revisor", "Ordförande"])
        ends = dice.choice(["2030-10-14", "", "2030-12-31", "2026-10-14"])
        if (who, body) not in seen:
            seen.add((who, body))
            party = dice.choice(["Mittenlistan", "Framåtpartiet", "Fria väljare"])
            rows.append([f"p{who}", f"Förnamn{who % 60}", f"Släkt{who % 240}", party, body, role,
                         "2022-10-15", ends])  # fmt: skip
    return rows


def by_hand(rows, what):
    """Who sits today with an office in a body of that sort."""
    bodies = the_bodies()
    return {
        row[0]
        for row in rows
        if bodies[row[4]] == what and ROLES.get(row[5], True)
        and (not row[7] or row[7] >= DAY.isoformat())
    }  # fmt: skip


@pytest.mark.django_db
def test_the_count_by_the_law_agrees_person_by_person():
    rows, by = the_register(), system("tests")
    content = registers.csv_of(rows, headers=HEADERS)
    table = imports.read_table(content)
    read = imports.read(table, imports.choose(table))
    answers = answering.guesses(read, imports.preview(read, day=DAY))
    made = imports.apply_content(content, read.choice, by=by, at=AT, answers=answers)
    assert not made.refused
    there = (Person.unscoped.count(), Assignment.unscoped.count(), Body.unscoped.count())
    assert there == (PEOPLE, ASSIGNMENTS, BODIES)
    outside = dict(Person.unscoped.values_list("pk", "external"))
    by_law = by_hand(rows, LAW)
    assert {outside[pk] for pk in officials_by_law(DAY)} == by_law
    elsewhere = by_hand(rows, OUTSIDE)
    assert {outside[pk] for pk in elected_outside_the_law(DAY)} == elsewhere - by_law
    assert groups_on(DAY)[Group.COMPANY_BOARD] == len(elsewhere)
    kinds = [unit.kind for unit in units()]
    assert (kinds.count("council"), kinds.count("executive")) == (1, 1)
    assert kinds.count("joint-authority") == 2
    assert unanswered(DAY) == 0
