"""What employees and elected officials have, side by side: as far as possible alike."""

import uuid
from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from varna.following import actions, queries
from varna.following.forms import TermsForm
from varna.following.models import OWNERS
from varna.following.views.looking import OWNING, READING
from varna.foundation import clock
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.queries import names
from varna.foundation.deeds import WhyNot


@require_http_methods(["GET", "HEAD", "POST"])
@READING
def terms(request: HttpRequest) -> HttpResponse:
    """The list, and when it was last gone through."""
    actor = acting(request)
    owns = actor.has(*OWNERS)
    form = TermsForm(request.POST or None)
    if request.method == "POST" and not owns:
        raise Http404
    if form.is_valid():
        actions.add_terms(**form.cleaned_data, by=actor, at=clock.now())
        return redirect("compliance:terms")
    reviews = queries.terms_reviews()
    known = names([one.by for one in reviews])
    page = {
        "form": form,
        "owns": owns,
        "lines": queries.terms(),
        "reviews": [(one, known.get(one.by, "–")) for one in reviews],
    }
    status = 422 if form.errors else 200
    return render(request, "following/terms.html", page, status=status)


@require_POST
@OWNING
def end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    actions.end_terms(pk, by=acting(request), at=clock.now())
    return redirect("compliance:terms")


@require_POST
@OWNING
def reviewed(request: HttpRequest) -> HttpResponse:
    """All of it has been gone through today."""
    with suppress(WhyNot):  # an empty list, as the page says
        actions.review_terms(by=acting(request), at=clock.now())
    return redirect("compliance:terms")
