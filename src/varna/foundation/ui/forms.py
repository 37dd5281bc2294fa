"""How forms are drawn: label, hint, error beside the field, then the field."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.functional import Promise

from varna.foundation.deeds import WhyNot


class Renderer(DjangoTemplates):
    """Fields are drawn by `ui/components/field.html`."""

    field_template_name = "ui/components/field.html"


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
