"""Roles in free text, kinds of bodies and names are read as people mean them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varna.organisation.rules import names
from varna.organisation.rules.roles import BodyKind, Group, Position, body_kind, read_role


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
