"""What the case views stand on: find what this actor may see, open it, show it."""

import uuid
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from varna.cases import words
from varna.cases.models import Case
from varna.cases.pages import case as pages
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import Actor, Role, Strength
from varna.foundation.keys.rules import Compartment
from varna.foundation.ui import forms
from varna.foundation.vault import service as vault


handling = partial(policy, "case.handle", Role.HANDLER, Role.LEAD, strength=Strength.STRONG)


def found_case(request: HttpRequest, case_id: uuid.UUID) -> Case:
    """The case, if this actor handles it; a case that is not there looks the same."""
    case = Case.visible_to(acting(request), at=clock.now()).filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case


def found_account(actor: Actor) -> Account:
    """The actor's own account."""
    found = Account.objects.in_force().filter(pk=actor.account or uuid.UUID(int=0)).first()
    if found is None:
        raise Http404
    return found


Context = Callable[[vault.Handle, Actor], dict[str, Any]]


def show(
    request: HttpRequest,
    template: str,
    case: Case,
    context: Context,
    *,
    also: Iterable[Compartment] = (),
    status: int = 200,
) -> HttpResponse:
    """Open the case's content (and what else the page needs) and show one of its pages."""
    actor, at = acting(request), clock.now()
    with vault.opened(
        case.pk, {Compartment.CONTENT, *also}, by=actor, at=at, purpose=vault.Purpose.HANDLE
    ) as handle:
        shown = context(handle, actor)
        shown["head"] = pages.head(case, handle, at=at)
    shown["case"] = case
    shown["here"] = Path(template).stem
    shown["tabs"] = pages.tabs()
    return render(request, template, shown, status=status)


def status_of(form: Form) -> int:
    """A form that has been sent and stays on the screen has faults."""
    return 422 if form.is_bound else 200


def tried(form: Form, deed: Callable[[], object], field: str | None = None) -> bool:
    """Do the deed; where a rule refuses, say why in the form."""
    return forms.tried(form, deed, words.REFUSAL, field=field)


def back_to(case: Case, page: str = "case") -> HttpResponse:
    return redirect(f"cases:{page}", case.pk)
