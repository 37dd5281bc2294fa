"""How forms are drawn: label, hint, error beside the field, then the field."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.choices import BlankChoiceIterator, normalize_choices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varna.foundation.deeds import WhyNot
from varna.foundation.vault.uploads import Refusal, RefusedUpload


class Renderer(DjangoTemplates):
    """Fields are drawn by `ui/components/field.html`."""

    field_template_name = "ui/components/field.html"


NOT_TAKEN = {
    Refusal.TOO_LARGE: _("The file is too large."),
    Refusal.NO_ROOM: _(
        "There is no room for the file just now. Ask whoever runs the system, and try again later."
    ),
    Refusal.TOO_MANY: _("Choose one file."),
    Refusal.EMPTY: _("Choose a file that is not empty."),
}


class OneFile(forms.FileField):
    """A file, or why it was refused while it arrived. Only where its view's policy takes files."""

    def to_python(self, data: Any) -> Any:  # noqa: ANN401 (Django's signature)
        if isinstance(data, RefusedUpload):
            raise forms.ValidationError(NOT_TAKEN[data.why])
        return super().to_python(data)


class _Unchosen:
    """Nothing is chosen before somebody has chosen: what a form states, somebody has said. Drawn as
    a list it begins with an empty line; drawn as a row of buttons, none is pressed.
    """

    default_error_messages = {"required": _("Choose one.")}
    widget: Any

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (Django's own)
        if "initial" in options:
            raise TypeError("What states a fact is not answered beforehand")
        super().__init__(**options)

    @property
    def choices(self) -> Any:  # noqa: ANN401 (Django's own)
        return self._choices

    @choices.setter
    def choices(self, value: Any) -> None:  # noqa: ANN401
        self._choices = normalize_choices(value)
        listed = not isinstance(self.widget, forms.RadioSelect)
        first = [("", _("– choose –"))]
        self.widget.choices = BlankChoiceIterator(self._choices, first) if listed else self._choices


class OneChoice(_Unchosen, forms.ChoiceField):  # type: ignore[misc]
    """A fact that is chosen among several."""


class TypedChoice(_Unchosen, forms.TypedChoiceField):  # type: ignore[misc]
    """The same, of another type than text."""


class Setting(forms.ChoiceField):
    """A choice that states nothing of anybody: a language, a period. It may have a first answer."""


def tried(
    form: forms.BaseForm,
    deed: Callable[[], object],
    words: Mapping[Any, str | Promise],
    *,
    field: str | None = None,
) -> bool:
    """Do the deed; where a rule refuses, say why in the form, in the room's words for it."""
    try:
        deed()
    except WhyNot as why:
        form.add_error(field, str(words[why.reason]))
        return False
    return True
