"""What the answer page asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.foundation.ui.forms import OneChoice
from varna.invitations.rules import Answer
from varna.invitations.words import ANSWERS


class AnswerForm(forms.Form):
    answer = OneChoice(
        label=_("Are you coming?"),
        choices=[(one.value, label) for one, label in ANSWERS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose an answer."),
            "invalid_choice": _("Choose an answer."),
        },
    )

    def said(self) -> Answer:
        chosen: Any = self.cleaned_data["answer"]
        return Answer(chosen)
