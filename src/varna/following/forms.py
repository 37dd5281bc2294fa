"""What the pages about following the plan ask."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from varna.documents.queries import Adoption
from varna.following.models import Consideration
from varna.foundation import clock
from varna.foundation.accounts import queries as accounts
from varna.foundation.accounts.models import Account
from varna.foundation.ui.forms import OneChoice, Setting
from varna.organisation.forms import DayField


LONGEST = 5000


class StatementForm(forms.Form):
    on = DayField(label=_("It was so on"))
    reason = forms.CharField(
        label=_("What you state, and what you build it on"),
        widget=forms.Textarea,
        max_length=LONGEST,
        help_text=_("Shown with your name. Write nothing about single cases or people."),
    )
    indicator = forms.CharField(
        label=_("The survey's figure"),
        required=False,
        max_length=100,
        help_text=_("For a survey: its main figure, for instance 82 % feel safe."),
    )

    def __init__(self, *args: Any, survey: bool, **kw: Any) -> None:  # noqa: ANN401 (Django's own)
        super().__init__(*args, **kw)
        if not survey:
            del self.fields["indicator"]
        self.survey = survey

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(_("The day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.survey and "indicator" in cleaned and not cleaned["indicator"].strip():
            self.add_error("indicator", _("Write the figure that the survey gave."))
        return cleaned


class DeviationForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it was not done in time"), widget=forms.Textarea, max_length=LONGEST
    )
    remedy = forms.CharField(
        label=_("What you do about it, and when"),
        widget=forms.Textarea,
        max_length=LONGEST,
        help_text=_("Both stand beside the commitment for ever, with your name."),
    )


class ResponsibleForm(forms.Form):
    """Somebody with an account, for one of the plan's roles."""

    role = OneChoice(label=_("Role in the plan"))
    account = forms.ModelChoiceField(
        label=_("Who answers for it"),
        queryset=Account.objects.none(),
        empty_label=_("– choose –"),
    )

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kw: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kw)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        chosen = self.fields["account"]
        chosen.queryset = accounts.staff(at=clock.now())  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda account: account.name  # type: ignore[attr-defined]


class FeedForm(forms.Form):
    role = OneChoice(label=_("Role in the plan"))

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kw: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kw)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    period = Setting(label=_("Mandate period"))
    language = Setting(label=_("Language"), choices=[("sv", _("Swedish")), ("en", _("English"))])

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kw: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kw)
        self.fields["period"].choices = periods  # type: ignore[attr-defined]


class DeliveryForm(forms.Form):
    """Where the executive board had the report."""

    on = DayField(label=_("The board's meeting was on"))
    section = forms.CharField(label=_("Section (§) of the minutes"), max_length=40)
    reference = forms.CharField(label=_("Reference number"), max_length=100)


class TextForm(forms.Form):
    """The adopted text that the file is a reading of."""

    document = OneChoice(label=_("The adopted text"))

    def __init__(self, *args: Any, texts: list[Adoption], **kw: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kw)
        self.fields["document"].choices = [  # type: ignore[attr-defined]
            (str(one.version_id), f"{one.version}, {date_format(one.adopted_on, 'j F Y')}")
            for one in texts
        ]


class TermsForm(forms.Form):
    """One thing that employees have, and what elected officials have of it."""

    what = forms.CharField(
        label=_("What is it about?"),
        max_length=200,
        help_text=_("For instance: somebody to talk to, alarm at home, leave after an event."),
    )
    staff = forms.CharField(
        label=_("What do employees have?"), widget=forms.Textarea, max_length=LONGEST
    )
    officials = forms.CharField(
        label=_("What do elected officials have?"), widget=forms.Textarea, max_length=LONGEST
    )
    reason = forms.CharField(
        label=_("If there is a difference: why?"),
        widget=forms.Textarea,
        max_length=LONGEST,
        required=False,
        help_text=_("Leave it empty when it is the same for both."),
    )


class ConsiderForm(forms.Form):
    head = OneChoice(label=_("What was weighed"), choices=Consideration.Head.choices)
    words = forms.CharField(label=_("What it came to"), widget=forms.Textarea, max_length=LONGEST)
