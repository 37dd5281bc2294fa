"""What the training pages ask."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from varna.foundation import clock
from varna.foundation.ui.forms import OneChoice, Setting, TypedChoice
from varna.invitations.rules import Details
from varna.organisation.forms import DayField
from varna.organisation.models import GROUP_LABELS
from varna.organisation.rules.roles import Group
from varna.training.actions.arranging import Plan
from varna.training.models import Session
from varna.training.rules import Question, What
from varna.training.words import SUBJECT, WHAT


DEFAULT_AUDIENCE = (
    Group.ELECTED, Group.DEPUTY, Group.FULL_TIME, Group.POLITICAL_SECRETARY, Group.BOARD_SECRETARY,
)  # fmt: skip


def line(label: Any, *, most: int = 200, **options: Any) -> forms.CharField:  # noqa: ANN401 (lazy)
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


def link(label: Any, **options: Any) -> forms.CharField:  # noqa: ANN401 (lazy)
    wrong = _("Write the whole address, beginning with https://.")
    check = URLValidator(schemes=["http", "https"], message=wrong)
    return line(label, most=500, required=False, validators=[check], **options)


def hour(label: Any) -> forms.TimeField:  # noqa: ANN401 (lazy)
    return forms.TimeField(
        label=label,
        help_text=_("For example 13:00"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(
            format="%H:%M", attrs={"class": "short", "autocomplete": "off", "inputmode": "numeric"}
        ),
        error_messages={"invalid": _("Write the time as hours and minutes, for example 13:00.")},
    )


def words(label: Any, **options: Any) -> forms.CharField:  # noqa: ANN401 (lazy)
    widget = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, max_length=5_000, required=False, widget=widget, **options)


class CourseForm(forms.Form):
    """What the self-study and a session have in common; the order is the page's."""

    title = line(_("What is it called?"))
    text = words(
        _("What is it about?"), help_text=_("It stands in the mail to everybody who is invited.")
    )
    audience = forms.MultipleChoiceField(
        label=_("Whom is it for?"),
        help_text=_("Who they are is looked up in the register on the day when you invite."),
        choices=[(group.value, label) for group, label in GROUP_LABELS.items()],
        initial=[group.value for group in DEFAULT_AUDIENCE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one group.")},
    )
    subjects = forms.MultipleChoiceField(
        label=_("What does it teach?"),
        help_text=_("A commitment that asks for a subject is proved only by training about it."),
        choices=[(code.value, label) for code, label in SUBJECT.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = Setting(
        label=_("Language of the mail"), choices=[("sv", _("Swedish")), ("en", _("English"))]
    )
    material = words(
        _("Material"), help_text=_("Something to read before or after; shown by the link.")
    )
    material_link = link(_("Link to material"))

    def details(self) -> dict[str, Any]:
        asked = self.cleaned_data
        return {"title": asked["title"], "text": asked["text"], "language": asked["language"]}

    def plan(self) -> Plan:
        asked = self.cleaned_data
        return Plan(
            details=Details(**self.details()),
            audience=tuple(asked["audience"]),
            subjects=tuple(asked["subjects"]),
            trainer=asked.get("trainer", ""),
            material=asked["material"],
            material_link=asked["material_link"],
        )


class SessionForm(CourseForm):
    day = DayField(label=_("Day"))
    starts = hour(_("Begins"))
    ends = hour(_("Ends"))
    place = line(_("Where?"), required=False)
    link = link(_("Link, if people can take part from afar"))
    trainer = line(_("Who holds it?"), required=False)
    seats = forms.IntegerField(
        label=_("Number of places"),
        help_text=_("Leave it empty when there is room for everybody."),
        required=False,
        min_value=1,
        max_value=100_000,
    )
    remind_days = forms.IntegerField(
        label=_("Remind how many days before?"),
        help_text=_("0: nobody is reminded."),
        initial=3,
        min_value=0,
        max_value=30,
    )
    field_order = (
        "title", "text", "day", "starts", "ends", "place", "link", "trainer", "seats", "audience",
        "subjects", "language", "remind_days", "material", "material_link",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It must end after it has begun."))
        if not cleaned.get("place") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("place", _("Write where it is, or a link."))
        return cleaned

    def _moment(self, name: str) -> dt.datetime:
        day, hour = self.cleaned_data["day"], self.cleaned_data[name]
        return dt.datetime.combine(day, hour, clock.STOCKHOLM)

    def details(self) -> dict[str, Any]:
        asked = self.cleaned_data
        more = {name: asked[name] for name in ("place", "link", "seats", "remind_days")}
        when = {"starts_at": self._moment("starts"), "ends_at": self._moment("ends")}
        return super().details() | more | when


def as_written(session: Session) -> dict[str, Any]:
    """A session as its form would have been filled in."""
    occasion = session.occasion
    said: dict[str, Any] = {
        name: getattr(occasion, name)
        for name in ("title", "text", "language", "place", "link", "seats", "remind_days")
    }
    said |= {
        name: getattr(session, name)
        for name in ("trainer", "audience", "subjects", "material", "material_link")
    }
    if occasion.starts_at is not None and occasion.ends_at is not None:
        starts, ends = (
            m.astimezone(clock.STOCKHOLM) for m in (occasion.starts_at, occasion.ends_at)
        )
        said |= {"day": starts.date().isoformat(), "starts": starts.time(), "ends": ends.time()}
    return said


class CodeForm(forms.Form):
    code = line(
        _("Code"),
        most=20,
        help_text=_("It is shown in the room."),
        error_messages={"required": _("Write the code that is shown in the room.")},
    )


class SearchForm(forms.Form):
    namn = line(_("Name"), most=100, required=False)


class ConfirmForm(forms.Form):
    what = OneChoice(
        label=_("What do you vouch for?"),
        choices=[(what.value, label) for what, label in WHAT.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of them.")},
    )
    on = DayField(label=_("Which day was it done?"))
    note = words(
        _("How?"), help_text=_("What you write is sealed, and each reading of it is logged.")
    )

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    def vouched(self) -> What:
        return What(self.cleaned_data["what"])


class PartForm(forms.Form):
    """The questions of one part of the self-study."""

    def __init__(self, *args: Any, questions: tuple[Question, ...], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.key] = TypedChoice(
                label=str(question.text),
                choices=[(n, option.text) for n, option in enumerate(question.options)],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )
