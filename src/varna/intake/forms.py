"""What is asked when a report becomes a case, or none."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.cases.forms.fields import AccountField, accounts_with, choices, text
from varna.cases.words import WHOM
from varna.foundation.accounts.rules import Role
from varna.foundation.ui.forms import OneChoice


class OpenForm(forms.Form):
    label = forms.CharField(
        label=_("Working name"),
        help_text=_("A few words that help you and your colleagues to tell cases apart."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = text(_("Why is a case opened?"), rows=3)
    whom = OneChoice(
        label=_("Whom is it about?"),
        choices=choices(WHOM),
        widget=forms.RadioSelect,
        required=False,
    )
    exposed_name = forms.CharField(label=_("Who is exposed?"), max_length=200, required=False)
    exposed_role = forms.CharField(label=_("In which role?"), max_length=200, required=False)
    handler = AccountField(label=_("Who handles it?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        people = accounts_with(Role.HANDLER, Role.LEAD)
        self.fields["handler"].choices = [("", _("nobody yet")), *people]  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """Links a report to a case that the handler can see."""

    case = OneChoice(label=_("Which case?"))
    reason = text(_("Why do they belong together?"), rows=3)

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = cases  # type: ignore[attr-defined]


class SetAsideForm(forms.Form):
    reason = OneChoice(label=_("Why does no case come of it?"))

    def __init__(self, *args: Any, reasons: dict[Any, Any], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = choices(reasons)  # type: ignore[attr-defined]
