"""How allauth behaves here: nobody signs up, its mails go through the outbox, it keeps no secrets,
and it never learns where anybody is.
"""

from typing import cast

from django.db import transaction
from django.http import HttpRequest

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth
from allauth.mfa.adapter import DefaultMFAAdapter

from varna.foundation import clock
from varna.foundation.access.limits import address_of
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts import codes
from varna.foundation.accounts.middleware import begin, keys_of, ways_of
from varna.foundation.accounts.models import Account
from varna.foundation.outbox.actions import put_sign_in
from varna.foundation.shared import name_of


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:  # noqa: ARG002
        """Queue a sign-in code, unless enough have been sent. Everything else that allauth would
        tell about an account is left unsaid: a mail log is a public record.
        """
        code = context.get("code")
        if code and getattr(context["request"], "mails_the_code", True):
            put_sign_in(email, str(code), at=clock.now())

    def generate_login_code(self) -> str:
        """The one that accounts has chosen for whoever asks (`ask`)."""
        return str(allauth.request.sign_in_code)

    def ask(self, request: HttpRequest, account: Account) -> None:
        """Choose the code before allauth asks for it: a fresh one, or the newest that was sent."""
        code, mailed = codes.code_to_send(account, super().generate_login_code(), at=clock.now())
        request.sign_in_code = code  # type: ignore[attr-defined]
        request.mails_the_code = mailed  # type: ignore[attr-defined]

    def send_notification_mail(self, *_args: object, **_kwargs: object) -> None:
        """Nothing is mailed about passkeys and apps; their lines are in the log."""

    def login(self, request: HttpRequest, user: Account) -> None:
        with transaction.atomic():  # nothing is taken from the account meanwhile
            accounts.note_sign_in(user, ways_of(request), keys_of(request), at=clock.now())
            super().login(request, user)
            begin(request, at=clock.now())

    def get_client_ip(self, request: HttpRequest) -> str:
        """A bucket for limits, not an address."""
        return name_of("sign in", address_of(request)).hex()


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Passkeys and authenticator apps. An app's secret is kept by accounts, for its account: what
    allauth would keep for any, it must not keep at all.
    """

    def encrypt(self, text: str) -> str:
        raise NotImplementedError

    def decrypt(self, encrypted_text: str) -> str:
        raise NotImplementedError

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, without the style attributes that our policy stops."""
        code = qrcode.QRCode(border=4)
        code.add_data(url)
        rows = cast("list[list[bool]]", code.get_matrix())
        dots = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
        )
        side = len(rows)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="220" '
            f'height="220" role="img" aria-label="QR"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
            f'<path fill="#000" d="{dots}"/></svg>'
        )
