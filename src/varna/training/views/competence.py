"""Those who serve full time: what the law adds, who vouches for it, and what was written."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.foundation import clock
from varna.foundation.accounts.middleware import acting
from varna.organisation import queries as register
from varna.organisation.rules.roles import Group
from varna.training import queries
from varna.training.actions import confirming
from varna.training.forms import ConfirmForm
from varna.training.views.arranging import keeping


@require_safe
@keeping()
def full_time(request: HttpRequest) -> HttpResponse:
    people = queries.full_time(acting(request), clock.today(), at=clock.now())
    return render(request, "training/full_time.html", {"people": people})


@require_http_methods(["GET", "HEAD", "POST"])
@keeping()
def person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One of them: what has been confirmed, and a form to confirm more."""
    _one_of_them(pk)
    form = ConfirmForm(request.POST or None, initial={"on": clock.today().isoformat()})
    if form.is_valid():
        confirming.confirm(
            pk,
            form.vouched(),
            on=form.cleaned_data["on"],
            note=form.cleaned_data["note"],
            by=acting(request),
            at=clock.now(),
        )
        return redirect("training:person", pk)
    return _page(request, pk, form)


@require_POST
@keeping()
def note(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Open what was written. Asked for with a button, because it leaves a line in the log."""
    found = queries.find_confirmation(acting(request), pk)
    if found is None:
        raise Http404
    written = confirming.read_note(found, by=acting(request), at=clock.now())
    form = ConfirmForm(initial={"on": clock.today().isoformat()})
    return _page(request, found.person, form, opened=found.pk, written=written)


def _one_of_them(pk: uuid.UUID) -> None:
    known = {one.person for one in queries.confirmations()}
    if pk not in known and pk not in queries.audience([Group.FULL_TIME], clock.today()):
        raise Http404


def _page(
    request: HttpRequest,
    pk: uuid.UUID,
    form: ConfirmForm,
    opened: uuid.UUID | None = None,
    written: str = "",
) -> HttpResponse:
    actor, at = acting(request), clock.now()
    page = {
        "person": pk,
        "name": register.person_name_for(actor, pk, at=at),
        "rows": queries.confirmations_of(actor, pk),
        "form": form,
        "opened": opened,
        "written": written,
    }
    return render(request, "training/person.html", page, status=422 if form.errors else 200)
