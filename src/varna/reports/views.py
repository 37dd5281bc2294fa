"""The public pages: what is happening, tell us, and the receipt. No sign-in, no cookie, no script
needed. The form's own one-time token stands in for Django's, which would set a cookie.
"""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from varna.evidence import queries as originals
from varna.foundation import clock
from varna.foundation.access.limits import BUCKETS, HOUR, sender
from varna.foundation.access.policies import Files, policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.vault import reserve
from varna.foundation.vault.uploads import RefusedUpload, keep_each
from varna.reports import actions, pages, queries, rules, words
from varna.reports.forms import ReportForm
from varna.reports.models import Report
from varna.reports.receipts import Receipt, new_token, receipt_for
from varna.reports.sealed import Answers


log = logging.getLogger("varna.reports")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@policy("report.create", files=Files("files"))
def tell(request: HttpRequest) -> HttpResponse:
    """The one page of the form."""
    if request.method != "POST":
        return _form_page(request, ReportForm(), new_token())
    token = request.POST.get("token", "")
    receipt = receipt_for(token)
    form = ReportForm(request.POST)
    if receipt is None:
        form.add_error(None, words.STALE)
        return _form_page(request, form, new_token())
    try:
        return _received(request, form, token, receipt)
    except reserve.TROUBLE as fault:
        # Nothing is wrong with what was written: it must not be lost with the page.
        log.exception("a report could not be received")
        form.add_error(None, words.trouble(full=reserve.is_full(fault)))
        return _form_page(request, form, token, status=503)


def _received(request: HttpRequest, form: ReportForm, token: str, receipt: Receipt) -> HttpResponse:
    known = queries.already_sent(receipt.report)
    if known is not None:
        content = form.content() if form.is_valid() else Answers()
        return _receipt_page(request, known, receipt, content, form)
    refused = _keep_files(request, receipt)
    if not form.is_valid() or refused:
        return _form_page(request, form, token, receipt=receipt, refused=refused)
    told = actions.Told(
        content=form.content(),
        contact=form.contact(),
        pointed_out=form.cleaned_data["who"],
        consents=form.consented(),
        language=get_language() or "sv",
        lane=_lane(request),
    )
    by, at = acting(request), clock.now()
    report = reserve.by_all_means(lambda: actions.submit(told, receipt, by=by, at=at))
    return _receipt_page(request, report, receipt, told.content, form)


def _lane(request: HttpRequest) -> rules.Lane:
    limits = settings.LIMITS
    level = max(
        BUCKETS.level("report", sender(request), most=limits["reports_per_sender"], seconds=HOUR),
        BUCKETS.level("report", "all", most=limits["reports_in_all"], seconds=HOUR),
    )
    return rules.Lane.QUARANTINE if level > 1.0 else rules.Lane.NORMAL


def _keep_files(request: HttpRequest, receipt: Receipt) -> list[RefusedUpload]:
    """Keep what came with the form even if the form has faults; answer what was refused."""
    by, at = acting(request), clock.now()
    if request.POST.get("drop_files"):
        actions.drop_files(receipt.report, by=by, at=at)
    return keep_each(
        request, lambda upload: actions.keep_file(receipt.report, upload, by=by, at=at)
    )


def _form_page(
    request: HttpRequest,
    form: ReportForm,
    token: str,
    *,
    receipt: Receipt | None = None,
    refused: list[RefusedUpload] | None = None,
    status: int = 422,
) -> HttpResponse:
    context = {
        "form": form,
        "token": token,
        "complaints": words.complaints(refused or []),
        "kept": originals.waiting(receipt.report) if receipt else 0,
        "most_megabytes": settings.FILE_MOST_BYTES // 1024**2,
        "most_files": settings.FILES_MOST,
    }
    return render(request, "reports/tell.html", context, status=status if form.is_bound else 200)


def _receipt_page(
    request: HttpRequest,
    report: Report,
    receipt: Receipt,
    content: Answers,
    form: ReportForm,
) -> HttpResponse:
    page = pages.receipt_page(
        report,
        receipt.code,
        content=content,
        reach=form.data.get("reach", ""),
        files=originals.originals_of(report.pk).count(),
        at=clock.now(),
    )
    return render(request, "reports/receipt.html", {"page": page})
