"""A real mail server on the machine, and what it has taken."""

import email
import email.policy
from contextlib import contextmanager

from django.conf import settings

import pytest
from aiosmtpd.controller import Controller

from installation import free_port


class Box:
    """What the mail server has taken, in order. It can be told to refuse."""

    def __init__(self):
        self.taken, self.says = [], "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        if self.says.startswith("250"):
            self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return self.says

    def letters(self):
        """Each mail as (to, subject, text, calendar, method)."""
        return [letter(to, said) for to, said in self.taken]

    def to(self, address):
        return [one for one in self.letters() if one["to"] == address]


def letter(to, said):
    message = email.message_from_bytes(said, policy=email.policy.default)
    text = message.get_body(("plain",)).get_content()
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    raw = parts[0].get_payload(decode=True) if parts else b""
    method = parts[0].get_param("method") if parts else None
    return {"to": to, "subject": message["Subject"], "text": text, "calendar": raw,
            "method": method, "raw": said}  # fmt: skip


@contextmanager
def serving(port):
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@pytest.fixture
def port(monkeypatch):
    """Where mail is sent; nobody answers there until a server does."""
    number = free_port()
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
    monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
    monkeypatch.setattr(settings, "EMAIL_PORT", number)
    return number


@pytest.fixture
def server(port):
    with serving(port) as box:
        yield box
