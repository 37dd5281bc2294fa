"""Who has taken part of a version: asked, read by link or signed in, noted from minutes."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from varna.documents import queries, words
from varna.documents.actions import known
from varna.documents.forms import MakeKnownForm, MinutesForm
from varna.documents.models import NOTERS, WRITERS, Acknowledgement, Version, writes
from varna.documents.rules.marks import html
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Role, Strength
from varna.foundation.deeds import WhyNot
from varna.invitations import queries as invitations
from varna.invitations import views as links
from varna.invitations.actions import inviting


NOTING = policy("documents.note", *NOTERS, Role.CONTACT, strength=Strength.STRONG)
GIVING = policy("documents.give", *NOTERS, strength=Strength.STRONG)
ASKING = policy("documents.ask", *WRITERS, strength=Strength.STRONG)


def _version(request: HttpRequest, pk: uuid.UUID) -> Version:
    found = queries.find_version(acting(request), pk)
    if found is None or not found.is_adopted:
        raise Http404
    return found


# The link itself is what admits: there is no cookie that another site could make use of.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@policy("documents.acknowledge")
def acknowledge(request: HttpRequest, token: str) -> HttpResponse:
    """The text, and a button that says that one has taken part of it."""
    invitation = invitations.by_token(token)
    asking = queries.asking_behind(invitation.occasion_id) if invitation else None
    if invitation is None or asking is None:
        return links.unknown(request)
    found = asking.version
    if request.method == "POST":
        known.acknowledge(found, token=token, by=acting(request), at=clock.now())
        return HttpResponseRedirect(request.path)
    done = queries.who_has(found.pk, Acknowledgement.Kind.PERSON).get(invitation.invitee)
    page = {
        "version": found,
        "done": done,
        "text": mark_safe(html(found.text)),  # noqa: S308 (HTML in the text comes out as words)
    }
    return render(request, "documents/acknowledge.html", page)


@require_POST
@policy("documents.read_it", signed_in=True)
def read_it(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Somebody signed in, who is in the register, says that they have taken part of it."""
    actor = acting(request)
    found = _version(request, pk)
    known.acknowledge(found, by=actor, at=clock.now())
    return redirect("documents:version", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@ASKING
def make_known(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose who is asked to take part of the version in force."""
    found = _version(request, pk)
    form = MakeKnownForm(links.written(request))
    if form.is_valid():
        try:
            known.make_known(
                found,
                groups=form.groups(),
                bodies=form.cleaned_data["bodies"],
                by=acting(request),
                at=clock.now(),
            )
        except WhyNot as refused:
            form.add_error(None, str(words.WHY_NOT[refused.reason]))
        else:
            return redirect("documents:coverage", pk)
    page = {"form": form, "version": found}
    status = 422 if form.errors else 200
    return render(request, "documents/make_known.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@NOTING
def coverage(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """By group and body; minutes are noted here. A contact sees the own bodies and no people."""
    actor, at, day = acting(request), clock.now(), clock.today()
    found = _version(request, pk)
    whole = actor.has(*NOTERS)
    rows = queries.body_rows(actor, pk, day, at=at)
    form = MinutesForm(request.POST or None, units=[unit for unit, done in rows if not done])
    if form.is_valid():
        said = form.cleaned_data
        try:
            known.note_minutes(
                found, uuid.UUID(said["unit"]), on=said["on"], minutes=said["minutes"],
                by=actor, at=at,
            )  # fmt: skip
        except WhyNot:
            raise Http404 from None
        return redirect("documents:coverage", pk)
    asking = queries.asking_of(pk)
    page = {
        "version": found,
        "asking": asking,
        "shares": queries.coverage(asking, day) if asking and whole else [],
        "by_hand": queries.by_hand(actor, asking, at=at) if asking and whole else [],
        "rows": rows,
        "form": form if any(not done for _unit, done in rows) else None,
        "writes": writes(actor),
    }
    status = 422 if form.errors else 200
    return render(request, "documents/coverage.html", page, status=status)


@require_POST
@GIVING
def given(request: HttpRequest, pk: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    """Asked by hand, or read on paper: the button says which."""
    actor, at = acting(request), clock.now()
    found = _version(request, pk)
    asking = queries.asking_of(pk)
    if asking is None:
        raise Http404
    row = invitations.invitations_to(actor, asking.pk).filter(pk=invitation).first()
    if row is None:
        raise Http404
    inviting.give_by_hand(row, by=actor, at=at)
    if request.POST.get("read") == "yes":
        known.note_person(found, row.invitee, by=actor, at=at)
    return redirect("documents:coverage", pk)
