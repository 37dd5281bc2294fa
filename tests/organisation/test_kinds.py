"""What a body is, is said by somebody, and the figures tell where it is only guessed."""

import datetime as dt

import pytest

from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.deeds import WhyNot
from varna.organisation import gathering, queries
from varna.organisation.actions import people
from varna.organisation.models import Assignment, Body, Person
from varna.organisation.rules.roles import BodyKind, Group


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BY = system("tests")
DAY = dt.date(2026, 11, 25)


def a_body(name, kind, *, said=False):
    return Body.unscoped.create(
        name=name, name_key=name.casefold(), kind=kind, said_on=DAY if said else None
    )


def sits(body, group, *, full_time=False):
    person = Person.unscoped.create(family="Ek", name_key="ek", sort_key="ek")
    Assignment.unscoped.create(
        person=person, body=body, role="Ledamot", group=group, full_time=full_time
    )
    return person.pk


def say(**kinds):
    found = {Body.unscoped.get(name=name).pk: kind for name, kind in kinds.items()}
    people.say_kinds(found, by=BY, at=clock.now())


def test_a_body_stands_as_a_guess_until_somebody_has_said_its_kind():
    sits(a_body("Valn", BodyKind.BOARD), Group.ELECTED)
    assert queries.unanswered(DAY) == 1
    say(Valn=BodyKind.BOARD)
    assert queries.unanswered(clock.today()) == 0
    row = Body.unscoped.get()
    assert (row.said_on, row.said_by) == (clock.today(), BY.reference)


def test_a_body_that_is_another_gives_up_its_members():
    body = a_body("Presidiet", BodyKind.COUNCIL)
    sits(body, Group.ELECTED)
    assert queries.officials_by_law(DAY)
    say(Presidiet=BodyKind.OTHER)
    assert not queries.officials_by_law(DAY)


def test_only_one_body_is_the_council():
    a_body("KF", BodyKind.COUNCIL, said=True)
    a_body("Kopia", BodyKind.COUNCIL)
    with pytest.raises(WhyNot):
        say(Kopia=BodyKind.COUNCIL)
    say(Kopia=BodyKind.COUNCIL, KF=BodyKind.OTHER)  # what was one gives way
    assert Body.unscoped.get(kind=BodyKind.COUNCIL).name == "Kopia"


def test_full_time_in_a_company_is_not_full_time_by_the_law():
    sits(a_body("Bolaget", BodyKind.COMPANY), Group.COMPANY_BOARD, full_time=True)
    own = sits(a_body("KS", BodyKind.EXECUTIVE), Group.ELECTED, full_time=True)
    assert queries.people_in_office(DAY, Group.FULL_TIME) == {own}
    assert queries.groups_on(DAY)[Group.FULL_TIME] == 1
    assert len([one for one in gathering.terms() if one.group is Group.FULL_TIME]) == 1


def test_who_is_elected_outside_the_law_stands_apart():
    outside = sits(a_body("Bolaget", BodyKind.COMPANY), Group.COMPANY_BOARD)
    inside = sits(a_body("KS", BodyKind.EXECUTIVE), Group.ELECTED)
    assert queries.officials_by_law(DAY) == {inside}
    assert queries.elected_outside_the_law(DAY) == {outside}


def test_nothing_is_chosen_beforehand_and_the_guesses_are_confirmed_in_one_deed(as_person, rut):
    client = as_person(rut)
    for name, kind in [("Valn", BodyKind.BOARD), ("Bolaget", BodyKind.COMPANY)]:
        a_body(name, kind)
    page = client.get("/register/organ/slag/")
    assert page.status_code == 200
    assert not any(field.initial for field in page.context["form"].fields.values())
    guesses = [one.guess for one in page.context["form"].asked.values()]
    assert guesses == [BodyKind.COMPANY, BodyKind.BOARD]
    assert client.post("/register/organ/slag/", {}).status_code == 302
    assert queries.unanswered(DAY) == 2, "nothing chosen is nothing said"
    key = f"organ-{Body.unscoped.get(name='Valn').pk}"
    client.post("/register/organ/slag/", {key: "other", "gissningar": "ja"})
    assert queries.unanswered(DAY) == 0
    assert Body.unscoped.get(name="Valn").kind == BodyKind.OTHER
    assert Body.unscoped.get(name="Bolaget").kind == BodyKind.COMPANY
