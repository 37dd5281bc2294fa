"""What the pages of cooperation ask."""

import datetime as dt
import uuid
from typing import Any, cast

from django import forms
from django.core.validators import URLValidator, validate_slug
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from varna.cooperation import words
from varna.cooperation.models import Partner
from varna.cooperation.queries import PARTY_SECURITY, PartnerLine
from varna.cooperation.sealed import PartnerPerson
from varna.foundation import clock
from varna.foundation.ui.forms import OneChoice, TypedChoice
from varna.invitations.rules import Details
from varna.organisation import queries as organisation
from varna.organisation.forms import DayField


OTHER = "other"
NO_CASES = _("Nothing about a case: no names, no numbers of cases.")
LONG = 20_000


def _day(label: Any) -> DayField:  # noqa: ANN401 (lazy)
    return DayField(label=label, initial=clock.today)


def _long(label: Any, **options: Any) -> forms.CharField:  # noqa: ANN401 (lazy)
    widget = forms.Textarea(attrs={"rows": 8})
    return forms.CharField(label=label, max_length=LONG, required=False, widget=widget, **options)


def party_choices() -> list[tuple[str, Any]]:
    return [(str(pk), name) for pk, name in organisation.parties()]


class PartyForm(forms.Form):
    """Whose security organisation a partner is."""

    party = TypedChoice(label=_("Which party?"), coerce=uuid.UUID)

    def __init__(self, *args: Any, **kw: Any) -> None:  # noqa: ANN401 (Django's own)
        super().__init__(*args, **kw)
        self.fields["party"].choices = party_choices()  # type: ignore[attr-defined]


class PartnerForm(forms.Form):
    kind = OneChoice(
        label=_("What kind of partner is it?"),
        choices=[*words.KINDS.items(), (OTHER, _("Another kind"))],
        widget=forms.RadioSelect,
    )
    other = forms.CharField(
        label=_("Id, for another kind"),
        help_text=_("What the plan's file calls it: letters a–z, digits and hyphens."),
        required=False,
        max_length=60,
        validators=[validate_slug],
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    party = TypedChoice(
        label=_("Which party?"),
        help_text=_("For a party's security organisation."),
        required=False,
        coerce=uuid.UUID,
        empty_value=None,
    )

    def __init__(self, *args: Any, **kw: Any) -> None:  # noqa: ANN401 (Django's own)
        super().__init__(*args, **kw)
        self.fields["party"].choices = party_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == OTHER and not cleaned.get("other") and "other" not in self.errors:
            self.add_error("other", _("Give the kind an id."))
        if cleaned.get("kind") == PARTY_SECURITY and not cleaned.get("party"):
            self.add_error("party", _("Choose which party it is."))
        return cleaned

    def wanted(self) -> str:
        kind = self.cleaned_data["kind"]
        return str(self.cleaned_data["other"] if kind == OTHER else kind)


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Invitations to meetings are sent here."),
        required=False,
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=60)
    verified = forms.BooleanField(label=_("I have asked today, and this is right"), required=False)

    def person(self) -> PartnerPerson:
        said = self.cleaned_data
        return PartnerPerson(said["name"], said["email"], said["phone"])


class PastDay(forms.Form):
    """For what has been: a day that has come."""

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(_("That day has not come."))
        return on


class TouchForm(PastDay):
    on = _day(_("Day"))
    way = OneChoice(
        label=_("How?"), choices=[(way.value, label) for way, label in words.WAYS.items()]
    )
    line = forms.CharField(label=_("One line"), help_text=NO_CASES, max_length=200)


class SharingForm(PastDay):
    partner = OneChoice(label=_("With whom?"))
    on = _day(_("Day"))
    what = forms.CharField(
        label=_("What was shared?"),
        help_text=_("The kind of information, in one line. Nothing about a case itself."),
        max_length=300,
    )
    ground = OneChoice(
        label=_("On what ground?"),
        choices=[(ground.value, label) for ground, label in words.GROUNDS.items()],
    )

    def __init__(self, *args: Any, partners: list[PartnerLine], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        choices = [(str(one.life.id), one.life.name) for one in partners]
        self.fields["partner"].choices = choices  # type: ignore[attr-defined]


class SeenForm(forms.Form):
    """`seen` tells whether somebody else has saved meanwhile."""

    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def look_again(self, seen: str) -> None:
        """To save once more is to have seen what the other one wrote."""
        data = cast("QueryDict", self.data).copy()
        data["seen"] = seen
        self.data = data


class MeetingForm(SeenForm):
    title = forms.CharField(
        label=_("What is it called?"),
        help_text=_("It stands in the mail and in everybody's calendar: keep it neutral."),
        max_length=200,
    )
    on = DayField(label=_("Day"))
    begins = forms.TimeField(label=_("From"), help_text=_("For example 13:00"))
    ends = forms.TimeField(label=_("To"), help_text=_("For example 14:30"))
    place = forms.CharField(label=_("Where?"), required=False, max_length=200)
    link = forms.CharField(
        label=_("Link to a video meeting"),
        required=False,
        max_length=500,
        validators=[URLValidator(schemes=["https"])],
    )
    agenda = _long(_("Agenda"), help_text=_("It stays here, and is not mailed."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("It ends before it begins."))
        return cleaned

    def details(self) -> Details:
        said = self.cleaned_data

        def moment(time: dt.time) -> dt.datetime:
            return dt.datetime.combine(said["on"], time, clock.STOCKHOLM)

        return Details(
            title=said["title"],
            starts_at=moment(said["begins"]),
            ends_at=moment(said["ends"]),
            place=said["place"],
            link=said["link"],
        )


class NotesForm(SeenForm):
    held = forms.BooleanField(label=_("The meeting took place"), required=False)
    attended = forms.MultipleChoiceField(
        label=_("Who came?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    minutes = _long(_("Minutes"), help_text=NO_CASES)
    decisions = _long(_("Decisions"), help_text=NO_CASES)

    def __init__(self, *args: Any, partners: list[Partner], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        choices = [(str(one.pk), one.name) for one in partners]
        self.fields["attended"].choices = choices  # type: ignore[attr-defined]


class TaskForm(forms.Form):
    what = forms.CharField(label=_("What is to be done?"), help_text=NO_CASES, max_length=300)
    who = forms.CharField(label=_("By whom?"), max_length=200)
    due_on = DayField(label=_("At the latest on"))
    mine = forms.BooleanField(label=_("It is mine: remind me"), required=False)
