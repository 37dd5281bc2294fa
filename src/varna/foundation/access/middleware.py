"""The door: a view without a policy, or an actor without the right, meets the same 404. It is asked
before anything of the body is read, and says whether the body may hold files.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url

from varna.foundation.access.policies import policy_of
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Strength
from varna.foundation.deeds import Forbidden


class PolicyRequired:
    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.respond(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: object,
        _kwargs: object,
    ) -> HttpResponse | None:
        policy = policy_of(view)
        if policy is None:
            raise Http404
        actor = acting(request)
        if policy.signed_in and actor.account is None:
            where = urlencode({"next": request.get_full_path()})
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{where}")
        if not policy.admits(actor):
            raise Http404
        if policy.strength is Strength.STRONG and actor.strength < Strength.STRONG:
            where = urlencode({"next": request.get_full_path()})
            return redirect(f"{resolve_url('stronger')}?{where}")
        request.files_taken = policy.files  # type: ignore[attr-defined]
        return None

    def process_exception(self, _request: HttpRequest, fault: Exception) -> None:
        """What this actor may not is not there. No view says it, and none can forget it."""
        if isinstance(fault, Forbidden):
            raise Http404 from None
