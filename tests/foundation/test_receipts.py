"""Receipts: a code that forgives how it is written, and that nothing here can give back."""

import base64
import io
import os
import uuid

from django.core.management import call_command

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.test_the_walk import code_in, send_report
from varna.reports import rules
from varna.reports.models import Report
from varna.reports.receipts import lookup, new_token, receipt_for


CODES = st.binary(min_size=15, max_size=32).map(rules.code_from)


@given(CODES)
def test_every_single_wrong_character_is_noticed(code):
    for place, right in enumerate(code):
        for wrong in rules.ALPHABET:
            if wrong != right:
                assert rules.normalised(code[:place] + wrong + code[place + 1 :]) is None


def test_most_neighbours_that_changed_places_are_noticed():
    swaps = noticed = 0
    for number in range(400):
        code = rules.code_from(
            uuid.UUID(int=number * 0x9E3779B97F4A7C15F39CC0605CEDC834 % 2**128).bytes
        )
        for place in range(len(code) - 1):
            if code[place] != code[place + 1]:
                swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
                swaps += 1
                noticed += rules.normalised(swapped) is None
    assert noticed / swaps > 0.9


@given(CODES)
def test_a_code_is_read_as_people_write_it(code):
    ways = [
        code.lower(),
        rules.grouped(code),
        rules.grouped(code).replace("-", " "),
        rules.grouped(code).replace("-", "–"),
        f"  {code}\n",
        code.replace("0", "O").replace("1", "l"),
        code.replace("1", "I").replace("0", "o"),
        rules.grouped(code).replace("-", "\u00a0"),
    ]
    assert {rules.normalised(way) for way in ways} == {code}


@given(st.text())
def test_whatever_is_written_is_a_code_or_none(written):
    read = rules.normalised(written)
    assert read is None or len(read) == rules.CODE_LENGTH


def test_codes_hold_115_bits_and_are_all_different():
    codes = {rules.code_from(os.urandom(32)) for _ in range(2000)}
    assert len(codes) == 2000
    assert (rules.CODE_LENGTH - 1) * 5 == 115


def test_the_same_token_leads_to_the_same_report_and_code():
    token = new_token()
    assert receipt_for(token) == receipt_for(token)
    assert receipt_for(new_token()) != receipt_for(token)


def test_a_token_that_we_did_not_make_is_refused():
    token = new_token()
    raw = bytearray(base64.urlsafe_b64decode(token + "="))
    for place in range(len(raw)):
        forged = bytearray(raw)
        forged[place] ^= 1
        assert receipt_for(base64.urlsafe_b64encode(forged).decode().rstrip("=")) is None
    for bad in ("", "a", token[:-2], token + "AAAA", "ö" * 43, "%" * 43, "=" * 43):
        assert receipt_for(bad) is None


@given(st.text(max_size=60))
def test_no_text_is_a_token_and_none_breaks_the_page(text):
    assert receipt_for(text) is None


def test_what_is_stored_finds_the_report_and_depends_on_the_installations_secret():
    code = receipt_for(new_token()).code
    assert lookup(code) == lookup(code)
    assert rules.lookup_of(code, bytes(32)) != lookup(code)


@pytest.mark.django_db
def test_the_code_stands_nowhere_in_what_is_stored(client, alva):
    code = code_in(send_report(client))
    plain = code.replace("-", "")
    said = io.StringIO()
    call_command("dumpdata", stdout=said)
    dump = said.getvalue()
    assert str(Report.unscoped.get().pk) in dump
    for form in (code, plain, plain.lower(), plain.encode().hex()):
        assert form not in dump
    assert base64.b64encode(plain.encode()).decode()[:20] not in dump
