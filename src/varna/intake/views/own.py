"""The reporter's own pages: back with the code, or signed in. Status in plain words, the thread,
more text and files, and consents that can be withdrawn.
"""

import logging
import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.cases.pages import report as pages
from varna.cases.queries import case_of
from varna.foundation import clock
from varna.foundation.access.limits import BUCKETS, MINUTE, TALLY, seconds_until_below, sender
from varna.foundation.access.policies import Files, policy
from varna.foundation.access.queries import has_reader
from varna.foundation.accounts.middleware import acting, hold_receipt
from varna.foundation.accounts.rules import Strength, system
from varna.foundation.codes import word_for
from varna.foundation.vault import reserve
from varna.foundation.vault import service as vault
from varna.foundation.vault.uploads import keep_each, received
from varna.intake import actions as intake
from varna.reports import actions as reports
from varna.reports.forms import CodeForm, MessageForm
from varna.reports.models import Report
from varna.reports.queries import with_code
from varna.reports.rules import State as ReportState
from varna.reports.words import STATUS, TOO_MANY_CODES, WRONG_CODE, complaints, trouble


RECEIPT = system("receipt")
log = logging.getLogger("varna.intake")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@policy("receipt.use")
def come_back(request: HttpRequest) -> HttpResponse:
    """Come back with the code. Too many wrong ones are told to wait; the right one is let in."""
    # Another site must not put a visitor in a session that it has chosen.
    elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site"
    form = CodeForm(None if elsewhere else request.POST or None)
    wait = 0
    if form.is_valid():
        report = with_code(form.cleaned_data["code"])
        if report is not None:
            _start_session(request, report)
            return redirect("cases:own", report.pk)
        wait = _wrong(request)
        form.add_error("code", TOO_MANY_CODES if wait else WRONG_CODE)
    status = 200 if not form.is_bound else 429 if wait else 422
    answer = render(request, "intake/come_back.html", {"form": form}, status=status)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


def _wrong(request: HttpRequest) -> int:
    """Count a wrong code; answer how many seconds to wait where there have been too many."""
    tries = TALLY.due("wrong code", every=MINUTE)
    if tries:
        intake.note_wrong_codes(tries, by=RECEIPT, at=clock.now())
    limits = settings.LIMITS
    most, in_all = limits["codes_per_sender_per_minute"], limits["codes_in_all_per_minute"]
    level = max(
        BUCKETS.level("code", sender(request), most=most, seconds=MINUTE),
        BUCKETS.level("code", "all", most=in_all, seconds=MINUTE),
    )
    return seconds_until_below(level, seconds=MINUTE) if level > 1.0 else 0


def _start_session(request: HttpRequest, report: Report) -> None:
    hold_receipt(request, report.pk)
    intake.note_code(report, by=RECEIPT, at=clock.now())


@require_safe
@policy("own.list", signed_in=True, strength=Strength.STRONG)
def mine(request: HttpRequest) -> HttpResponse:
    """A signed-in person's own reports."""
    own = Report.own_of(acting(request), at=clock.now()).order_by("-received_at")
    rows = [(report, status_words(report)) for report in own]
    return render(request, "intake/mine.html", {"rows": rows})


def status_words(report: Report) -> str:
    """Where the report stands, in plain words."""
    linked = case_of(report.pk)
    if linked is not None:
        return word_for(STATUS, linked[1])
    if report.state == ReportState.SET_ASIDE:
        return str(STATUS["set_aside"])
    return str(STATUS["read" if report.acknowledged_at else "new"])


def _own(request: HttpRequest, report_id: uuid.UUID) -> Report:
    report = Report.own_of(acting(request), at=clock.now()).filter(pk=report_id).first()
    if report is None:
        raise Http404
    return report


@require_safe
@policy("own.read", strength=Strength.CODE)
def own(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    return _own_page(request, _own(request, report_id), MessageForm())


def _own_page(
    request: HttpRequest, report: Report, form: MessageForm, refused: list[str] | None = None
) -> HttpResponse:
    at = clock.now()
    with vault.opened(
        report.pk, pages.REPORTER_READS, by=acting(request), at=at, purpose=vault.Purpose.OWN
    ) as handle:
        context = {
            "report": report,
            "told": pages.told(report, handle),
            "thread": pages.thread(report, handle),
            "status": status_words(report),
            "has_reader": has_reader(report.pk, at=at),
            "form": form,
            "complaints": refused or [],
            "most_megabytes": settings.FILE_MOST_BYTES // (1024 * 1024),
        }
    reports.see_own(report, by=acting(request), at=at)
    status = 422 if form.is_bound or refused else 200
    return render(request, "intake/own.html", context, status=status)


@require_POST
@policy("own.write", strength=Strength.CODE, files=Files("files"))
def own_write(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    """Add words and files. A file that cannot be taken does not take the words with it."""
    try:
        return _added(request, _own(request, report_id))
    except reserve.TROUBLE as fault:
        # Nothing is wrong with the words: they must not be lost with the page.
        log.exception("more words could not be received")
        shown = {"said": request.POST.get("text", ""), "why": trouble(full=reserve.is_full(fault))}
        return render(request, "intake/not_received.html", shown, status=503)


def _added(request: HttpRequest, report: Report) -> HttpResponse:
    at, actor = clock.now(), acting(request)
    came = bool(received(request).kept)
    form = MessageForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data["text"]
        reserve.by_all_means(lambda: reports.add(report, said, by=actor, at=at))
    refused = keep_each(request, lambda upload: reports.add_file(report, upload, by=actor, at=at))
    if not form.is_valid() and not came and not refused:
        return _own_page(request, report, form)
    if refused:
        return _own_page(request, report, MessageForm(), complaints(refused))
    return redirect("cases:own", report.pk)


@require_POST
@policy("own.consent", strength=Strength.CODE)
def withdraw(request: HttpRequest, report_id: uuid.UUID) -> HttpResponse:
    report = _own(request, report_id)
    written = request.POST.get("consent", "")
    with vault.opened(
        report.pk,
        pages.REPORTER_READS,
        by=acting(request),
        at=clock.now(),
        purpose=vault.Purpose.OWN,
    ) as handle:
        reports.withdraw_consent(report, written, handle, by=acting(request), at=clock.now())
    return redirect("cases:own", report.pk)
