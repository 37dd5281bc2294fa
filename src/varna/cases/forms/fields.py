"""The fields that the case pages share."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varna.foundation import clock
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Role


LONG = 20_000


def choices(labels: dict[Any, Any]) -> list[tuple[Any, Any]]:
    return [(key.value, label) for key, label in labels.items()]


def text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:  # noqa: ANN401 (lazy)
    widget = forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=LONG, widget=widget, **options)


def day(label: Any, *, missing: Any = None, **options: Any) -> forms.DateField:  # noqa: ANN401 (lazy)
    """A day as text: the browser's own picker would speak the browser's language."""
    errors = {"invalid": _("Write the day as year-month-day, for example 2026-12-31.")}
    if missing is not None:
        errors["required"] = missing
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%Y%m%d"],
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"placeholder": "2026-12-31", "autocomplete": "off"}
        ),
        error_messages=errors,
        **options,
    )


def accounts_with(*roles: Role) -> list[tuple[str, str]]:
    """Accounts that hold one of these roles now, for a choice in a form."""
    at = clock.now()
    held = (
        Account.objects.in_force()
        .filter(
            Q(role_grants__until=None) | Q(role_grants__until__gt=at),
            role_grants__role__in=[role.value for role in roles],
            role_grants__since__lte=at,
        )
        .distinct()
    )
    return [(str(account.pk), account.name) for account in held]


class AccountField(forms.ChoiceField):
    """Chooses an account among those that hold a role; cleans to the account."""

    def clean(self, value: Any) -> Account | None:  # noqa: ANN401 (Django's signature)
        cleaned = super().clean(value)
        return Account.objects.in_force().filter(pk=cleaned).first() if cleaned else None
