"""Who is the contact for what; name, correct, verify and end."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.contacts import actions, queries, words
from varna.contacts.actions import Named
from varna.contacts.forms import FunctionForm, NameForm
from varna.contacts.models import KEEPERS, keeps_all
from varna.contacts.queries import Line, Place
from varna.contacts.rules import Freshness
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Role, Strength


KEEPING = policy("contacts.keep", *KEEPERS, Role.CONTACT, strength=Strength.STRONG)
NAMING_FUNCTIONS = policy("contacts.functions", *KEEPERS, strength=Strength.STRONG)


@require_safe
@KEEPING
def overview(request: HttpRequest) -> HttpResponse:
    """Every place and its contact; what needs something stands first."""
    actor = acting(request)
    lines = queries.lines(actor, at=clock.now(), day=clock.today())
    waiting = [line for line in lines if line.freshness is not Freshness.FRESH]
    page = {
        "waiting": waiting,
        "fresh": [line for line in lines if line.freshness is Freshness.FRESH],
        "keeps_all": keeps_all(actor),
    }
    return render(request, "contacts/overview.html", page)


def _line(request: HttpRequest, code: str) -> Line:
    """A place that is there, or a new function for those who keep all."""
    actor = acting(request)
    found = queries.line(actor, code, at=clock.now(), day=clock.today())
    if found is None:
        raise Http404
    return found


@require_safe
@KEEPING
def place(request: HttpRequest, code: str) -> HttpResponse:
    return _place_page(request, _line(request, code))


@require_POST
@KEEPING
def reach(request: HttpRequest, code: str) -> HttpResponse:
    """Open how to reach somebody. Asked for with a button, because it leaves a line in the log."""
    line = _line(request, code)
    if line.contact is None:
        raise Http404
    opened = actions.read_reach(line.place, by=acting(request), at=clock.now())
    return _place_page(request, line, opened)


def _place_page(request: HttpRequest, line: Line, opened: Named | None = None) -> HttpResponse:
    page = {"line": line, "opened": opened, "history": queries.history(line.place)}
    return render(request, "contacts/place.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def name(request: HttpRequest, code: str) -> HttpResponse:
    """Name somebody new."""
    line = _line(request, code)
    form = NameForm(request.POST or None)
    if form.is_valid():
        actions.name(line.place, form.said(), by=acting(request), at=clock.now())
        return _saved(request, form, line.place)
    return _form_page(request, form, line)


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """The same person, written better."""
    line = _line(request, code)
    if line.contact is None:
        raise Http404
    if request.method == "POST":
        form = NameForm(request.POST)
    else:
        known = actions.read_reach(line.place, by=acting(request), at=clock.now())
        form = NameForm(
            initial={
                "name": known.name, "title": known.title,
                "email": known.email, "phone": known.phone,
            }
        )  # fmt: skip
    if form.is_valid():
        actions.correct(line.place, form.said(), by=acting(request), at=clock.now())
        return _saved(request, form, line.place)
    return _form_page(request, form, line, corrects=True)


def _saved(request: HttpRequest, form: NameForm, place: Place) -> HttpResponse:
    if form.cleaned_data["verified"]:
        actions.verify(place, by=acting(request), at=clock.now())
    return redirect("contacts:place", place.key)


def _form_page(
    request: HttpRequest, form: NameForm, line: Line, *, corrects: bool = False
) -> HttpResponse:
    page = {"form": form, "line": line, "corrects": corrects}
    status = 422 if form.errors else 200
    return render(request, "contacts/name.html", page, status=status)


@require_POST
@KEEPING
def verify(request: HttpRequest, code: str) -> HttpResponse:
    line = _line(request, code)
    if line.contact is None:
        raise Http404
    actions.verify(line.place, by=acting(request), at=clock.now())
    return redirect("contacts:place", code)


@require_POST
@KEEPING
def end(request: HttpRequest, code: str) -> HttpResponse:
    actions.end(_line(request, code).place, by=acting(request), at=clock.now())
    return redirect("contacts:place", code)


@require_http_methods(["GET", "HEAD", "POST"])
@NAMING_FUNCTIONS
def function(request: HttpRequest) -> HttpResponse:
    """A contact for one of the plan's own roles."""
    form = FunctionForm(request.POST or None)
    named = NameForm(request.POST or None)
    if form.is_valid() and named.is_valid():
        code = form.cleaned_data["function"]
        place = Place(code, words.function(code), function=code)
        actions.name(place, named.said(), by=acting(request), at=clock.now())
        return _saved(request, named, place)
    page = {"form": form, "named": named}
    status = 422 if form.errors or named.errors else 200
    return render(request, "contacts/function.html", page, status=status)
