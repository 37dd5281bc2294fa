"""The case's own pages: overview, assessment, classification, talk, notes, timeline."""

import uuid
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.cases.actions import assigning, closing, judging, talking
from varna.cases.additions import additions
from varna.cases.forms.judging import AssessmentForm, ClassifyForm, SecondForm
from varna.cases.forms.steps import StepForm, WaitForm
from varna.cases.forms.talking import NoteForm
from varna.cases.models import Assessment, Case, Classification, Closing
from varna.cases.pages import case as pages
from varna.cases.pages import report as report_pages
from varna.cases.queries import latest_assessment, parts, reports_of
from varna.cases.rules.judging import Level
from varna.cases.rules.steps import State, Waits
from varna.cases.sealed import Reasoning, Result
from varna.cases.views.ground import (
    back_to,
    found_account,
    found_case,
    handling,
    show,
    status_of,
    tried,
)
from varna.foundation import clock
from varna.foundation.accounts import queries as accounts
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Actor
from varna.foundation.deeds import WhyNot
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.reports.forms import MessageForm
from varna.reports.models import Report
from varna.reports.queries import among
from varna.reports.words import CHANNEL, KIND


@require_safe
@handling()
def overview(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    return _overview(request, found_case(request, case_id))


def _overview(request: HttpRequest, case: Case, *, step: StepForm | None = None) -> HttpResponse:
    step, more = step or StepForm(state=case.state), additions()

    def context(handle: vault.Handle, actor: Actor) -> dict[str, Any]:
        newest = pages.versions(case, handle, actor)[:1]
        ended = parts(Closing, case).order_by("-at").first()
        return {
            "assessment": newest[0] if newest else None,
            "sections": [room.section(case, handle, today=clock.today()) for room in more],
            "reports": _reports(case, actor),
            "step": step,
            "wait": WaitForm(initial={"whom": case.waits_for}),
            "closing": handle.read(ended, "what", Result) if ended else None,
            "no_lesson": handle.read(ended, "no_lesson", str) if ended else "",
            "after_check": handle.read(case, "after_check", str),
            "happenings": pages.timeline(case, handle, actor)[:5],
        }

    also = frozenset[Compartment]().union(*(room.opens for room in more))
    return show(request, "cases/case.html", case, context, also=also, status=status_of(step))


def _reports(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """Every linked report with what it says and its thread, opened within the case."""
    shown = []
    for report in among(reports_of(case)):
        with vault.opened(
            report.pk,
            report_pages.HANDLERS_READ,
            by=actor,
            at=clock.now(),
            purpose=vault.Purpose.HANDLE,
            within=case.pk,
        ) as handle:
            shown.append(
                {
                    "report": report,
                    "told": report_pages.told(report, handle),
                    "thread": report_pages.thread(report, handle),
                }
            )
    return shown


@require_POST
@handling()
def step(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    form = StepForm(request.POST, state=case.state)
    if form.is_valid():
        to, reason = State(form.cleaned_data["to"]), form.cleaned_data["reason"]
        by, at = acting(request), clock.now()
        if tried(form, lambda: closing.step(case, to, by=by, at=at, reason=reason)):
            return back_to(case)
    return _overview(request, case, step=form)


@require_POST
@handling()
def wait(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    form = WaitForm(request.POST)
    if form.is_valid():
        talking.wait_for(case, Waits(form.cleaned_data["whom"]), by=acting(request), at=clock.now())
    return back_to(case)


@require_POST
@handling()
def take(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Take a case that nobody handles."""
    case = found_case(request, case_id)
    actor = acting(request)
    with suppress(WhyNot):  # somebody else was first, as the page now shows
        assigning.take(case, found_account(actor), by=actor, at=clock.now())
    return back_to(case)


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def assess(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The assessment: earlier versions to read, the next one to write."""
    case = found_case(request, case_id)
    form = AssessmentForm(request.POST or None)
    if form.is_valid():
        asked = form.cleaned_data
        judgement = judging.Judgement(
            level=Level(asked["level"]),
            overall=asked["overall"],
            took_part=asked["took_part"],
            review_on=asked["review_on"],
            observations=form.observations(),
            questions=form.answers(),
        )
        by, at = acting(request), clock.now()
        if tried(form, lambda: judging.assess(case, judgement, by=by, at=at)):
            return back_to(case, "assess")

    def context(handle: vault.Handle, actor: Actor) -> dict[str, Any]:
        if not form.is_bound:
            form.initial = _from_latest(case, handle)
        return {
            "form": form,
            "versions": pages.versions(case, handle, actor),
            "second": SecondForm(),
        }

    return show(request, "cases/assess.html", case, context, status=status_of(form))


def _from_latest(case: Case, handle: vault.Handle) -> dict[str, Any]:
    """The next version starts where the latest one ended."""
    latest = latest_assessment(case)
    if latest is None:
        return {}
    judged = handle.read(latest, "judgement", Reasoning)
    initial: dict[str, Any] = {"level": latest.level, "took_part": judged.took_part}
    initial |= {f"q_{code}": said for code, said in judged.questions.items()}
    for code, seen in judged.observations.items():
        initial[f"o_{code}"], initial[f"n_{code}"] = seen.answer, seen.note
    return initial


@require_POST
@handling()
def second(request: HttpRequest, case_id: uuid.UUID, version: int) -> HttpResponse:
    case = found_case(request, case_id)
    assessment = parts(Assessment, case).filter(version=version).first()
    if assessment is None:
        raise Http404
    form = SecondForm(request.POST)
    if form.is_valid():
        asked, by, at = form.cleaned_data, acting(request), clock.now()
        done = tried(
            form,
            lambda: judging.second(
                case, assessment, agrees=asked["agrees"], words=asked["words"], by=by, at=at
            ),
        )
        if done:
            return back_to(case, "assess")

    def context(handle: vault.Handle, actor: Actor) -> dict[str, Any]:
        return {
            "form": AssessmentForm(initial=_from_latest(case, handle)),
            "versions": pages.versions(case, handle, actor),
            "second": form,
        }

    return show(request, "cases/assess.html", case, context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def classify(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    known = parts(Classification, case).first()
    initial: dict[str, Any] = {}
    if known is not None:
        initial = {name: getattr(known, name) for name in ClassifyForm.base_fields}
        initial["kinds"], initial["channels"] = known.kinds.split(","), known.channels.split(",")
    form = ClassifyForm(request.POST or None, kinds=KIND, channels=CHANNEL, initial=initial)
    if form.is_valid():
        judging.classify(case, form.codes(), by=acting(request), at=clock.now())
        return back_to(case)

    def context(_handle: vault.Handle, _actor: Actor) -> dict[str, Any]:
        return {"form": form}

    return show(request, "cases/classify.html", case, context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def talk(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The threads with those who have reported."""
    case = found_case(request, case_id)
    form = MessageForm(request.POST or None)
    if form.is_valid():
        report = _chosen_report(request, case)
        talking.answer(case, report, form.cleaned_data["text"], by=acting(request), at=clock.now())
        return back_to(case, "talk")

    def context(_handle: vault.Handle, actor: Actor) -> dict[str, Any]:
        shown = _reports(case, actor)
        for row in shown:
            talking.see(case, row["report"], by=actor, at=clock.now())
        return {"form": form, "reports": shown}

    return show(request, "cases/talk.html", case, context, status=status_of(form))


def _chosen_report(request: HttpRequest, case: Case) -> Report:
    chosen = request.POST.get("report", "")
    found = [report for report in among(reports_of(case)) if str(report.pk) == chosen]
    if not found:
        raise Http404
    return found[0]


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def notes(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    form = NoteForm(request.POST or None)
    if form.is_valid():
        asked = form.cleaned_data
        talking.note(
            case, asked["text"], private=asked["private"], by=acting(request), at=clock.now()
        )
        return back_to(case, "notes")

    def context(handle: vault.Handle, actor: Actor) -> dict[str, Any]:
        rows = pages.notes(case, actor)
        names = accounts.names({row.by for row in rows})
        shown = [(row, names.get(row.by, ""), handle.read(row, "words", str)) for row in rows]
        return {"form": form, "notes": shown}

    return show(request, "cases/notes.html", case, context, status=status_of(form))


@require_safe
@handling()
def timeline(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)

    def context(handle: vault.Handle, actor: Actor) -> dict[str, Any]:
        return {"happenings": pages.timeline(case, handle, actor)}

    return show(request, "cases/timeline.html", case, context)
