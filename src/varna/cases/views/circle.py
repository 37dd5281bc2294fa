"""Who may see the case; who is exposed, who is pointed out, who has a conflict of interest."""

import uuid
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from varna.cases.actions import assigning, circle
from varna.cases.forms.circle import (
    AssignForm,
    CircleForm,
    ConflictForm,
    EndForm,
    ExposedForm,
    PersonForm,
    ShareForm,
)
from varna.cases.models import Case
from varna.cases.rules.circle import may_give, why_not_end
from varna.cases.rules.counting import Whom
from varna.cases.sealed import ExposedPerson, PersonPointedOut
from varna.cases.views.ground import back_to, found_account, found_case, handling, show, tried
from varna.foundation import clock
from varna.foundation.access import queries as access
from varna.foundation.access.rules import GrantReason
from varna.foundation.accounts import queries as accounts
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.organisation.queries import bodies_of, people_named


Forms = dict[str, Any]


@require_safe
@handling()
def members(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    return _page(request, found_case(request, case_id), {})


def _page(request: HttpRequest, case: Case, faulty: Forms) -> HttpResponse:
    def context(handle: vault.Handle, actor: Actor) -> dict[str, Any]:
        grants = access.circle(case.pk, at=clock.now())
        names = accounts.names({grant.account for grant in grants})
        leads = actor.has(Role.LEAD)
        pointed = handle.read(case, "pointed_out", PersonPointedOut)
        exposed = handle.read(case, "exposed", ExposedPerson)
        shown: Forms = {
            "assign": AssignForm(auto_id="assign_%s"),
            "add": CircleForm(auto_id="add_%s"),
            "share": ShareForm(auto_id="share_%s"),
            "conflict": ConflictForm(auto_id="conflict_%s"),
            "point": PersonForm(auto_id="point_%s", initial={"text": pointed.text}),
            "expose": ExposedForm(
                auto_id="expose_%s",
                initial={"whom": case.whom, "name": exposed.name, "role": exposed.role},
            ),
        }
        return {
            **(shown | faulty),
            "members": [
                (one, names.get(one.account, ""), _may_end(one, actor, leads=leads))
                for one in grants
            ],
            "leads": leads,
            "may_assign": may_give(case.handler, actor.account, leads=leads),
        }

    return show(
        request,
        "cases/circle.html",
        case,
        context,
        also={Compartment.PERSON},
        status=422 if faulty else 200,
    )


def _may_end(one: access.Holding, actor: Actor, *, leads: bool) -> bool:
    own = one.account == actor.account
    return one.id is not None and why_not_end(one.relation, own=own, leads=leads) is None


@require_POST
@handling()
def add(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    form = CircleForm(request.POST, auto_id="add_%s")
    if form.is_valid():
        asked, by, at = form.cleaned_data, acting(request), clock.now()
        reason = GrantReason(asked["reason"])
        until = clock.end_of(asked["until"]) if asked["until"] else None
        let_in = partial(circle.add, case, asked["account"], reason=reason, until=until)
        if tried(form, lambda: let_in(by=by, at=at), "account"):
            return back_to(case, "circle")
    return _page(request, case, {"add": form})


@require_POST
@handling()
def share(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    form = ShareForm(request.POST, auto_id="share_%s")
    if form.is_valid():
        asked, by, at = form.cleaned_data, acting(request), clock.now()
        bodies = _bodies_of_exposed(request, case)
        share_with = partial(
            circle.share,
            case,
            asked["account"],
            bodies=bodies,
            until=clock.end_of(asked["until"]),
            also_content=asked["also_content"],
        )
        if tried(form, lambda: share_with(by=by, at=at), "account"):
            return back_to(case, "circle")
    return _page(request, case, {"share": form})


def _bodies_of_exposed(request: HttpRequest, case: Case) -> set[uuid.UUID]:
    """The bodies that the exposed person sits in today; none if nobody in the register is named."""
    with vault.opened(
        case.pk,
        {Compartment.CONTENT},
        by=acting(request),
        at=clock.now(),
        purpose=vault.Purpose.HANDLE,
    ) as handle:
        person = handle.read(case, "exposed", ExposedPerson).person
    return bodies_of(uuid.UUID(person), clock.today()) if person else set()


@require_POST
@handling()
def assign(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Give the case to a colleague."""
    case = found_case(request, case_id)
    form = AssignForm(request.POST, auto_id="assign_%s")
    if form.is_valid():
        by, at = acting(request), clock.now()
        give = partial(assigning.assign, case, form.cleaned_data["account"])
        if tried(form, lambda: give(by=by, at=at), "account"):
            return _after(request, case)
    return _page(request, case, {"assign": form})


@require_POST
@handling()
def remove(request: HttpRequest, case_id: uuid.UUID, grant_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    form = EndForm(request.POST)
    by, at = acting(request), clock.now()
    if tried(form, lambda: circle.remove(case, grant_id, by=by, at=at)):
        return _after(request, case)
    return _page(request, case, {"end": form})


def _after(request: HttpRequest, case: Case) -> HttpResponse:
    """Whoever has just left the circle goes to the desk; the case is not there any more."""
    still = Case.visible_to(acting(request), at=clock.now()).filter(pk=case.pk).exists()
    return back_to(case, "circle") if still else redirect("cases:desk")


@require_POST
@handling()
def declare(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """A conflict of interest of one's own. The case is gone at once."""
    case = found_case(request, case_id)
    actor = acting(request)
    me = found_account(actor)
    circle.keep_out(case, me, by=actor, at=clock.now())
    return _after(request, case)


@require_POST
@handling()
def find_conflict(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """A lead handler has found that somebody has a conflict of interest."""
    case = found_case(request, case_id)
    if not acting(request).has(Role.LEAD):
        raise Http404
    form = ConflictForm(request.POST, auto_id="conflict_%s")
    if form.is_valid():
        circle.keep_out(case, form.cleaned_data["account"], by=acting(request), at=clock.now())
        return _after(request, case)
    return _page(request, case, {"conflict": form})


@require_POST
@handling()
def point_out(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    form = PersonForm(request.POST, auto_id="point_%s", find=people_named)
    if form.is_valid():
        asked = form.cleaned_data
        circle.point_out(
            case, asked["text"], person=asked["person"], by=acting(request), at=clock.now()
        )
        return _after(request, case)
    return _page(request, case, {"point": form})


@require_POST
@handling()
def expose(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    case = found_case(request, case_id)
    form = ExposedForm(request.POST, auto_id="expose_%s", find=people_named)
    if form.is_valid():
        asked = form.cleaned_data
        who = circle.Exposed(Whom(asked["whom"]), asked["name"], asked["role"], asked["person"])
        circle.name_exposed(case, who, by=acting(request), at=clock.now())
        return _after(request, case)
    return _page(request, case, {"expose": form})
