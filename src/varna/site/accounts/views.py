"""The access administrator's pages. Each deed is a button of its own, and leaves a line."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.foundation import clock
from varna.foundation.access import actions as access
from varna.foundation.access.policies import policy
from varna.foundation.accounts import actions, queries
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.models import ROLE_LABELS, Account
from varna.foundation.accounts.rules import CHANGE_LIVES, Actor, Reason, Role, Strength
from varna.foundation.deeds import WhyNot
from varna.foundation.ui.forms import tried
from varna.organisation.queries import bodies, people_named, person_name_for
from varna.site.accounts.actions import say_whose
from varna.site.accounts.forms import GiveRoleForm, OpenAccountForm, PersonForm


PER_PAGE = 25
REFUSAL = {
    Reason.OWN_ACCOUNT: _("Nobody changes their own account. Ask a colleague."),
    Reason.EMAIL_TAKEN: _("There is already an account with this address."),
    Reason.HELD_ALREADY: _("They hold this role already."),
    Reason.SECOND_ACCOUNT: _(
        "This person has an account already. Tick here if it is the same person and both accounts "
        "are to stay; a conflict of interest then holds for both."
    ),
}
FIELD = {Reason.HELD_ALREADY: "role"}
administers = policy("accounts.administer", Role.ACCESS_ADMIN, strength=Strength.STRONG)


@require_safe
@administers
def every_account(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:100]
    found = Paginator(queries.accounts(query, at=clock.now()), PER_PAGE)
    page = found.get_page(request.GET.get("sida"))
    return render(request, "accounts/list.html", {"page": page, "query": query})


@require_http_methods(["GET", "POST"])
@administers
def open_account(request: HttpRequest) -> HttpResponse:
    form = OpenAccountForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.open_account(
                email=said["email"],
                name=said["name"],
                title=said["title"],
                by=acting(request),
                at=clock.now(),
            )
        except WhyNot as why:
            form.add_error("email", REFUSAL[why.reason])
        else:
            return redirect("accounts:one", made.pk)
    return render(request, "accounts/open.html", {"form": form})


def _account(pk: uuid.UUID) -> Account:
    found = Account.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _done(request: HttpRequest, account: Account, deed: Callable[[], object]) -> HttpResponse:
    """Do it, and show the account again. One's own page has no such buttons; and before nobody
    receives reports any more, it is said and asked about.
    """
    try:
        deed()
    except WhyNot as why:
        if why.reason is not Reason.LAST_RECEIVER:
            raise Http404 from None
        return render(request, "accounts/last_receiver.html", {"account": account}, status=422)
    return redirect("accounts:one", account.pk)


def _knowingly(request: HttpRequest) -> bool:
    return request.POST.get("knowingly") == "yes"


@require_safe
@administers
def one_account(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _shown(request, _account(pk), _role_form(request))


def _role_form(request: HttpRequest) -> GiveRoleForm:
    choices = [(str(b.pk), b.name) for b in bodies(acting(request), at=clock.now())]
    return GiveRoleForm(request.POST if "role" in request.POST else None, bodies=choices)


def _shown(
    request: HttpRequest, account: Account, form: GiveRoleForm, person: PersonForm | None = None
) -> HttpResponse:
    at, actor = clock.now(), acting(request)
    known = person_name_for(actor, account.person, at=at) if account.person else ""
    scopes = {body.pk: body.name for body in bodies(actor, at=at)}
    return render(
        request,
        "accounts/one.html",
        {
            "account": account,
            "form": form,
            "person": person or PersonForm(),
            "known_as": known,
            "asked": _asked(account, actor, at=at),
            "scopes": [
                scopes[g.scope] for g in queries.roles_held(account, at=at) if g.scope in scopes
            ],
            "held": queries.roles_held(account, at=at),
            "earlier": queries.roles_ended(account, at=at),
            "authenticators": queries.authenticators(account),
            "may_enrol": account.may_enrol_until is not None and account.may_enrol_until > at,
            "own": account.pk == acting(request).account,
        },
    )


def _asked(account: Account, actor: Actor, *, at: dt.datetime) -> dict[str, object] | None:
    """That the account is to be somebody else's, and whether this is who may say the same."""
    asked = queries.change_asked(account, at=at)
    if asked is None:
        return None
    return {
        "person": person_name_for(actor, asked.person, at=at),
        "by": queries.names([asked.asked_by]).get(asked.asked_by, ""),
        "until": asked.asked_at + CHANGE_LIVES,
        "own": queries.is_same_person(asked.asked_by, actor),
    }


@require_POST
@administers
def give_role(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    account, form = _account(pk), _role_form(request)
    if form.is_valid():
        role, day = Role(form.cleaned_data["role"]), form.cleaned_data["until"]
        until = None if day is None else clock.start_of(day + dt.timedelta(days=1))
        try:
            scope = uuid.UUID(form.cleaned_data["scope"]) if form.cleaned_data["scope"] else None
            access.appoint(
                account, role, by=acting(request), at=clock.now(), until=until, scope=scope
            )
        except actions.Apart as apart:
            form.add_error("role", _held_apart(apart.held))
        except WhyNot as why:
            form.add_error(FIELD.get(why.reason), REFUSAL[why.reason])
        else:
            return redirect("accounts:one", pk)
    return _shown(request, account, form)


def _held_apart(held: Role) -> str:
    return _(
        "They are %(role)s. The two must be kept apart, so that nobody both gives access and "
        "reads. End that role first, or choose somebody else."
    ) % {"role": ROLE_LABELS[held]}


@require_POST
@administers
def end_role(request: HttpRequest, pk: uuid.UUID, grant: uuid.UUID) -> HttpResponse:
    account, at = _account(pk), clock.now()
    held = queries.role_held(account, grant, at=at)
    if held is None:
        raise Http404
    end = partial(access.retire, held, knowingly=_knowingly(request))
    return _done(request, account, lambda: end(by=acting(request), at=at))


@require_POST
@administers
def lock(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    account = _account(pk)
    lock = partial(actions.lock_account, account, knowingly=_knowingly(request))
    return _done(request, account, lambda: lock(by=acting(request), at=clock.now()))


@require_POST
@administers
def unlock(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    account = _account(pk)
    return _done(
        request,
        account,
        lambda: actions.unlock_account(account, by=acting(request), at=clock.now()),
    )


@require_POST
@administers
def let_enrol(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    account = _account(pk)
    return _done(
        request, account, lambda: actions.let_enrol(account, by=acting(request), at=clock.now())
    )


@require_POST
@administers
def link_person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say who the account's holder is in the register; the name must be one person's only."""
    account, form = _account(pk), PersonForm(request.POST)
    if form.is_valid():
        found = people_named(form.cleaned_data["name"])
        if len(found) != 1:
            form.add_error("name", _("Nobody, or more than one, in the register has this name."))
        else:
            another = form.cleaned_data["another_account"]
            by, at = acting(request), clock.now()
            say = partial(say_whose, account, found[0], another_account=another)
            if tried(form, lambda: say(by=by, at=at), REFUSAL, field="another_account"):
                return redirect("accounts:one", pk)
    return _shown(request, account, _role_form(request), form)
