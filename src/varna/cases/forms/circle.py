"""What is asked about who may see the case, and whom it is about."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.cases.forms.fields import AccountField, accounts_with, choices, day, text
from varna.cases.rules.counting import Whom
from varna.cases.words import WHOM
from varna.foundation import clock
from varna.foundation.access.rules import GrantReason
from varna.foundation.access.words import GRANT_REASONS
from varna.foundation.accounts.rules import Role
from varna.foundation.ui.forms import OneChoice


class AssignForm(forms.Form):
    account = AccountField(label=_("Who?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [("", "–"), *accounts_with(Role.HANDLER, Role.LEAD)]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """A button, and where it is said why nothing came of it."""


class CircleForm(forms.Form):
    """Lets somebody in, for a reason, until a day."""

    account = AccountField(label=_("Who?"))
    reason = OneChoice(
        label=_("Why?"),
        choices=[
            (GrantReason.SECOND.value, GRANT_REASONS[GrantReason.SECOND]),
            (GrantReason.SUBSTITUTE.value, GRANT_REASONS[GrantReason.SUBSTITUTE]),
            (GrantReason.HANDLES.value, GRANT_REASONS[GrantReason.HANDLES]),
        ],
    )
    until = day(_("Until"), required=False, help_text=_("Empty: as long as the case is open."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = accounts_with(Role.HANDLER, Role.LEAD)  # type: ignore[attr-defined]


class ShareForm(forms.Form):
    account = AccountField(label=_("The administration's contact"))
    until = day(_("Until"))
    also_content = forms.BooleanField(
        label=_("Also let the contact read what happened"),
        required=False,
        help_text=_("Usually the line about the task is enough. Tell the exposed person first."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = accounts_with(Role.CONTACT)  # type: ignore[attr-defined]
        self.fields["until"].initial = clock.today() + dt.timedelta(days=30)


class ConflictForm(forms.Form):
    account = AccountField(label=_("Who has a conflict of interest?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        people = accounts_with(Role.HANDLER, Role.LEAD, Role.CONTACT)
        self.fields["account"].choices = people  # type: ignore[attr-defined]


class PersonField(forms.CharField):
    """A name from the register, written or chosen; cleans to the person's id or None.

    `find` is handed in by the view, which knows who is asking.
    """

    find: Any = None

    def clean(self, value: Any) -> uuid.UUID | None:  # noqa: ANN401 (Django's signature)
        written = super().clean(value)
        if not written:
            return None
        found: list[uuid.UUID] = self.find(written) if self.find else []
        if len(found) != 1:
            raise forms.ValidationError(
                _("Nobody, or more than one, in the register has this name. Choose from the list.")
            )
        return found[0]


class PersonForm(forms.Form):
    """Somebody in the case, and perhaps in the register."""

    text = text(_("What is known"), rows=3)
    person = PersonField(
        label=_("In the register"),
        required=False,
        max_length=200,
        help_text=_("Somebody in the register loses every sight of this case at once."),
    )

    def __init__(self, *args: Any, find: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["person"].find = find  # type: ignore[attr-defined]


class ExposedForm(forms.Form):
    whom = OneChoice(
        label=_("Who is exposed?"),
        choices=choices(WHOM),
        widget=forms.RadioSelect,
        help_text=_("The plan's promises of support are counted in cases about its own group."),
    )
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    role = forms.CharField(label=_("Role or assignment"), max_length=200, required=False)
    person = PersonField(
        label=_("In the register"),
        required=False,
        max_length=200,
        help_text=_("The person then loses sight of the case as a handler or contact."),
    )

    def __init__(self, *args: Any, find: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["person"].find = find  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        named, whom = cleaned.get("name") or cleaned.get("person"), cleaned.get("whom")
        if whom == Whom.NOBODY and named:
            self.add_error("whom", _("You have written a name. Choose who it is, or take it away."))
        if whom and whom != Whom.NOBODY and not cleaned.get("name") and "name" in cleaned:
            self.add_error("name", _("Write the name."))
        return cleaned
