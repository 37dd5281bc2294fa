"""What is left in the browser of whoever has been here: nothing."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

import pytest

import cast


pytestmark = pytest.mark.django_db
OUT, LEAVE = reverse("account_logout"), reverse("leave")
COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)


def reading(world):
    """A reporter who has come back with the code, with the cookies that a form brings."""
    client = Client()
    answer = client.post(reverse("cases:return"), {"code": world.code}, follow=True)
    assert answer.status_code == 200
    assert all(name in client.cookies for name in COOKIES)
    return client, reverse("cases:own", args=[world.report])


def left(client):
    """The cookies that the browser still has."""
    return {name for name, cookie in client.cookies.items() if cookie.value}


@pytest.mark.proves("M7")
def test_no_cookie_outlives_the_browser(world):
    client, _thread = reading(world)
    for name in COOKIES:
        assert not client.cookies[name]["expires"], name
        assert not client.cookies[name]["max-age"], name


@pytest.mark.proves("M7")
@pytest.mark.proves("T7", part=True)
def test_a_reporter_ends_the_visit_and_nothing_is_left(world):
    client, thread = reading(world)
    assert "Avsluta besöket" in client.get(thread).content.decode()
    assert "Avsluta besöket" in client.get(OUT).content.decode()
    key = client.session.session_key
    answer = client.post(OUT)
    assert answer["Location"] == "/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert left(client) == set()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get(thread).status_code == 404, "the session itself is gone"


@pytest.mark.parametrize("page", ["account_logout", "end_sessions"])
def test_signing_out_leaves_nothing(alva, page):
    client = cast.sign_in(Client(), alva)
    client.get(reverse("mfa_index"))
    answer = client.post(reverse(page))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert left(client) == set()


# ── quick exit ────────────────────────────────────────────────────────────────────────────────
CLICKS = [
    {},
    {"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none"},
]
NOT_OURS = [
    {"Sec-Fetch-Dest": "image", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Dest": "image", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("said", CLICKS)
@pytest.mark.proves("T7", part=True)
def test_quick_exit_leaves_nothing(world, said):
    client, thread = reading(world)
    answer = client.get(LEAVE, headers=said)
    assert answer["Location"] == settings.EXIT_URL
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert left(client) == set()
    assert client.get(thread).status_code == 404


@pytest.mark.parametrize("said", NOT_OURS)
@pytest.mark.proves("L8")
def test_another_site_can_neither_sign_out_nor_clear_anything(alva, said):
    client = cast.sign_in(Client(), alva)
    answer = client.get(LEAVE, headers=said)
    assert answer["Location"] == settings.EXIT_URL
    assert "Clear-Site-Data" not in answer
    assert not answer.cookies
    assert client.get(reverse("mfa_index")).status_code == 200
