"""What the case pages ask."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varna.cases import words
from varna.cases.rules.judging import OBSERVATIONS, QUESTIONS, Answer
from varna.cases.rules.measures import CATALOGUE, MEASURE_NEXT, MeasureState
from varna.cases.rules.steps import NEXT, State
from varna.foundation import clock
from varna.foundation.access.models import GrantReason
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Role


LONG = 20_000


def choices(labels: dict[Any, Any]) -> list[tuple[Any, Any]]:
    return [(key.value, label) for key, label in labels.items()]


def text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:  # noqa: ANN401 (lazy)
    widget = forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=LONG, widget=widget, **options)


def day(label: Any, *, missing: Any = None, **options: Any) -> forms.DateField:  # noqa: ANN401 (lazy)
    """A day as text: the browser's own picker would speak the browser's language."""
    errors = {"invalid": _("Write the day as year-month-day, for example 2026-12-31.")}
    if missing is not None:
        errors["required"] = missing
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%Y%m%d"],
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"placeholder": "2026-12-31", "autocomplete": "off"}
        ),
        error_messages=errors,
        **options,
    )


def accounts_with(*roles: Role) -> list[tuple[str, str]]:
    """Accounts that hold one of these roles now, for a choice in a form."""
    at = clock.now()
    held = (
        Account.objects.in_force()
        .filter(
            Q(role_grants__until=None) | Q(role_grants__until__gt=at),
            role_grants__role__in=[role.value for role in roles],
            role_grants__since__lte=at,
        )
        .distinct()
    )
    return [(str(account.pk), account.name) for account in held]


class AccountField(forms.ChoiceField):
    """Chooses an account among those that hold a role; cleans to the account."""

    def clean(self, value: Any) -> Account | None:  # noqa: ANN401 (Django's signature)
        cleaned = super().clean(value)
        return Account.objects.in_force().filter(pk=cleaned).first() if cleaned else None


class OpenForm(forms.Form):
    label = forms.CharField(
        label=_("Working name"),
        help_text=_("A few words that help you and your colleagues to tell cases apart."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = text(_("Why is a case opened?"), rows=3)
    exposed_name = forms.CharField(label=_("Who is exposed?"), max_length=200, required=False)
    exposed_role = forms.CharField(label=_("In which role?"), max_length=200, required=False)
    handler = AccountField(label=_("Who handles it?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        people = accounts_with(Role.HANDLER, Role.LEAD)
        self.fields["handler"].choices = [("", _("nobody yet")), *people]  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """Links a report to a case that the handler can see."""

    case = forms.ChoiceField(label=_("Which case?"))
    reason = text(_("Why do they belong together?"), rows=3)

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = cases  # type: ignore[attr-defined]


class AssessmentForm(forms.Form):
    level = forms.TypedChoiceField(
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
                self.fields[f"o_{code}"] = forms.ChoiceField(
                    label=words.OBSERVATION[code],
                    choices=choices(words.ANSWER),
                    initial=Answer.UNKNOWN.value,
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

    def observations(self) -> dict[str, dict[str, str]]:
        """Only what somebody has answered or noted."""
        found = {}
        for codes in OBSERVATIONS.values():
            for code in codes:
                answer = self.cleaned_data.get(f"o_{code}") or Answer.UNKNOWN.value
                note = self.cleaned_data.get(f"n_{code}", "")
                if answer != Answer.UNKNOWN.value or note:
                    found[code] = {"answer": answer, "note": note}
        return found

    def answers(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"q_{code}", "") for code in QUESTIONS}


class SecondForm(forms.Form):
    agrees = forms.TypedChoiceField(
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
    event_group = forms.ChoiceField(
        label=_("Group in the national survey"), choices=choices(words.EVENT_GROUP), required=False
    )
    influence = forms.ChoiceField(
        label=_("Did the person feel that the purpose was to influence?"),
        choices=choices(words.ANSWER),
    )
    hate_motive = forms.ChoiceField(label=_("A motive of hate?"), choices=choices(words.ANSWER))
    repeated = forms.ChoiceField(label=_("Repeated?"), choices=choices(words.ANSWER))
    sexual = forms.ChoiceField(label=_("Of a sexual character?"), choices=choices(words.ANSWER))
    consequence = forms.ChoiceField(label=_("Consequence"), choices=choices(words.CONSEQUENCE))
    police_reported = forms.ChoiceField(
        label=_("Reported to the police?"), choices=choices(words.ANSWER)
    )
    why_not_police = forms.ChoiceField(
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
    choice = forms.ChoiceField(label=_("Measure"), choices=catalogue)
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
    consent = forms.ChoiceField(
        label=_("The person's consent"),
        choices=[
            ("given", _("given")),
            ("not_needed", _("not needed")),
            ("declined_but_needed", _("not given, but it must be done")),
        ],
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
        return cleaned


class MoveMeasureForm(forms.Form):
    to = forms.ChoiceField(label=_("What has happened?"), widget=forms.RadioSelect)
    on = day(_("On which day?"))
    effect = forms.ChoiceField(
        label=_("How does the person find it?"),
        choices=[
            ("", _("not asked")), ("better", _("better")), ("same", _("no difference")),
            ("worse", _("worse")),
        ],
        required=False,
    )  # fmt: skip
    words = text(_("In the person's view, or why it ended"), rows=2, required=False)

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        possible = MEASURE_NEXT[MeasureState(state)]
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
    protected = forms.ChoiceField(
        label=_("Has the report been protected (åtkomstskydd)?"), choices=choices(words.ANSWER)
    )
    contact = forms.CharField(label=_("Contact at the police"), max_length=200, required=False)
    outcome = text(_("What has come of it?"), rows=2, required=False)
    remind_on = day(_("Remind me to ask"), required=False)
    ended_on = day(_("Ended on"), required=False)


class HealthForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Occupational health"),
        choices=[
            ("offered", _("offered")), ("accepted", _("accepted")), ("declined", _("declined")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Only that it was offered and the answer. Never what it is about."),
        error_messages={"required": _("Choose one.")},
    )  # fmt: skip


class NoteForm(forms.Form):
    text = text(_("Note"), rows=3, error_messages={"required": _("Write something first.")})
    private = forms.BooleanField(
        label=_("Only for me"),
        required=False,
        help_text=_("A private reminder. What the case rests on belongs in a note for the team."),
    )


class CircleForm(forms.Form):
    """Lets somebody in, for a reason, until a day."""

    account = AccountField(label=_("Who?"))
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[
            (GrantReason.SECOND.value, GrantReason.SECOND.label),
            (GrantReason.SUBSTITUTE.value, GrantReason.SUBSTITUTE.label),
            (GrantReason.HANDLES.value, GrantReason.HANDLES.label),
        ],
    )
    until = day(_("Until"), required=False, help_text=_("Empty: as long as the case is open."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = accounts_with(Role.HANDLER, Role.LEAD)  # type: ignore[attr-defined]


class ShareForm(forms.Form):
    account = AccountField(label=_("The administration's contact"))
    until = day(_("Until"))
    also_content = forms.BooleanField(
        label=_("Also let the contact read what happened"),
        required=False,
        help_text=_("Usually the line about the task is enough. Tell the exposed person first."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = accounts_with(Role.CONTACT)  # type: ignore[attr-defined]
        self.fields["until"].initial = clock.today() + dt.timedelta(days=30)


class ConflictForm(forms.Form):
    account = AccountField(label=_("Who has a conflict of interest?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        super().__init__(*args, **kwargs)
        people = accounts_with(Role.HANDLER, Role.LEAD, Role.CONTACT)
        self.fields["account"].choices = people  # type: ignore[attr-defined]


class PersonField(forms.CharField):
    """A name from the register, written or chosen; cleans to the person's id or None.

    `find` is handed in by the view, which knows who is asking.
    """

    find: Any = None

    def clean(self, value: Any) -> uuid.UUID | None:  # noqa: ANN401 (Django's signature)
        written = super().clean(value)
        if not written:
            return None
        found: list[uuid.UUID] = self.find(written) if self.find else []
        if len(found) != 1:
            raise forms.ValidationError(
                _("Nobody, or more than one, in the register has this name. Choose from the list.")
            )
        return found[0]


class PersonForm(forms.Form):
    """Somebody in the case, and perhaps in the register."""

    text = text(_("What is known"), rows=3)
    person = PersonField(
        label=_("In the register"),
        required=False,
        max_length=200,
        help_text=_("Somebody in the register loses every sight of this case at once."),
    )

    def __init__(self, *args: Any, find: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["person"].find = find  # type: ignore[attr-defined]


class ExposedForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    role = forms.CharField(label=_("Role or assignment"), max_length=200, required=False)
    person = PersonField(
        label=_("In the register"),
        required=False,
        max_length=200,
        help_text=_("The person then loses sight of the case as a handler or contact."),
    )

    def __init__(self, *args: Any, find: Any = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["person"].find = find  # type: ignore[attr-defined]


class StepForm(forms.Form):
    to = forms.ChoiceField(label=_("Move the case to"))
    reason = text(_("Reason"), rows=2, required=False)

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        possible = NEXT[State(state)] - {State.CLOSED}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (to.value, words.STATE[to]) for to in State if to in possible
        ]


class WaitForm(forms.Form):
    whom = forms.ChoiceField(
        label=_("The case waits for"), choices=choices(words.WAITS), required=False
    )


class CloseForm(forms.Form):
    done = text(_("What was done?"), rows=3)
    helped = text(_("What helped, and what did not?"), rows=3)
    content = forms.ChoiceField(
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("lesson") and not cleaned.get("points_at_nobody"):
            self.add_error("points_at_nobody", _("Confirm that the lesson points at nobody."))
        return cleaned


class AfterForm(forms.Form):
    words = text(_("How is it now?"), rows=3, help_text=_("After the talk some months later."))


class SetAsideForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why does no case come of it?"))

    def __init__(self, *args: Any, reasons: dict[Any, Any], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = choices(reasons)  # type: ignore[attr-defined]
