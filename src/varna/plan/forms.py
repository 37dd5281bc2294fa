"""What the plan's pages ask."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.foundation.ui.forms import OneChoice, OneFile
from varna.foundation.vault.uploads import SealedUpload
from varna.organisation.forms import DayField
from varna.plan.queries import shipped, text_in
from varna.plan.rules.calendar import BOARDS_ELECTED, GIVEN
from varna.plan.rules.faults import ID


class PlanForm(forms.Form):
    """A file of one's own, or one that comes with Värna."""

    file = OneFile(label=_("A plan's file (TOML)"), required=False)
    shipped = OneChoice(label=_("Or a plan that comes with Värna"), required=False)

    def __init__(self, *args: Any, **kw: Any) -> None:  # noqa: ANN401 (Django's own options)
        super().__init__(*args, **kw)
        names = [(name, name) for name in shipped()]
        field = self.fields["shipped"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
        field.choices = [("", _("– none –")), *names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("shipped")):
            self.add_error("file", _("Choose a file, or one of the plans that come with Värna."))
        return cleaned

    def content(self) -> bytes:
        """What to read. A file of one's own was sealed as it came, and nobody claims it."""
        file: SealedUpload | None = self.cleaned_data["file"]
        if file is None:
            return text_in(self.cleaned_data["shipped"])
        return file.clear()


class AdoptForm(forms.Form):
    from_on = DayField(label=_("Followed from and with"))
    decision = forms.CharField(
        label=_("Decision, as the minutes name it"), required=False, max_length=200
    )

    def day(self) -> dt.date:
        day: dt.date = self.cleaned_data["from_on"]
        return day


class EventForm(forms.Form):
    name = forms.CharField(
        label=_("Event"),
        max_length=60,
        initial=BOARDS_ELECTED,
        help_text=_(
            "The name that the plan's file uses. boards-elected: the council has elected the "
            "boards."
        ),
    )
    on = DayField(label=_("Day"))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if name in GIVEN:
            raise forms.ValidationError(
                _("That day follows from the election, and cannot be entered.")
            )
        if not ID.fullmatch(name):
            raise forms.ValidationError(_("Small letters a–z, digits and hyphens only."))
        return name
