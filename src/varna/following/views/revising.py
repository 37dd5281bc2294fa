"""What a revision must weigh: law, experience, surroundings, trends and risks, and each lesson."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.documents import queries as documents
from varna.documents.models import Version
from varna.following import actions
from varna.following.forms import ConsiderForm
from varna.following.models import Consideration
from varna.following.pages.revision import revision
from varna.following.views.looking import OWNING
from varna.foundation import clock
from varna.foundation.accounts.middleware import acting


@require_safe
@OWNING
def revisions(request: HttpRequest) -> HttpResponse:
    """The drafts that a checklist can be kept for, and what was weighed for adopted ones."""
    shelves = documents.shelves(acting(request), clock.today())
    return render(request, "following/revisions.html", {"shelves": shelves})


def _version(request: HttpRequest, pk: uuid.UUID) -> Version:
    found = documents.find_version(acting(request), pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@OWNING
def revise(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One version's checklist."""
    version, actor, at = _version(request, pk), acting(request), clock.now()
    form = ConsiderForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        head = Consideration.Head(said["head"])
        actions.consider(version.pk, head, words=said["words"], by=actor, at=at)
        return redirect("compliance:revise", pk)
    page = {"form": form, "page": revision(version, by=actor, at=at)}
    return render(request, "following/revise.html", page)


@require_POST
@OWNING
def weigh(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """These lessons have been weighed in this version."""
    version = _version(request, pk)
    try:
        lessons = {uuid.UUID(each) for each in request.POST.getlist("lesson")}
    except ValueError:
        raise Http404 from None
    actions.weigh_lessons(version.pk, lessons, by=acting(request), at=clock.now())
    return redirect("compliance:revise", pk)
