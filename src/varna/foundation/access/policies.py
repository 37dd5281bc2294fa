"""Every address declares who may come in. What is not declared does not answer."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation

from varna.foundation.accounts.rules import Actor, Role, Strength


@dataclass(frozen=True, slots=True)
class Files:
    """A view takes files: in which field, and how many; as many as a report may have, if it does
    not say.
    """

    field: str
    most: int | None = None

    def at_most(self) -> int:
        most: int = settings.FILES_MOST
        return most if self.most is None else self.most


@dataclass(frozen=True, slots=True)
class Policy:
    """`roles` empty: everybody. `strength`: how sure we must be who it is. `files`: none are taken
    where none are declared.

    A policy opens the page; which rows stand on it is for `visible_to` to say.
    """

    name: str
    roles: frozenset[Role] = frozenset()
    signed_in: bool = False
    strength: Strength = Strength.NONE
    files: Files | None = None

    def admits(self, actor: Actor) -> bool:
        if self.signed_in and actor.account is None:
            return False
        return not self.roles or actor.has(*self.roles)


View = Callable[..., HttpResponseBase]


def policy(
    name: str,
    *roles: Role,
    signed_in: bool = False,
    strength: Strength = Strength.NONE,
    files: Files | None = None,
) -> Callable[[View], View]:
    """Declare a view's policy: `@policy("case.read", Role.HANDLER, Role.LEAD)`.

    Naming a role means being signed in. `strength` asks for more than a code by mail: a signed-in
    actor who is weaker is led to the stronger sign-in instead of being refused.
    """
    declared = Policy(name, frozenset(roles), signed_in or bool(roles), strength, files)

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def declared_view(*args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 (any view)
            return view(*args, **kwargs)

        declared_view.policy = declared  # type: ignore[attr-defined]
        return declared_view

    return decorate


def policy_of(view: Callable[..., object]) -> Policy | None:
    found = getattr(view, "policy", None)
    return found if isinstance(found, Policy) else None


def files_taken(request: HttpRequest) -> Files | None:
    """What files this request's view takes: the door writes it when it has let somebody in."""
    found = request.__dict__.get("files_taken")
    return found if isinstance(found, Files) else None


def files_taken_at(path: str) -> Files | None:
    """What files the view at an address takes, before anybody has been let in."""
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            declared = policy_of(resolve(path).func)
        except Resolver404:
            return None
    return declared.files if declared else None
