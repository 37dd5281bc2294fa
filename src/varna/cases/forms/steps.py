"""What a step, a wait, the closing and the talk afterwards ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.cases import words
from varna.cases.forms.fields import choices, text
from varna.cases.rules.steps import State, next_of
from varna.foundation.ui.forms import OneChoice


class StepForm(forms.Form):
    to = OneChoice(label=_("Move the case to"))
    reason = text(_("Reason"), rows=2, required=False)

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        possible = next_of(state) - {State.CLOSED}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (to.value, words.STATE[to]) for to in State if to in possible
        ]


class WaitForm(forms.Form):
    whom = OneChoice(label=_("The case waits for"), choices=choices(words.WAITS), required=False)


class CloseForm(forms.Form):
    done = text(_("What was done?"), rows=3)
    helped = text(_("What helped, and what did not?"), rows=3)
    content = OneChoice(
        label=_("Is the person content?"),
        choices=[
            ("yes", _("yes")), ("partly", _("partly")), ("no", _("no")),
            ("not_asked", _("not asked")),
        ],
    )  # fmt: skip
    told = text(
        _("What did the report lead to? The reporter reads this."),
        rows=3,
        error_messages={
            "required": _("Tell the reporter what the report led to, even if it is only counted.")
        },
    )
    lesson = text(
        _("What can others learn?"),
        rows=3,
        required=False,
        help_text=_("Without names, boards, places or days. It is kept apart from the case."),
    )
    points_at_nobody = forms.BooleanField(
        label=_("I have checked that the lesson points at nobody"), required=False
    )

    no_lesson = text(
        _("Nothing for others to learn? Write why."),
        rows=2,
        required=False,
        help_text=_("Needed when you have written no lesson. It stays in the case."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("lesson") and not cleaned.get("no_lesson"):
            self.add_error("lesson", _("Write what can be learnt, or below why there is nothing."))
        if cleaned.get("lesson") and not cleaned.get("points_at_nobody"):
            self.add_error("points_at_nobody", _("Confirm that the lesson points at nobody."))
        return cleaned


class AfterForm(forms.Form):
    words = text(_("How is it now?"), rows=3, help_text=_("After the talk some months later."))
    no_lesson = text(
        _("Nothing for others to learn? Write why."),
        rows=2,
        required=False,
        help_text=_("Asked because nothing was written about it when the case was closed."),
    )

    def __init__(self, *args: Any, weighed: bool, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if weighed:
            del self.fields["no_lesson"]
