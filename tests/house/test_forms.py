"""No form states a fact that nobody has stated: found by themselves, whatever room they are in."""

import importlib
import pkgutil
import re
from pathlib import Path

from django import forms
from django.http import QueryDict

import pytest

import varna
from varna.foundation.ui.forms import OneChoice, Setting, TypedChoice


SOURCE = Path(varna.__file__).parent
for found in pkgutil.walk_packages(varna.__path__, "varna."):
    if {"forms", "views"} & set(found.name.split(".")):
        importlib.import_module(found.name)


def below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


FORMS = sorted(
    {one for one in below(forms.BaseForm) if one.__module__.startswith("varna.")},
    key=lambda one: f"{one.__module__}.{one.__name__}",
)
# What is suggested and states nothing of what has happened: whom to ask, what to plan.
SUGGESTED = {
    ("documents.forms", "groups_"): "whom a document is sent to, all of it visible",
    ("documents.forms", "bodies"): "the same",
    ("training.forms", "audience"): "whom a session is for, all of it visible",
    ("training.forms", "remind_days"): "how long before the day a reminder leaves",
    ("plan.forms", "name"): "the event that every plan waits for; its day is empty",
    ("cooperation.forms", "on"): "today, for what is written down when it happens",
}


def test_there_are_forms_to_look_at():
    assert len(FORMS) > 60


def test_a_choice_is_made_of_the_kinds_that_choose_nothing():
    plain = re.compile(r"forms\.(Typed|NullBoolean)?(ChoiceField|NullBooleanField)\(")
    elsewhere = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if plain.search(path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []


@pytest.mark.parametrize("form", FORMS, ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_nothing_that_states_a_fact_is_chosen_beforehand(form):
    room = form.__module__.removeprefix("varna.")
    for name, field in form.base_fields.items():
        if isinstance(field, Setting) or (room, name) in SUGGESTED:
            continue
        assert field.initial in (None, "", False), (name, field.initial)
        if isinstance(field, OneChoice | TypedChoice) and isinstance(field.widget, forms.Select):
            listed = not isinstance(field.widget, forms.RadioSelect)
            first = next(iter(field.widget.choices), ("", ""))
            assert not listed or first[0] in ("", None), (name, first)


def test_a_choice_of_a_fact_cannot_be_made_with_an_answer():
    with pytest.raises(TypeError):
        OneChoice(choices=[("given", "lämnat")], initial="given")


def test_an_empty_first_line_is_no_answer_where_one_is_needed():
    class Asked(forms.Form):
        what = OneChoice(choices=[("yes", "ja"), ("no", "nej")])
        how = TypedChoice(choices=lambda: [("1", "ett")], coerce=int, required=False)
        press = OneChoice(choices=[("yes", "ja")], widget=forms.RadioSelect)

    empty = Asked(QueryDict("what=&how=&press="))
    assert set(empty.errors) == {"what", "press"}
    said = Asked(QueryDict("what=no&how=1&press=yes"))
    assert said.is_valid()
    assert said.cleaned_data == {"what": "no", "how": 1, "press": "yes"}
    drawn = str(Asked()["what"])
    assert drawn.index('value=""') < drawn.index('value="yes"')
    assert "checked" not in str(Asked()["press"])
