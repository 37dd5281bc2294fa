"""allauth's forms, with our words."""

from django import forms
from django.utils.translation import gettext as _

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm


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


class SecondStep(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], _("Code"), _("Six digits from your authenticator app."))


class SecondStepAgain(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], _("Code"), _("Six digits from your authenticator app."))


class AddApp(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], _("Code"), _("Six digits that the app now shows."))


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
