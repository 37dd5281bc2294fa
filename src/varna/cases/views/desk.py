"""Where a handler's day starts."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from varna.cases import words
from varna.cases.models import Case
from varna.cases.pages.desk import case_rows, desk
from varna.cases.rules.steps import State
from varna.cases.views.ground import found_account, handling
from varna.foundation import clock, rooms
from varna.foundation.accounts.actions import take_duty
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Role
from varna.foundation.deeds import WhyNot


PAGE = 50


@require_safe
@handling()
def start(request: HttpRequest) -> HttpResponse:
    actor, at = acting(request), clock.now()
    tonight = [found for ask in rooms.handed("cases.tonight") if (found := ask(actor, at=at))]
    context = {
        "desk": desk(actor, at=at),
        "on_duty": actor.on_duty if actor.has(Role.HANDLER) else None,  # whoever leads has none
        "tonight": tonight,
    }
    return render(request, "cases/desk.html", context)


@require_POST
@handling()
def duty(request: HttpRequest) -> HttpResponse:
    """Take new reports, or not for now. The last who does is asked first."""
    actor, said = acting(request), request.POST
    try:
        take_duty(
            found_account(actor),
            on_duty=said.get("on_duty") == "yes",
            knowingly=said.get("knowingly") == "yes",
            by=actor,
            at=clock.now(),
        )
    except WhyNot:
        return render(request, "cases/last_receiver.html", status=422)
    return redirect("cases:desk")


@require_safe
@handling()
def every(request: HttpRequest) -> HttpResponse:
    """All the cases this actor may see, page by page."""
    actor, at = acting(request), clock.now()
    cases = Case.visible_to(actor, at=at).order_by("due_on", "-opened_at", "pk")
    state = request.GET.get("lage", "")
    if state in {known.value for known in State}:
        cases = cases.filter(state=state)
    page = Paginator(cases, PAGE).get_page(request.GET.get("sida"))
    rows = case_rows(page.object_list, by=actor, at=at)
    context = {"page": page, "rows": rows, "state": state, "states": words.STATE.items()}
    return render(request, "cases/list.html", context)
