"""Every field of the report form is on the page, is stored, and is shown to whoever may read it."""

from dataclasses import dataclass, fields

from django import forms
from django.test import Client
from django.urls import reverse

import pytest

from varna.cases.pages import report as report_pages
from varna.foundation import clock
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.reports import views
from varna.reports.forms import ReportForm
from varna.reports.models import Report
from varna.reports.receipts import new_token, receipt_for
from varna.reports.sealed import Answers, Contact


# An answer to every question; whoever adds a question adds an answer here, or the first test fails.
ANSWERS = {
    "happened": "Han skrev igen", "when": "i tisdags", "reach": "phone",
    "reach_detail": "070-174 06 05", "reach_safely": "Efter klockan sex", "for_whom": "witness",
    "exposed_name": "Ada Lund", "role": "ledamot", "kinds": ["threat"], "channels": ["letter"],
    "place": "Hemma", "matter": "Skolan", "who": "En granne", "worry": "7", "done": "Jag ringde",
    "support": ["talk"], "consents": ["police"],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MoreAnswers(Answers):
    since_when: str = ""


class MoreForm(ReportForm):
    """With a question that somebody has just thought of."""

    shape = MoreAnswers
    since_when = forms.CharField(label="Since when?", required=False)


class ForgetfulForm(ReportForm):
    """The same question, and nowhere for its answer."""

    since_when = forms.CharField(label="Since when?", required=False)


def unanswered(form):
    """The fields of a form whose answers would be stored nowhere."""
    return set(form.base_fields) - {one.name for one in fields(form.shape)} - form.APART


@pytest.fixture
def more(monkeypatch):
    """The house, with a question more in its form."""
    for place in (views, report_pages):
        monkeypatch.setattr(place, "ReportForm", MoreForm)
    monkeypatch.setattr(Report._meta.get_field("told"), "shape", MoreAnswers)
    monkeypatch.setattr(report_pages, "Answers", MoreAnswers)


def sent(**answers):
    token = new_token()
    page = Client().post(reverse("reports:tell"), {"token": token, **answers})
    assert page.status_code == 200
    return Report.unscoped.get(pk=receipt_for(token).report)


def read(report):
    with vault.opened_by_system(report.pk, *Compartment, purpose="tests", at=clock.now()) as handle:
        return report_pages.told(report, handle)


def texts(told):
    lines = [line.value for line in (*told.lines, *told.contact)]
    return [told.happened, told.safely, told.pointed_out, *lines, *(w for _, w in told.consents)]


def in_words(name):
    """An answer as it is shown: in words, where it was given by a code."""
    field, value = ReportForm.base_fields[name], ANSWERS[name]
    labels = dict(getattr(field, "choices", ()))
    if name == "consents":
        return str(report_pages.words.CONSENT["police"])
    return str(labels.get(value[0] if isinstance(value, list) else value, value))


def test_every_question_has_an_answer_here():
    assert set(ANSWERS) == set(ReportForm.base_fields)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ReportForm.base_fields)
def test_what_is_answered_is_stored_and_shown(name):
    told = read(sent(**ANSWERS))
    assert in_words(name) in texts(told)


def test_every_field_is_stored_in_one_compartment():
    assert unanswered(ReportForm) == set()
    assert set(ReportForm.APART) <= set(ReportForm.base_fields)
    stored = {one.name for one in fields(Answers)} | set(ReportForm.APART)
    assert stored == set(ReportForm.base_fields)
    assert len(fields(Contact)) == len(ReportForm.CONTACT)


@pytest.mark.django_db
def test_every_field_is_on_the_page(client):
    page = client.get(reverse("reports:tell")).content.decode()
    for name in ReportForm.base_fields:
        assert page.count(f'id="id_{name}"') == 1, name


@pytest.mark.django_db
def test_a_question_that_is_added_is_asked_stored_and_shown(more, client):
    page = client.get(reverse("reports:tell")).content.decode()
    assert 'name="since_when"' in page
    told = read(sent(**ANSWERS, since_when="Sedan i maj"))
    assert report_pages.Line("Since when?", "Sedan i maj") in told.lines


def test_an_answer_that_nothing_has_a_place_for_is_an_error_and_does_not_vanish():
    assert unanswered(ForgetfulForm) == {"since_when"}
    form = ForgetfulForm({**ANSWERS, "since_when": "Sedan i maj"})
    assert form.is_valid(), form.errors
    with pytest.raises(TypeError, match="since_when"):
        form.content()


def test_an_answer_is_called_as_its_question_unless_a_shorter_word_is_declared():
    assert [label for label, _ in MoreForm.lines(MoreAnswers(since_when="i maj"))] == [
        "Since when?"
    ]
    assert set(report_pages.words.SHORT_LABELS) <= set(ReportForm.base_fields)


def test_a_question_that_is_asked_no_more_is_shown_by_its_name():
    assert ReportForm.lines(MoreAnswers(since_when="i maj")) == [("since_when", "i maj")]


def test_nothing_is_shown_of_what_was_not_answered():
    assert ReportForm.lines(Answers(happened="Ett brev")) == []
    assert [value for _, value in ReportForm.lines(Answers(worry=0))] == ["0"]
