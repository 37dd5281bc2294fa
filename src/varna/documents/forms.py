"""What the pages of documents ask."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from varna.documents import words
from varna.documents.actions.writing import Decision
from varna.foundation import clock
from varna.foundation.ui.forms import OneChoice
from varna.organisation.forms import DayField
from varna.organisation.models import GROUP_LABELS
from varna.organisation.queries import UnitLife
from varna.organisation.rules.roles import Group


LONG = 200_000
OTHER = "other"


class DocumentForm(forms.Form):
    kind = OneChoice(
        label=_("What kind of document is it?"),
        choices=[*words.KINDS.items(), (OTHER, _("Another document"))],
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label=_("Id, for another document"),
        help_text=_("What the plan's file calls it: letters a–z, digits and hyphens."),
        required=False,
        max_length=60,
        validators=[validate_slug],
    )
    title = forms.CharField(label=_("Title"), max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == OTHER and not cleaned.get("code") and "code" not in self.errors:
            self.add_error("code", _("Give the document an id."))
        return cleaned

    def wanted(self) -> str:
        kind = self.cleaned_data["kind"]
        return str(self.cleaned_data["code"] if kind == OTHER else kind)


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("What is the new version called?"),
        help_text=_("For instance 2026, or 2.1. It is shown beside the title."),
        max_length=40,
    )


class TextForm(forms.Form):
    """`seen` tells whether somebody else has saved meanwhile."""

    text = forms.CharField(
        label=_("Text"),
        help_text=_(
            "Plain marks: # before a heading, - before a point in a list, **bold**, an empty line "
            "between paragraphs."
        ),
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 28}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def last_seen(self) -> dt.datetime | None:
        try:
            return dt.datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None


class SendForm(forms.Form):
    to = forms.CharField(
        label=_("To whom is it sent?"),
        help_text=_("For instance: the boards, the party groups and the companies."),
        max_length=300,
    )
    until = DayField(label=_("Comments are wanted until"), required=False)


class AdoptForm(forms.Form):
    by = OneChoice(
        label=_("Who adopted it?"),
        choices=[*words.ADOPTERS.items(), (OTHER, _("Somebody else"))],
        widget=forms.RadioSelect,
    )
    by_other = forms.CharField(
        label=_("Somebody else: who?"),
        help_text=_("A role's id from the plan's file, or a name in words."),
        required=False,
        max_length=200,
    )
    adopted_on = DayField(label=_("On which day?"))
    decision = forms.CharField(
        label=_("Decision"), help_text=_("For instance KS § 112"), required=False, max_length=200
    )
    reference = forms.CharField(label=_("Reference number"), required=False, max_length=100)
    in_force_on = DayField(label=_("In force from"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("by") == OTHER and not cleaned.get("by_other"):
            self.add_error("by_other", _("Write who adopted it."))
        return cleaned

    def decided(self) -> Decision:
        said = self.cleaned_data
        return Decision(
            adopted_on=said["adopted_on"],
            adopted_by=said["by_other"] if said["by"] == OTHER else said["by"],
            in_force_on=said["in_force_on"],
            decision=said["decision"],
            reference=said["reference"],
        )


ASKED_FIRST = (
    Group.ELECTED, Group.DEPUTY, Group.AUDITOR, Group.POLITICAL_SECRETARY, Group.BOARD_SECRETARY,
)  # fmt: skip


class MakeKnownForm(forms.Form):
    groups_ = forms.MultipleChoiceField(
        label=_("Who is asked?"),
        help_text=_("Each gets a link by mail. Those who come into office later are asked then."),
        choices=[(group.value, label) for group, label in GROUP_LABELS.items()],
        initial=[group.value for group in ASKED_FIRST],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    bodies = forms.BooleanField(
        label=_("Every body too, which says so in its minutes"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("groups_") and not cleaned.get("bodies"):
            raise forms.ValidationError(_("Choose at least one group, or the bodies."))
        return cleaned

    def groups(self) -> list[Group]:
        return [Group(code) for code in self.cleaned_data["groups_"]]


class MinutesForm(forms.Form):
    unit = OneChoice(label=_("Which body?"))
    on = DayField(label=_("Day of the meeting"))
    minutes = forms.CharField(
        label=_("Where do the minutes say it?"), help_text=_("For instance § 14"), max_length=100
    )

    def __init__(self, *args: Any, units: list[UnitLife], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        choices = [(str(unit.id), unit.name) for unit in units]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(_("That day has not come."))
        return on
