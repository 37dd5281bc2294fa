"""A new report: read it, confirm it, make a case of it, link it, or put it aside."""

import uuid
from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.cases import words
from varna.cases.models import Case
from varna.cases.pages import report as pages
from varna.cases.pages.desk import case_rows, report_rows
from varna.cases.queries import case_of
from varna.cases.rules.counting import Whom
from varna.cases.rules.steps import State
from varna.cases.views.ground import (
    back_to,
    found_account,
    found_case,
    handling,
    status_of,
)
from varna.foundation import clock
from varna.foundation.accounts.middleware import acting
from varna.foundation.deeds import Forbidden, WhyNot
from varna.foundation.vault import service as vault
from varna.intake import actions as intake
from varna.intake.forms import LinkForm, OpenForm, SetAsideForm
from varna.reports import actions as reports
from varna.reports.forms import MessageForm
from varna.reports.models import REASON_LABELS, Report
from varna.reports.rules import Lane, Reason
from varna.reports.rules import State as ReportState


MOST_CASES = 300
MOST_REPORTS = 200


def found_report(request: HttpRequest, report_id: uuid.UUID) -> Report:
    report = Report.visible_to(acting(request), at=clock.now()).filter(pk=report_id).first()
    if report is None:
        raise Http404
    return report


@require_safe
@handling()
def report(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """A report in no case; one that has gone into a case leads there, for whoever sees the case."""
    linked = case_of(report_id)
    if linked is not None:
        return back_to(found_case(request, linked[0]))
    return _page(request, found_report(request, report_id), MessageForm())


def _page(request: HttpRequest, found: Report, form: MessageForm) -> HttpResponse:
    actor, at = acting(request), clock.now()
    with vault.opened(
        found.pk, pages.HANDLERS_READ, by=actor, at=at, purpose=vault.Purpose.HANDLE
    ) as handle:
        context = {
            "report": found,
            "told": pages.told(found, handle),
            "thread": pages.thread(found, handle),
            "form": form,
            "aside": SetAsideForm(reasons=REASON_LABELS),
        }
    reports.see(found, by=actor, at=at)
    return render(request, "intake/report.html", context, status=status_of(form))


@require_POST
@handling()
def declare(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """A conflict of interest of one's own, before there is a case. The report is gone at once."""
    found, actor = found_report(request, report_id), acting(request)
    reports.declare_conflict(found, found_account(actor), by=actor, at=clock.now())
    return redirect("cases:desk")


@require_POST
@handling()
def confirm(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    found = found_report(request, report_id)
    reports.acknowledge(found, by=acting(request), at=clock.now())
    return redirect("cases:report", found.pk)


@require_POST
@handling()
def write(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """Write to the reporter before there is a case."""
    found = found_report(request, report_id)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    reports.reply(found, form.cleaned_data["text"], by=acting(request), at=clock.now())
    return redirect("cases:report", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def open_case(request: HttpRequest, report_id: uuid.UUID | None = None) -> HttpResponse:
    """A new case, from a report or from something that was told by telephone."""
    found = found_report(request, report_id) if report_id else None
    form = OpenForm(request.POST or None)
    if form.is_valid():
        asked = form.cleaned_data
        opening = intake.Opening(
            label=asked["label"],
            reason=asked["reason"],
            whom=Whom(asked["whom"]) if asked["whom"] else None,
            exposed_name=asked["exposed_name"],
            exposed_role=asked["exposed_role"],
        )
        try:
            made = intake.open_case(
                opening, handler=asked["handler"], by=acting(request), at=clock.now(), report=found
            )
        except Forbidden:  # somebody else was first: it is in a case now
            return redirect("cases:desk")
        except WhyNot as why:
            form.add_error("handler", words.REFUSAL[why.reason])
        else:
            return _after(request, made)
    context = {"form": form, "report": found}
    return render(request, "intake/open.html", context, status=status_of(form))


def _after(request: HttpRequest, made: Case) -> HttpResponse:
    """Whoever gave the case to somebody else, and does not lead, no longer sees it."""
    still = Case.visible_to(acting(request), at=clock.now()).filter(pk=made.pk).exists()
    return back_to(made) if still else redirect("cases:desk")


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def link(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    found = found_report(request, report_id)
    actor, at = acting(request), clock.now()
    cases = Case.visible_to(actor, at=at).exclude(state=State.CLOSED).filter(shredded_at=None)
    rows = case_rows(cases[:MOST_CASES], by=actor, at=at)
    choices = [(str(row.case.pk), f"{row.case.number} {row.label}") for row in rows]
    form = LinkForm(request.POST or None, cases=choices)
    if form.is_valid():
        case = found_case(request, uuid.UUID(form.cleaned_data["case"]))
        reason = form.cleaned_data["reason"]
        try:
            intake.link_to_case(case, found, reason, by=actor, at=at)
        except Forbidden:  # somebody else was first: it is in a case now
            return redirect("cases:desk")
        except WhyNot as why:
            form.add_error(None, words.REFUSAL[why.reason])
        else:
            return back_to(case)
    context = {"form": form, "report": found, "cases": rows}
    return render(request, "intake/link.html", context, status=status_of(form))


@require_POST
@handling()
def set_aside(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    found = found_report(request, report_id)
    form = SetAsideForm(request.POST, reasons=REASON_LABELS)
    if form.is_valid():
        reason = Reason(form.cleaned_data["reason"])
        with suppress(WhyNot, Forbidden):  # somebody else was first
            reports.set_aside(found, reason, by=acting(request), at=clock.now())
    return redirect("cases:desk")


@require_POST
@handling()
def take_up(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    found = found_report(request, report_id)
    with suppress(Forbidden):  # somebody else was first
        reports.take_up(found, by=acting(request), at=clock.now())
    return redirect("cases:report", found.pk)


@require_safe
@handling()
def put_aside(request: HttpRequest) -> HttpResponse:
    """Reports that came in a flood, and those that were put aside by hand."""
    actor, at = acting(request), clock.now()
    mine = Report.visible_to(actor, at=at)
    today = clock.day_of(at)
    context = {
        "flood": report_rows(
            mine.filter(lane=Lane.QUARANTINE, state=ReportState.NEW)[:MOST_REPORTS], today
        ),
        "set_aside": report_rows(mine.filter(state=ReportState.SET_ASIDE)[:MOST_REPORTS], today),
    }
    return render(request, "intake/put_aside.html", context)
