"""The colour can be read, the stylesheet is small, and the error pages tell nothing."""

import gzip
import re
from pathlib import Path

from django.test import RequestFactory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varna.foundation.ui import rules, views
from varna.foundation.ui.stylesheet import SHEET, stylesheet


colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
SHEET_TEXT = SHEET.read_text(encoding="utf-8")
LIGHT, DARK = SHEET_TEXT.split("prefers-color-scheme: dark", 1)


def shades(text, *names):
    return [re.search(rf"--{name}: (#[0-9a-f]{{3,6}})", text)[1] for name in names]


def whole(colour):
    return colour if len(colour) == 7 else "#" + "".join(sign * 2 for sign in colour[1:])


GROUNDS = ["paper", "shade", "red-bg", "amber-bg", "green-bg", "blue-bg"]


@given(colours)
def test_any_colour_can_be_read_on_every_ground(colour):
    for text, ground in ((LIGHT, rules.LIGHT_GROUND), (DARK, rules.DARK_GROUND)):
        readable = rules.readable_on(ground, colour)
        for shade in shades(text, *GROUNDS):
            assert rules.contrast(readable, whole(shade)) >= 4.5


@given(colours)
def test_what_is_written_on_a_button_can_be_read(colour):
    for text, ground in ((LIGHT, rules.LIGHT_GROUND), (DARK, rules.DARK_GROUND)):
        (written,) = shades(text, "on-accent")
        assert rules.contrast(rules.readable_on(ground, colour), whole(written)) >= 4.5


@pytest.mark.parametrize("text", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_on_their_grounds(text):
    for name in ("ink", "soft", "red", "amber", "green"):
        (written,) = shades(text, name)
        own = [f"{name}-bg"] if f"--{name}-bg" in text else []
        for ground in shades(text, "paper", "shade", *own):
            assert rules.contrast(whole(written), whole(ground)) >= 4.5, (name, ground)


@pytest.mark.parametrize("text", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_and_focus_can_be_seen(text):
    for name in ("edge", "focus"):
        (drawn,) = shades(text, name)
        for ground in shades(text, "paper", "shade"):
            assert rules.contrast(whole(drawn), whole(ground)) >= 3


def test_a_colour_that_can_be_read_is_left_alone():
    assert rules.readable_on("#ffffff", "#1d5a7a") == "#1d5a7a"


@pytest.mark.parametrize("bad", ["", "red", "#12345", "#1234567", "#12345g", "}body{display:none"])
def test_what_is_no_colour_is_passed_by(bad):
    assert rules.theme(bad) == rules.theme(rules.FALLBACK)


def test_contrast_is_what_the_standard_says():
    assert rules.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert rules.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_stylesheet_is_small(client):
    assert len(stylesheet().packed) <= 10_000
    answer = client.get("/tema.css", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.content) == client.get("/tema.css").content


def test_the_stylesheet_is_kept_only_under_its_own_version(client):
    version = stylesheet().version
    assert "immutable" in client.get(f"/tema.css?v={version}")["Cache-Control"]
    assert "max-age=0" in client.get("/tema.css?v=old")["Cache-Control"]


@pytest.mark.django_db
def test_the_logotype_is_the_municipalitys_own_file_and_nothing_else(client, settings, tmp_path):
    assert client.get("/logotyp").status_code == 404
    picture = tmp_path / "vapen.svg"
    picture.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    settings.LOGOTYPE = str(picture)
    assert client.get("/logotyp")["Content-Type"] == "image/svg+xml"
    assert '<img src="/logotyp"' in client.get("/").content.decode()
    settings.LOGOTYPE = str(Path(__file__))
    assert client.get("/logotyp").status_code == 404


def test_the_page_for_our_own_faults_needs_no_database():
    """No database mark: asking the database would fail this test."""
    answer = views.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert b"tel:112" in answer.content


def test_an_old_form_is_met_with_kind_words_in_three_languages():
    answer = views.form_too_old(RequestFactory().post("/"))
    assert answer.status_code == 403
    for language in ("sv", "en", "fi"):
        assert f'lang="{language}"'.encode() in answer.content


@pytest.mark.django_db
def test_whoever_is_signed_in_gets_the_same_missing_page(client, as_person, alva):
    nobody = client.get("/finns-inte/").content
    assert as_person(alva).get("/finns-inte/").content == nobody
    assert as_person(alva).get("/finns-inte-heller/?fråga=1").content == nobody


@pytest.mark.django_db
def test_the_menu_leads_each_role_where_it_may_go(as_person, berit, alva):
    assert "/konton/" in as_person(berit).get("/").content.decode()
    assert "/konton/" not in as_person(alva).get("/").content.decode()


@pytest.mark.django_db
def test_leaving_forgets_the_session_and_what_the_browser_keeps(as_person, alva):
    client = as_person(alva)
    answer = client.get("/lamna/")
    assert answer["Location"] == "https://www.smhi.se/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "_auth_user_id" not in client.session
