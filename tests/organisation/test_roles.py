"""Roles in free text, kinds of bodies, names and headers are read as people mean them."""

import pytest
import registers
from hypothesis import given
from hypothesis import strategies as st

from varna.organisation.rules import columns, names
from varna.organisation.rules.cells import Reason, read_row
from varna.organisation.rules.columns import Column, MappingReason, guess, why_not_use
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


# ── columns ───────────────────────────────────────────────────────────────────────────────────
def test_every_header_that_registers_use_is_known():
    found = guess(registers.HEADERS)
    assert set(found.values()) == set(range(len(registers.HEADERS)))


@pytest.mark.parametrize("header", ["FR.O.M", "Fr o m", "fr. o. m.:", "From", "Från"])
def test_a_header_is_known_however_it_is_spelled(header):
    assert guess(["Namn", header]) == {Column.NAME: 0, Column.STARTS: 1}


def test_a_header_nobody_knows_is_left_alone():
    assert guess(["Namn", "Skostorlek"]) == {Column.NAME: 0}


def test_why_a_choice_of_columns_cannot_be_used():
    name, body, role = Column.NAME, Column.BODY, Column.ROLE
    assert why_not_use({name: 0, body: 1, role: 2}, 3) is None
    assert why_not_use({name: 0}, 1) is None
    assert why_not_use({body: 0, role: 1}, 2) is MappingReason.NAME_MISSING
    assert why_not_use({name: 0, role: 1}, 2) is MappingReason.ROLE_WITHOUT_BODY
    assert why_not_use({name: 0, body: 1}, 2) is MappingReason.BODY_WITHOUT_ROLE
    assert why_not_use({name: 0, Column.EMAIL: 0}, 2) is MappingReason.SAME_TWICE
    assert why_not_use({name: 5}, 2) is MappingReason.NO_SUCH_COLUMN


def test_the_same_headers_have_the_same_fingerprint():
    assert columns.fingerprint(["Namn", "Organ"]) == columns.fingerprint(["NAMN ", "organ"])
    assert columns.fingerprint(["Namn", "Organ"]) != columns.fingerprint(["Organ", "Namn"])


# ── cells ─────────────────────────────────────────────────────────────────────────────────────
def read(*cells):
    return read_row(7, list(cells), guess(registers.HEADERS), len(registers.HEADERS))


GOOD = ("Bo", "Ek", "bo@x.example", "", "-", "Valnämnden", "Ledamot", "2026-10-15", "", "")


def test_a_good_row_is_read():
    row = read(*GOOD)
    assert row.refused is None
    assert (row.name_key, row.email, row.party, row.body_key) == (
        "bo ek",
        "bo@x.example",
        "",
        "valnämnden",
    )


@pytest.mark.parametrize(
    ("place", "cell", "reason"),
    [
        (1, " ", Reason.NO_NAME),
        (2, "bo@", Reason.BAD_EMAIL),
        (5, " ", Reason.NO_BODY),
        (6, "-", Reason.NO_ROLE),
        (7, "15 oktober", Reason.BAD_DATE),
        (7, "2026-02-29", Reason.BAD_DATE),
        (8, "2026-10-14", Reason.ENDS_BEFORE_START),
        (9, "kanske", Reason.BAD_ANSWER),
        (1, "e" * 101, Reason.TOO_LONG),
    ],
)
def test_a_bad_cell_refuses_its_row(place, cell, reason):
    cells = list(GOOD)
    cells[place] = cell
    refused = read(*cells).refused
    assert (refused.line, refused.reason) == (7, reason)


def test_more_cells_than_headers_refuse_the_row_unless_they_are_blank():
    assert read(*GOOD, "extra").refused.reason is Reason.TOO_MANY_CELLS
    assert read(*GOOD, "").refused is None


@pytest.mark.parametrize("text", ["2024-02-29", "20240229", "2024/02/29", "2024-02-29 00:00:00"])
def test_a_day_may_be_written_in_several_ways(text):
    cells = list(GOOD)
    cells[7] = text
    assert read(*cells).starts_on.isoformat() == "2024-02-29"


@pytest.mark.parametrize("text", ["2022-10-15..2026-10-14", "2022-10-15 – 2026-10-14"])
def test_a_mandate_period_may_stand_in_one_column(text):
    row = read_row(2, ["Bo Ek", text], guess(["Namn", "Mandatperiod"]), 2)
    assert (row.starts_on.isoformat(), row.ends_on.isoformat()) == ("2022-10-15", "2026-10-14")


@pytest.mark.parametrize(
    ("text", "full"),
    [("Ja", True), ("100 %", True), ("40", True), ("39 %", False), ("0,5", True), ("1", True)],
)
def test_a_share_of_full_time_is_read(text, full):
    row = read_row(2, ["Bo Ek", text], guess(["Namn", "Sysselsättningsgrad"]), 2)
    assert row.full_time is full
