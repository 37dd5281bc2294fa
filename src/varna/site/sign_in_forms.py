"""allauth's forms, with our words, and our own for an authenticator app."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm

from varna.foundation import clock
from varna.foundation.accounts import codes, totp
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.totp import CodeReason
from varna.foundation.deeds import WhyNot


def say(field: forms.Field, label: str, help_text: str = "", **attributes: str) -> None:
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


def say_code(field: forms.Field, label: str, help_text: str) -> None:
    say(field, label, help_text, autocomplete="one-time-code", spellcheck="false")
    field.widget.attrs["class"] = "short"


class AskForCode(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["email"], _("Your e-mail address"), autocomplete="email")


class WriteCode(ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], _("Code"), _("Capital or small letters do not matter."))

    def clean_code(self) -> str:
        """Right in this browser, and not used in another."""
        written: str = super().clean_code()
        somebody = context.request._login_stage.login.user  # noqa: SLF001 (allauth's own views read it)
        if somebody is None or not codes.use_code(somebody, self.expected_code, at=clock.now()):
            raise forms.ValidationError(_("The code did not hold. Ask for a new one."))
        return written


REFUSAL = {
    CodeReason.WRONG: gettext_lazy("The code is not right. Write the one that the app shows now."),
    CodeReason.USED: gettext_lazy("That code has been used. Wait for the app to show the next."),
}


class AppCode(forms.Form):
    """Asks for the code that the app shows, and takes it once. allauth would take it again."""

    user: Account
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own)
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], _("Code"), _("Six digits from your authenticator app."))

    def clean_code(self) -> str:
        let_try_again = check_rate_limit(self.user)
        code: str = self.cleaned_data["code"]
        try:
            self.authenticator = codes.take_code(self.user, code, at=clock.now())
        except WhyNot as why:
            raise forms.ValidationError(REFUSAL[why.reason]) from None
        let_try_again()
        return code


class SecondStep(AppCode, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class SecondStepAgain(AppCode, ReauthenticateForm):  # type: ignore[misc]
    """Shown anew, by whoever is signed in already."""


class AddApp(forms.Form):
    """The first code of an app that is being added. `last`: the counter that it stood for."""

    code = forms.CharField()
    last: int

    def __init__(self, *args: Any, user: Account, secret: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.user, self.secret = user, secret
        say_code(self.fields["code"], _("Code"), _("Six digits that the app now shows."))

    def clean_code(self) -> str:
        let_try_again = check_rate_limit(self.user, error_key="rate_limited")
        code: str = self.cleaned_data["code"]
        found = totp.taken(self.secret, code, last=0, at=clock.now())
        if isinstance(found, CodeReason):
            raise forms.ValidationError(REFUSAL[found])
        let_try_again()
        self.last = found
        return code


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        say(
            self.fields["name"],
            _("A name, so that you know which it is"),
            _("For instance: my phone."),
            autocomplete="off",
        )
        # A passkey is always the whole sign-in here.
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.initial["passwordless"] = True


class RenamePasskey(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["name"], _("Name"), autocomplete="off")
