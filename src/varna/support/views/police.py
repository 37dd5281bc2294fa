"""Police reports, and what has come of them."""

import uuid
from dataclasses import asdict, fields
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from varna.cases.models import Case
from varna.cases.queries import parts
from varna.cases.views.ground import (
    back_to,
    found_case,
    handling,
    show,
    status_of,
)
from varna.foundation import clock
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Actor
from varna.foundation.vault import service as vault
from varna.support import actions as supporting
from varna.support.forms import PoliceForm
from varna.support.models import PoliceContact
from varna.support.sealed import PoliceReport


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def police(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Police reports: what is known, and a form for a new one or for what has come of one."""
    case = found_case(request, case_id)
    known = _known(case, request.GET.get("andra") or request.POST.get("known"))
    form = PoliceForm(request.POST or None)
    if form.is_valid():
        asked = form.cleaned_data
        said = PoliceReport(
            **{one.name: str(asked[one.name] or "") for one in fields(PoliceReport)}
        )
        supporting.note_police(
            case,
            said,
            remind_on=asked["remind_on"],
            ended_on=asked["ended_on"],
            known=known,
            by=acting(request),
            at=clock.now(),
        )
        return back_to(case, "police")

    def context(handle: vault.Handle, _actor: Actor) -> dict[str, Any]:
        if known is not None and not form.is_bound:
            form.initial = asdict(handle.read(known, "what", PoliceReport)) | {
                "remind_on": known.remind_on, "ended_on": known.ended_on,
            }  # fmt: skip
        rows = [(row, handle.read(row, "what", PoliceReport)) for row in parts(PoliceContact, case)]
        return {"form": form, "contacts": rows, "known": known}

    return show(request, "support/police.html", case, context, status=status_of(form))


def _known(case: Case, written: str | None) -> PoliceContact | None:
    if not written:
        return None
    try:
        pk = uuid.UUID(written)
    except ValueError:
        raise Http404 from None
    found = parts(PoliceContact, case).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
