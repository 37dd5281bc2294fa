"""What the pages of documents ask."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from varna.documents import words
from varna.documents.actions import Decision
from varna.organisation.forms import DayField


LONG = 200_000
OTHER = "other"


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(
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
    by = forms.ChoiceField(
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
