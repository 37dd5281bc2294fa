"""The public pages: what is happening, tell us, and the receipt. No sign-in, no cookie, no script
needed. The form's own one-time token stands in for Django's, which would set a cookie.
"""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from varna.evidence import queries as originals
from varna.foundation import clock
from varna.foundation.access.limits import BUCKETS, sender, slow_down
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.vault.uploads import Refusal, SealedUpload, refused_files
from varna.reports import actions, pages, queries, rules, words
from varna.reports.forms import ReportForm
from varna.reports.models import Report
from varna.reports.receipts import Receipt, new_token, receipt_for
from varna.reports.sealed import Answers


HOUR = 3600.0


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@policy("report.create")
def tell(request: HttpRequest) -> HttpResponse:
    """The one page of the form."""
    if request.method != "POST":
        return _form_page(request, ReportForm(), new_token())
    token = request.POST.get("token", "")
    receipt = receipt_for(token)
    form = ReportForm(request.POST)
    if receipt is None:
        _discard(request)
        form.add_error(None, words.STALE)
        return _form_page(request, form, new_token())
    return _received(request, form, token, receipt)


def _received(request: HttpRequest, form: ReportForm, token: str, receipt: Receipt) -> HttpResponse:
    known = queries.already_sent(receipt.report)
    if known is not None:
        _discard(request)
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
    report = actions.submit(told, receipt, by=acting(request), at=clock.now())
    return _receipt_page(request, report, receipt, told.content, form)


def _lane(request: HttpRequest) -> rules.Lane:
    limits = settings.LIMITS
    level = max(
        BUCKETS.level("report", sender(request), most=limits["reports_per_sender"], seconds=HOUR),
        BUCKETS.level("report", "all", most=limits["reports_in_all"], seconds=HOUR),
    )
    slow_down(level)
    return rules.Lane.QUARANTINE if level > 1.0 else rules.Lane.NORMAL


def _uploads(request: HttpRequest) -> list[SealedUpload]:
    return cast("list[SealedUpload]", request.FILES.getlist("files"))


def _discard(request: HttpRequest) -> None:
    for upload in _uploads(request):
        upload.discard()


def _keep_files(request: HttpRequest, receipt: Receipt) -> list[tuple[str, Refusal]]:
    """Keep what came with the form even if the form has faults; answer what was refused."""
    if request.POST.get("drop_files"):
        actions.drop_files(receipt.report, by=acting(request), at=clock.now())
    refused = refused_files(request)
    if not _uploads(request):
        return refused
    room = settings.FILES_MOST - originals.waiting(receipt.report)
    for upload in _uploads(request):
        if room > 0:
            actions.keep_file(receipt.report, upload, by=acting(request), at=clock.now())
            room -= 1
        else:
            upload.discard()
            refused = [*refused, (upload.name or "", Refusal.TOO_MANY)]
    return refused


def _form_page(
    request: HttpRequest,
    form: ReportForm,
    token: str,
    *,
    receipt: Receipt | None = None,
    refused: list[tuple[str, Refusal]] | None = None,
) -> HttpResponse:
    most = settings.FILE_MOST_BYTES // (1024 * 1024)
    complaints = [
        words.REFUSAL[why] % {"name": name, "most": most, "files": settings.FILES_MOST}
        for name, why in refused or []
    ]
    context = {
        "form": form,
        "token": token,
        "complaints": complaints,
        "kept": originals.waiting(receipt.report) if receipt else 0,
        "most_megabytes": most,
        "most_files": settings.FILES_MOST,
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/tell.html", context, status=status)


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
