"""How allauth behaves here: nobody signs up, and its mails go through the outbox."""

from django.http import HttpRequest

from allauth.account.adapter import DefaultAccountAdapter

from varna.foundation import clock
from varna.foundation.outbox.actions import put_sign_in


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:  # noqa: ARG002
        """Queue a sign-in code. Everything else that allauth would tell about an account is left
        unsaid: a mail log is a public record.
        """
        code = context.get("code")
        if code:
            put_sign_in(email, str(code), at=clock.now())
