"""Roles in free text, kinds of bodies and names are read as people mean them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varna.organisation.rules import names
from varna.organisation.rules.roles import (
    BodyKind,
    Group,
    NoOffice,
    Position,
    body_kind,
    counts_nobody,
    read_role,
)


@pytest.mark.parametrize(
    ("text", "group", "position"),
    [
        ("Ledamot", Group.ELECTED, None),
        ("LEDAMOT OCH ORDFÖRANDE", Group.ELECTED, Position.CHAIR),
        ("Ledamot och 1:e vice ordförande", Group.ELECTED, Position.FIRST_VICE),
        ("Andre vice ordförande", Group.ELECTED, Position.SECOND_VICE),
        ("Vice ordförande", Group.ELECTED, Position.VICE),
        ("Ersättare", Group.DEPUTY, None),
        ("Suppleant", Group.DEPUTY, None),
        ("Lekmannarevisor", Group.AUDITOR, None),
        ("Revisorsersättare", Group.AUDITOR, None),
        ("Politisk sekreterare", Group.POLITICAL_SECRETARY, None),
        ("Nämndsekreterare", Group.BOARD_SECRETARY, None),
        ("Kandidat", Group.CANDIDATE, None),
        ("Kommunalråd", Group.ELECTED, None),
        ("Vigselförrättare", None, None),
        ("God man", None, None),
        ("Nämndeman", None, None),
        ("Gruppledare", None, None),
    ],
)
def test_a_role_is_read(text, group, position):
    read = read_role(text)
    assert (read.group, read.position) == (group, position)


def test_commissioners_serve_full_time():
    assert read_role("Oppositionsråd").full_time
    assert not read_role("Ledamot").full_time


def test_a_companys_board_is_not_named_among_elected_officials():
    assert read_role("Ledamot", BodyKind.COMPANY).group is Group.COMPANY_BOARD
    assert read_role("Suppleant", BodyKind.COMPANY).group is Group.COMPANY_BOARD
    assert read_role("Lekmannarevisor", BodyKind.COMPANY).group is Group.AUDITOR


@pytest.mark.parametrize("role", ["Ledamot", "Ersättare", "Ordförande", "Revisor"])
def test_a_body_of_another_kind_counts_nobody(role):
    assert read_role(role, BodyKind.OTHER).group is None
    assert counts_nobody(role, BodyKind.OTHER) is NoOffice.BODY


def test_a_commissioner_holds_office_wherever_the_register_puts_the_post():
    read = read_role("Kommunalråd", BodyKind.OTHER)
    assert (read.group, read.full_time) == (Group.ELECTED, True)


def test_a_joint_authority_stands_outside_the_law_with_the_companies():
    assert read_role("Ledamot", BodyKind.JOINT).group is Group.COMPANY_BOARD


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("Vigselförrättare", NoOffice.WEDDINGS),
        ("Borgerlig officiant", NoOffice.FUNERALS),
        ("Begravningsombud", NoOffice.FUNERALS),
        ("God man enligt fastighetsbildningslagen", NoOffice.GUARDIAN),
        ("Nämndeman", NoOffice.COURT),
        ("Ombud vid stämma", NoOffice.PROXY),
        ("Adjungerad ledamot", NoOffice.ADJUNCT),
        ("Gruppledare", NoOffice.UNREAD),
        ("Ledamot", None),
    ],
)
def test_a_role_that_is_no_elected_office_counts_nobody_and_says_why(role, why):
    assert counts_nobody(role, BodyKind.BOARD) is why


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kommunfullmäktige", BodyKind.COUNCIL),
        ("Kommunstyrelsen", BodyKind.EXECUTIVE),
        ("Kommunstyrelsens arbetsutskott", BodyKind.COMMITTEE),
        ("Fullmäktigeberedningen", BodyKind.PREPARATORY),
        ("Miljö- och konsumentnämnden", BodyKind.BOARD),
        ("Norrskogens kommundelsnämnd", BodyKind.BOARD),
        ("Exempelstads Bostäder AB", BodyKind.COMPANY),
        ("Kommunrevisionen", BodyKind.AUDIT),
        ("Partikanslierna", BodyKind.OTHER),
        ("Kommunfullmäktiges presidium", BodyKind.OTHER),
        ("Kommunfullmäktige, alfabetisk ordning", BodyKind.OTHER),
        ("Referensgrupp för ungdomsfullmäktige", BodyKind.OTHER),
        ("Kommunstyrelsens presidium", BodyKind.OTHER),
        ("Kommunala pensionärsrådet", BodyKind.OTHER),
        ("Råd för funktionshindersfrågor", BodyKind.OTHER),
        ("Samverkan med hälso- och sjukvårdsnämnden", BodyKind.OTHER),
        ("Valberedningen", BodyKind.OTHER),
        ("Nämnden för stadsområdet", BodyKind.BOARD),
        ("Förbundsfullmäktige i Norrskogens kommunalförbund", BodyKind.JOINT),
        ("Räddningstjänstförbundet Exempel", BodyKind.JOINT),
    ],
)
def test_a_bodys_kind_is_read_from_its_name(name, kind):
    assert body_kind(name) is kind


def test_names_are_split_and_compared_whatever_their_capitals():
    assert names.split_name("Berg, Anna-Lena") == ("Anna-Lena", "Berg")
    assert names.split_name("Anna Maria Berg") == ("Anna Maria", "Berg")
    assert names.split_name("Cher") == ("", "Cher")
    assert names.name_key("ÅSA", "Örn ") == names.name_key("åsa", " örn")
    assert names.fold("A\u030asa") == names.fold("Åsa")


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert names.fold(names.fold(text)) == names.fold(text)
