"""EMAIL_URL: what cannot mean what was meant stops the start, in words."""

import pytest

from varna.site import environment


def read(monkeypatch, url, *, demo=False):
    monkeypatch.setenv("EMAIL_URL", url)
    return environment.mail(demo=demo)


@pytest.mark.parametrize(
    ("url", "tls", "ssl"),
    [
        ("smtp+tls://varna:hemligt@mejl.kommunen.example:587", True, None),
        ("smtp+ssl://varna:hemligt@mejl.kommunen.example:465", None, True),
        ("smtp+tls://varna:p%23%2F%3A@mejl.kommunen.example:25", True, None),
        ("smtp://127.0.0.1:1025", None, None),
        ("smtp://rela.kommunen.example:25", None, None),
    ],
)
def test_what_can_be_meant_is_taken(monkeypatch, url, tls, ssl):
    found = read(monkeypatch, url)
    assert found.get("EMAIL_USE_TLS") == tls
    assert found.get("EMAIL_USE_SSL") == ssl
    assert found["EMAIL_BACKEND"].endswith("smtp.EmailBackend")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("smtps://varna:hemligt@mejl.kommunen.example:465", "smtp+ssl"),
        ("smtp+ssl://varna:hemligt@mejl.kommunen.example:587", "do not go together"),
        ("smtp+tls://varna:hemligt@mejl.kommunen.example:465", "do not go together"),
        ("smtp://varna:hemligt@mejl.kommunen.example:587", "in clear"),
        ("smtp+tls://varna:hem#ligt@mejl.kommunen.example:587", "cannot be read"),
        ("smtp+tls://mejl.kommunen.example", "cannot be read"),
        ("consolemail://", "no mail would leave"),
        ("mejl.kommunen.example", "no mail would leave"),
    ],
)
def test_what_cannot_be_meant_stops_the_start(monkeypatch, url, said):
    with pytest.raises(environment.SettingError, match=said.replace("+", r"\+")) as stopped:
        read(monkeypatch, url)
    assert "hemligt" not in str(stopped.value)


def test_a_demonstration_may_keep_its_mails(monkeypatch):
    assert read(monkeypatch, "memorymail://", demo=True)["EMAIL_BACKEND"].endswith(
        "locmem.EmailBackend"
    )
