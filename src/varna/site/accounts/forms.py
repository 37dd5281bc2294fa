"""What the access administrator's pages ask first."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.foundation import clock
from varna.foundation.accounts.models import ROLE_LABELS
from varna.foundation.accounts.rules import Role
from varna.foundation.ui.forms import OneChoice


class OpenAccountForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Sign-in codes and notices go here. Make sure that it is theirs."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class PersonForm(forms.Form):
    """Who the account's holder is in the register of elected officials."""

    name = forms.CharField(
        label=_("Name in the register"),
        max_length=200,
        help_text=_("So that a conflict of interest is seen, and the right people are asked."),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write the name as it stands in the register.")},
    )
    another_account = forms.BooleanField(
        label=_("The person has another account, and is to have both"), required=False
    )


class GiveRoleForm(forms.Form):
    role = OneChoice(label=_("Role"), choices=[("", "")])
    until = forms.DateField(
        label=_("Until and including"),
        required=False,
        input_formats=["%Y-%m-%d"],
        help_text=_("Written as 2027-06-30. Empty: until further notice."),
        widget=forms.TextInput({"class": "short", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the day as 2027-06-30.")},
    )

    def __init__(self, *args: object, bodies: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        labels = [(role.value, str(label).capitalize()) for role, label in ROLE_LABELS.items()]
        choose: list[tuple[str, str]] = [("", "–"), *sorted(labels, key=lambda pair: pair[1])]
        self.fields["role"] = OneChoice(label=_("Role"), choices=choose)
        self.fields["scope"] = OneChoice(
            label=_("For which board?"),
            choices=[("", "–"), *bodies],
            required=False,
            help_text=_("Only for an administration's contact, who sees that board's people."),
        )
        self.order_fields(["role", "scope", "until"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_contact = cleaned.get("role") == Role.CONTACT
        if is_contact and not cleaned.get("scope"):
            self.add_error("scope", _("Choose the board that the contact's administration serves."))
        if not is_contact and cleaned.get("scope"):
            self.add_error("scope", _("Only an administration's contact has a board."))
        return cleaned

    def clean_until(self) -> dt.date | None:
        until: dt.date | None = self.cleaned_data["until"]
        if until is not None and until < clock.today():
            raise forms.ValidationError(_("The day has already been."))
        return until
