"""What the pages of duty ask."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.duty.rules import MOST_TURNS, Length
from varna.duty.words import LENGTHS
from varna.foundation import clock
from varna.foundation.ui.forms import OneChoice, Setting


PHONE = forms.RegexField(
    r"^[+0-9][0-9 ()–-]{4,38}$",
    label=_("Telephone"),
    help_text=_("The duty's number. Everybody sees it on the public page, without a name."),
    error_messages={"invalid": _("Write the number with digits, for example 021-39 00 00.")},
    widget=forms.TextInput({"autocomplete": "off", "inputmode": "tel"}),
)


class FillForm(forms.Form):
    """A simple rota: who, from when, for how long."""

    people = forms.MultipleChoiceField(
        label=_("Who?"),
        help_text=_("They take turns in this order. Whoever comes next stands in."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )
    first = forms.DateField(
        label=_("First day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.TextInput({"class": "short", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the day as 2027-06-30.")},
    )
    length = Setting(
        label=_("How long is a turn?"),
        choices=[(length.value, label) for length, label in LENGTHS.items()],
        widget=forms.RadioSelect,
    )
    turns = forms.IntegerField(label=_("How many turns?"), min_value=1, max_value=MOST_TURNS)
    phone = PHONE

    def __init__(self, *args: Any, people: dict[Any, str], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        field: Any = self.fields["people"]
        field.choices = [(str(pk), name) for pk, name in people.items()]

    def clean_first(self) -> object:
        first = self.cleaned_data["first"]
        if first < clock.today():
            raise forms.ValidationError(_("The day has already been."))
        return first

    @property
    def chosen(self) -> list[uuid.UUID]:
        return [uuid.UUID(one) for one in self.cleaned_data["people"]]

    @property
    def chosen_length(self) -> Length:
        return Length(self.cleaned_data["length"])


class TurnForm(forms.Form):
    """Who has a turn, and who stands in."""

    account = OneChoice(label=_("Who has the duty?"))
    substitute = OneChoice(label=_("Who stands in?"), required=False)
    phone = PHONE

    def __init__(self, *args: Any, people: dict[Any, str], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        choices = [(str(pk), name) for pk, name in people.items()]
        account: Any = self.fields["account"]
        substitute: Any = self.fields["substitute"]
        account.choices, substitute.choices = choices, [("", _("Nobody")), *choices]

    @property
    def chosen(self) -> tuple[uuid.UUID, uuid.UUID | None]:
        substitute = self.cleaned_data["substitute"]
        return (
            uuid.UUID(self.cleaned_data["account"]),
            uuid.UUID(substitute) if substitute else None,
        )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("What the next one needs to know"),
        help_text=_("Read by whoever receives reports. What belongs to a case is written there."),
        max_length=10_000,
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
    )
