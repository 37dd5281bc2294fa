"""The report form: three answers are needed, everything else is optional."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.foundation.codes import word_for
from varna.foundation.ui.forms import OneChoice, TypedChoice
from varna.reports import rules, words
from varna.reports.sealed import Answers, Contact


LONG = 20_000
SHORT = 300


def _choices(labels: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(key.value, label) for key, label in labels.items()]


class ReportForm(forms.Form):
    """What somebody tells us. `content()` and its neighbours sort it into compartments.

    A field that is added is asked among those that are folded away, and its answer is stored and
    shown with the rest: the shape needs a place for it, and nothing else has to be told.
    """

    FIRST = ("happened", "when", "reach", "reach_detail")
    CONTACT = ("reach", "reach_detail", "reach_safely")
    APART = frozenset({*CONTACT, "who", "consents"})  # what goes to other compartments
    shape: type[Answers] = Answers

    happened = forms.CharField(
        label=_("What has happened?"),
        help_text=_(
            "Use your own words. You need not judge how serious it is, and it need not be a crime."
        ),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        error_messages={
            "required": _("Tell us what has happened, in a few words if that is all you can.")
        },
    )
    when = forms.CharField(
        label=_("Roughly when?"),
        help_text=_("For example: last night, on Tuesday at six, several times since May."),
        max_length=SHORT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Tell us roughly when. “Do not know” is an answer.")},
    )
    reach = OneChoice(
        label=_("How may we reach you?"),
        choices=_choices(words.REACH),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how we may reach you. “Do not contact me” is also a choice.")
        },
    )
    reach_detail = forms.CharField(
        label=_("Telephone number or e-mail address"),
        help_text=_("Only if you chose that we call or write."),
        max_length=SHORT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    for_whom = OneChoice(
        label=_("Who has been exposed?"),
        choices=_choices(words.FOR_WHOM),
        widget=forms.RadioSelect,
        required=False,
    )
    exposed_name = forms.CharField(
        label=_("The name of whoever has been exposed"), max_length=SHORT, required=False
    )
    role = forms.CharField(
        label=_("Which assignment or role does it concern?"),
        help_text=_("For example member of the building board, or candidate."),
        max_length=SHORT,
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=_("What kind of thing is it?"),
        choices=_choices(words.KIND),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    channels = forms.MultipleChoiceField(
        label=_("In which way?"),
        choices=_choices(words.CHANNEL),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.CharField(label=_("Where did it happen?"), max_length=SHORT, required=False)
    matter = forms.CharField(
        label=_("Does it concern a certain matter or decision?"), max_length=SHORT, required=False
    )
    who = forms.CharField(
        label=_("Who did it, if you know?"),
        help_text=_("This is kept apart from the rest, under a key of its own."),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    worry = TypedChoice(
        label=_("How worried are you, from 0 to 10?"),
        choices=[("", "–"), *((str(n), str(n)) for n in range(11))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    done = forms.CharField(
        label=_("What has already been done?"),
        help_text=_("For example a police report, somebody you told, an account you blocked."),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    support = forms.MultipleChoiceField(
        label=_("What support would you like?"),
        choices=_choices(words.SUPPORT),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reach_safely = forms.CharField(
        label=_("Is there anything to think of when we contact you?"),
        help_text=_("For example when you can talk, or what we may say if somebody else answers."),
        max_length=SHORT,
        required=False,
    )
    consents = forms.MultipleChoiceField(
        label=_("May we share it when it helps you?"),
        help_text=_("Nothing is shared unless you tick it. You can change your mind at any time."),
        choices=[
            (rules.Consent.POLICE.value, _("Yes, with the police")),
            (rules.Consent.PARTY.value, _("Yes, with my party's security contact")),
            (rules.Consent.ADMINISTRATION.value, _("Yes, with the administration of my board")),
            (rules.Consent.LEARNING.value, _("Yes, in lessons that point at nobody")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reach, detail = cleaned.get("reach"), cleaned.get("reach_detail", "")
        if reach == rules.Reach.PHONE and sum(char.isdigit() for char in detail) < 5:
            self.add_error("reach_detail", _("Write the number that we may call."))
        if reach == rules.Reach.EMAIL and "@" not in detail:
            self.add_error("reach_detail", _("Write the address that we may write to."))
        return cleaned

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.FIRST]

    def tells_more(self) -> bool:
        """Whether something that is folded away has been filled in, and must be seen again."""
        return self.is_bound and any(self.data.get(field.name) for field in self.folded())

    def content(self) -> Answers:
        """Every answer that no other compartment takes. One that the shape has no place for is an
        error here: it must not vanish.
        """
        kept: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in self.cleaned_data.items()
            if name not in self.APART
        }
        return self.shape(**kept)

    def contact(self) -> Contact:
        return Contact(*(self.cleaned_data[name] for name in self.CONTACT))

    def consented(self) -> list[rules.Consent]:
        return [rules.Consent(value) for value in self.cleaned_data["consents"]]

    @classmethod
    def lines(cls, answers: Answers) -> list[tuple[str, str]]:
        """Every answer but the first, with its label and in words, as it is shown to whoever may
        read it. A question that is not asked any more is shown by its name.
        """
        return [
            (cls._label(name), cls._words(name, value))
            for name, value in ((one.name, getattr(answers, one.name)) for one in fields(answers))
            if name != "happened" and value not in ("", None, ())
        ]

    @classmethod
    def _label(cls, name: str) -> str:
        asked = getattr(cls.base_fields.get(name), "label", name)
        return str(words.SHORT_LABELS.get(name, asked))

    @classmethod
    def _words(cls, name: str, value: object) -> str:
        labels = dict(getattr(cls.base_fields.get(name), "choices", ()))
        codes = value if isinstance(value, tuple) else (value,)
        return ", ".join(word_for(labels, code) for code in codes)


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Your message"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": _("Write something before you send.")},
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_(
            "24 letters and figures, in groups of four. Small or large letters, as you like."
        ),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the code that you got.")},
    )
