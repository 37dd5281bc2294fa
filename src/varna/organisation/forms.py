"""What the register's pages ask."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.foundation.ui.forms import OneChoice
from varna.organisation.models import BODY_KIND_LABELS
from varna.organisation.rules.days import read_date
from varna.organisation.rules.periods import Period
from varna.organisation.rules.roles import BodyKind, WhyNotSaid


# Further away it is a slip of the hand, and centuries of turns and windows would be counted.
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2200, 12, 31)


class DayField(forms.CharField):
    """A day as text: a browser's own calendar follows the browser's country, not ours."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (Django's own options)
        options.setdefault("help_text", _("YYYY-MM-DD, for instance 2026-10-15"))
        options.setdefault("max_length", 20)
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self, value: Any) -> dt.date | None:  # noqa: ANN401 (whatever was sent)
        text = super().clean(value)
        try:
            day = read_date(text.strip())
        except ValueError:
            raise forms.ValidationError(
                _("That is no day. Write year, month and day: YYYY-MM-DD.")
            ) from None
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Is the year right? Write one between 1900 and 2200."))
        return day


class DayForm(forms.Form):
    dag = DayField(label=_("Day"), required=False)


class SearchForm(forms.Form):
    namn = forms.CharField(label=_("Name"), required=False, max_length=100)


class BodyForm(forms.Form):
    kind = OneChoice(
        label=_("Kind"), choices=[(kind.value, label) for kind, label in BODY_KIND_LABELS.items()]
    )
    administration = forms.CharField(
        label=_("Administration that serves it"), required=False, max_length=200
    )

    def body_kind(self) -> BodyKind:
        return BodyKind(self.cleaned_data["kind"])


@dataclass(frozen=True, slots=True)
class Asked:
    """A body whose kind is asked for, with what its name says."""

    key: str
    name: str
    guess: BodyKind


class KindsForm(forms.Form):
    """What each of these bodies is. Nothing is chosen beforehand: the guess stands beside, and
    "the guesses are right" says it of those that were left.
    """

    def __init__(self, *args: Any, asked: Sequence[Asked], **kw: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kw)
        self.asked = {f"organ-{one.key}": one for one in asked}
        kinds = [(kind.value, label) for kind, label in BODY_KIND_LABELS.items()]
        for name, one in self.asked.items():
            self.fields[name] = OneChoice(
                label=one.name,
                choices=kinds,
                required=False,
                help_text=_("Guess from the name: %s") % BODY_KIND_LABELS[one.guess],
            )

    @property
    def takes_guesses(self) -> bool:
        return "gissningar" in self.data

    def kinds(self) -> dict[str, BodyKind]:
        """Those that somebody chose, and the guesses too when somebody said that they are right."""
        chosen = {one: self.cleaned_data.get(name) for name, one in self.asked.items()}
        said = {one.key: BodyKind(kind) for one, kind in chosen.items() if kind}
        if not self.takes_guesses:
            return said
        return {one.key: said.get(one.key, one.guess) for one in self.asked.values()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        councils = [kind for kind in self.kinds().values() if kind is BodyKind.COUNCIL]
        if len(councils) > 1:
            raise forms.ValidationError(words_of(WhyNotSaid.SECOND_COUNCIL))
        return cleaned


def words_of(why: WhyNotSaid) -> str:
    """Why a body cannot be said to be that."""
    return str(_WHY_NOT_SAID[why])


_WHY_NOT_SAID = {
    WhyNotSaid.SECOND_COUNCIL: _(
        "There can be only one council. Choose what the others are: a presidium or a reference "
        "group is another body."
    )
}


class PeriodForm(forms.Form):
    """A mandate period that the council has set for a body."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day is before the first."))
        return cleaned

    def period(self) -> Period:
        return Period(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


class DissolveForm(forms.Form):
    """`sure` is asked for once the day is known, with how many assignments it ends."""

    on = DayField(label=_("Last day"))
    sure = forms.BooleanField(
        label=_("Yes, dissolve the body and end its assignments on that day"), required=False
    )
