"""What the pages of requests ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.foundation.ui.forms import OneChoice
from varna.requests.words import SUBJECTS


LONG = 10_000


class AskForm(forms.Form):
    subject = OneChoice(
        label=_("What is it about?"),
        choices=[(subject.value, label) for subject, label in SUBJECTS.items()],
        widget=forms.RadioSelect,
    )
    question = forms.CharField(
        label=_("What do you need help with?"),
        help_text=_(
            "If somebody has been exposed to something, report that instead: it then becomes a "
            "matter of its own."
        ),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
    )
