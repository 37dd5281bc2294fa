"""Originals: always fetched as an attachment, never opened by the browser."""

import uuid

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from varna.cases.queries import case_of
from varna.evidence import actions as evidence
from varna.evidence import queries
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import ANONYMOUS
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault


SANDBOX = "sandbox; default-src 'none'"


@require_safe
@policy("evidence.original")
def original(request: HttpRequest, item_id: uuid.UUID) -> HttpResponseBase:
    """Whoever may open the evidence of the report or its case gets the original. One that is not
    there is asked for in every way as one that is: how long it takes tells nothing.
    """
    actor = acting(request)
    if actor == ANONYMOUS:
        raise Http404
    item = queries.original(item_id)
    owner = item_id if item is None else item.owner
    linked = case_of(owner)
    try:
        with vault.opened(
            owner,
            {Compartment.EVIDENCE},
            by=actor,
            at=clock.now(),
            purpose=vault.Purpose.FILE,
            within=linked[0] if linked else owner,
        ) as handle:
            if item is None:
                raise Http404
            described = evidence.described(item, handle)
            chunks = evidence.content(item, handle)
    except (vault.RefusedError, vault.GoneError):
        raise Http404 from None
    response = StreamingHttpResponse(chunks, content_type="application/octet-stream")
    name = described.name or "original"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Length"] = str(described.size)
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "no-store"
    return response
