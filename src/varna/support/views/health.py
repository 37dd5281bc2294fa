"""Occupational health: that it was offered, and the answer to whoever handles the case."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
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
from varna.foundation.codes import word_for
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.support import actions as supporting
from varna.support import words
from varna.support.forms import HealthForm
from varna.support.models import HealthOffer


@require_http_methods(["GET", "HEAD", "POST"])
@handling()
def health(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Occupational health: only whoever handles the case reads the answer."""
    case = found_case(request, case_id)
    form = HealthForm(request.POST or None)
    if form.is_valid():
        supporting.offer_health(
            case, form.cleaned_data["answer"], by=acting(request), at=clock.now()
        )
        return back_to(case, "health")
    may_read = _may_read_health(request, case)

    def context(handle: vault.Handle, _actor: Actor) -> dict[str, Any]:
        rows = parts(HealthOffer, case)
        shown = [(r, _answer(r, handle) if may_read else "") for r in rows]
        return {"form": form, "offers": shown, "may_read": may_read}

    also = {Compartment.HEALTH} if may_read else set()
    return show(request, "support/health.html", case, context, also=also, status=status_of(form))


def _answer(offer: HealthOffer, handle: vault.Handle) -> str:
    return word_for(words.HEALTH, handle.read(offer, "answer", str))


def _may_read_health(request: HttpRequest, case: Case) -> bool:
    return vault.may_open(acting(request), case.pk, {Compartment.HEALTH}, at=clock.now())
