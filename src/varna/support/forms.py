"""What measures, the police and occupational health ask."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.cases.forms.fields import AccountField, accounts_with, choices, day, text
from varna.cases.words import ANSWER
from varna.foundation import clock
from varna.foundation.accounts.rules import Role
from varna.foundation.ui.forms import OneChoice
from varna.support import words
from varna.support.rules import CATALOGUE, MeasureState, next_of


def catalogue() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The catalogue of measures, grouped by class, as a select shows it."""
    groups: list[tuple[Any, list[tuple[str, Any]]]] = []
    for measure_class, codes in CATALOGUE.items():
        entries = [(f"{measure_class.value}:{code}", words.CATALOGUE[code]) for code in codes]
        if not entries:
            entries = [(f"{measure_class.value}:", _("Something else, in my own words"))]
        groups.append((words.MEASURE_CLASS[measure_class], entries))
    return groups


class MeasureForm(forms.Form):
    choice = OneChoice(label=_("Measure"), choices=catalogue)
    what = text(
        _("What is to be done, more exactly?"),
        rows=2,
        required=False,
        help_text=_("Needed when the measure is something else."),
    )
    reason = text(
        _("Why this, for this person?"),
        rows=2,
        error_messages={"required": _("Write why: support is judged from case to case.")},
    )
    consent = OneChoice(
        label=_("The person's consent"),
        choices=list(words.CONSENT.items()),
    )
    offered_on = day(
        _("Offered to the person on"),
        required=False,
        help_text=_("Empty when it has not been offered, or is for a room or the matter."),
    )
    answer = OneChoice(
        label=_("What did the person answer?"),
        choices=[("", _("not asked")), *words.ANSWER.items()],
        required=False,
    )
    owner = AccountField(label=_("Who carries it out?"), required=False)
    starts_on = day(_("Start"), required=False)
    due_on = day(_("To be done by"), required=False)
    task = forms.CharField(
        label=_("One line for the administration, if it carries it out"),
        max_length=200,
        required=False,
        help_text=_("Only what has to be done. Nothing of what has happened, and no name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        people = accounts_with(Role.HANDLER, Role.LEAD, Role.CONTACT)
        self.fields["owner"].choices = [("", _("somebody else")), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        code = str(cleaned.get("choice", "")).partition(":")[2]
        if not code and not cleaned.get("what") and "choice" in cleaned:
            self.add_error("what", _("Write what is to be done."))
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", _("It cannot be done before it starts."))
        if cleaned.get("answer") and not cleaned.get("offered_on") and "offered_on" in cleaned:
            self.add_error("offered_on", _("Write the day when it was offered."))
        if cleaned.get("offered_on") and cleaned["offered_on"] > clock.today():
            self.add_error("offered_on", _("The day has not come yet."))
        return cleaned


class OfferForm(forms.Form):
    """That the person was offered a measure, and what they said."""

    offered_on = day(_("Offered to the person on"), missing=_("Write the day when it was offered."))
    answer = OneChoice(
        label=_("What did the person answer?"),
        choices=list(words.ANSWER.items()),
        widget=forms.RadioSelect,
    )

    def clean_offered_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["offered_on"]
        if day > clock.today():
            raise forms.ValidationError(_("The day has not come yet."))
        return day


class MoveMeasureForm(forms.Form):
    to = OneChoice(label=_("What has happened?"), widget=forms.RadioSelect)
    on = day(_("On which day?"))
    effect = OneChoice(
        label=_("How does the person find it?"),
        choices=list(words.EFFECT.items()),
        required=False,
    )
    words = text(_("In the person's view, or why it ended"), rows=2, required=False)

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        possible = next_of(state)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (to.value, words.MEASURE_STATE[to]) for to in MeasureState if to in possible
        ]
        self.fields["on"].initial = clock.today()


class PoliceForm(forms.Form):
    reported_on = day(_("Reported on"), required=False)
    reported_by = forms.CharField(
        label=_("Reported by"),
        max_length=200,
        required=False,
        help_text=_("The person, the municipality or somebody else."),
    )
    number = forms.CharField(
        label=_("The police's number (K-number)"), max_length=60, required=False
    )
    protected = OneChoice(
        label=_("Has the report been protected (åtkomstskydd)?"), choices=choices(ANSWER)
    )
    contact = forms.CharField(label=_("Contact at the police"), max_length=200, required=False)
    outcome = text(_("What has come of it?"), rows=2, required=False)
    remind_on = day(_("Remind me to ask"), required=False)
    ended_on = day(_("Ended on"), required=False)


class HealthForm(forms.Form):
    answer = OneChoice(
        label=_("Occupational health"),
        choices=list(words.HEALTH.items()),
        widget=forms.RadioSelect,
        help_text=_("Only that it was offered and the answer. Never what it is about."),
    )
