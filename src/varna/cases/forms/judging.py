"""What an assessment and a classification ask."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.cases import words
from varna.cases.forms.fields import choices, day, text
from varna.cases.rules.judging import OBSERVATIONS, QUESTIONS, Answer
from varna.cases.sealed import Observation
from varna.foundation import clock
from varna.foundation.ui.forms import OneChoice, TypedChoice


class AssessmentForm(forms.Form):
    level = TypedChoice(
        label=_("Level"),
        help_text=_("When unsure, choose the higher and review sooner. It is not a score."),
        choices=choices(words.LEVEL),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a level.")},
    )
    overall = text(
        _("Overall judgement, in words"),
        help_text=_("What you think, what it rests on, and what you do not know."),
        error_messages={"required": _("Write the overall judgement in words.")},
    )
    took_part = forms.CharField(
        label=_("Who took part?"),
        max_length=300,
        error_messages={"required": _("Write who took part in the judgement.")},
    )
    review_on = day(
        _("Next review day"),
        missing=_("Write the day when you look at it again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        for code in QUESTIONS:
            self.fields[f"q_{code}"] = text(words.QUESTION[code], rows=2, required=False)
        for codes in OBSERVATIONS.values():
            for code in codes:
                self.fields[f"o_{code}"] = OneChoice(
                    label=words.OBSERVATION[code],
                    choices=choices(words.ANSWER),
                    widget=forms.RadioSelect,
                    required=False,
                )
                self.fields[f"n_{code}"] = forms.CharField(
                    label=_("Note and source"), max_length=1000, required=False
                )

    def questions(self) -> list[forms.BoundField]:
        return [self[f"q_{code}"] for code in QUESTIONS]

    def groups(self) -> Iterator[tuple[Any, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Each group's heading with its observations: the answer and the note."""
        for group, codes in OBSERVATIONS.items():
            yield words.GROUP[group], [(self[f"o_{code}"], self[f"n_{code}"]) for code in codes]

    def clean_review_on(self) -> dt.date:
        found: dt.date = self.cleaned_data["review_on"]
        if found < clock.today():
            raise forms.ValidationError(_("The review day has already passed."))
        return found

    def observations(self) -> dict[str, Observation]:
        """Only what somebody has answered or noted."""
        found = {}
        for codes in OBSERVATIONS.values():
            for code in codes:
                answer = self.cleaned_data.get(f"o_{code}") or Answer.UNKNOWN.value
                note = self.cleaned_data.get(f"n_{code}", "")
                if answer != Answer.UNKNOWN.value or note:
                    found[code] = Observation(answer, note)
        return found

    def answers(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"q_{code}", "") for code in QUESTIONS}


class SecondForm(forms.Form):
    agrees = TypedChoice(
        label=_("Do you agree?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you agree.")},
    )
    words = text(_("Why?"), rows=3, error_messages={"required": _("Write why.")})


class ClassifyForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=_("Forms of unlawful influence (the plan)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.MultipleChoiceField(
        label=_("Channels"), required=False, widget=forms.CheckboxSelectMultiple
    )
    event_group = OneChoice(
        label=_("Group in the national survey"), choices=choices(words.EVENT_GROUP), required=False
    )
    influence = OneChoice(
        label=_("Did the person feel that the purpose was to influence?"),
        choices=choices(words.ANSWER),
    )
    hate_motive = OneChoice(label=_("A motive of hate?"), choices=choices(words.ANSWER))
    repeated = OneChoice(label=_("Repeated?"), choices=choices(words.ANSWER))
    sexual = OneChoice(label=_("Of a sexual character?"), choices=choices(words.ANSWER))
    consequence = OneChoice(label=_("Consequence"), choices=choices(words.CONSEQUENCE))
    police_reported = OneChoice(label=_("Reported to the police?"), choices=choices(words.ANSWER))
    why_not_police = OneChoice(
        label=_("If not, why?"), choices=[("", "–"), *choices(words.WHY_NOT_POLICE)], required=False
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (Django's signature)
        kinds: dict[Any, Any],
        channels: dict[Any, Any],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = choices(kinds)  # type: ignore[attr-defined]
        self.fields["channels"].choices = choices(channels)  # type: ignore[attr-defined]

    def codes(self) -> dict[str, str]:
        cleaned = dict(self.cleaned_data)
        cleaned["kinds"] = ",".join(cleaned["kinds"])
        cleaned["channels"] = ",".join(cleaned["channels"])
        return cleaned
