"""Which adopted text the file that is followed is a reading of."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from varna.documents import queries as documents
from varna.following import queries
from varna.following.forms import TextForm
from varna.following.models import OWNERS
from varna.following.pages.xray import about_text
from varna.following.rules.xray import texts
from varna.following.views.looking import READING
from varna.foundation import clock
from varna.foundation.accounts.middleware import acting
from varna.foundation.deeds import WhyNot
from varna.plan import actions as plans
from varna.plan.queries import adoption_behind
from varna.plan.words import WHY_NOT_TIE


@require_http_methods(["GET", "HEAD", "POST"])
@READING
def text(request: HttpRequest) -> HttpResponse:
    """The adopted text that is followed, what is asked about it, and for its owner which it is."""
    found, actor = queries.stand(clock.now()), acting(request)
    owns = actor.has(*OWNERS)
    if found is None or (request.method == "POST" and not owns):
        raise Http404
    adoption = adoption_behind(found.followed.now)
    known = texts(found.followed.now.plan, found.known.adoptions)
    told = {one.version_id: one for one in documents.adoptions()}
    form = TextForm(request.POST or None, texts=[told[one.version] for one in reversed(known)])
    if form.is_valid():
        chosen = told[uuid.UUID(form.cleaned_data["document"])]
        words = documents.adopted_text(chosen.version_id)
        try:
            plans.tie_text(
                adoption.pk, chosen.version_id, chosen.sha256, words, by=actor, at=clock.now()
            )
        except WhyNot as why:
            form.add_error("document", str(WHY_NOT_TIE[why.reason]))
        else:
            return redirect("compliance:text")
    page = {
        "form": form,
        "owns": owns,
        "tied": told.get(adoption.document) if adoption.document else None,
        "asked": about_text(found),
        "texts": known,
    }
    return render(request, "following/text.html", page, status=422 if form.errors else 200)
