"""Template tags that every page may use."""

import datetime as dt
from collections.abc import Iterator

from django import template
from django.http import HttpRequest
from django.urls import translate_url

from varna.foundation.ui import navigation as menu
from varna.foundation.ui.stylesheet import stylesheet


register = template.Library()


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, language: str) -> str:
    """Answer this page's address in another language."""
    request: HttpRequest | None = context.get("request")
    return "/" if request is None else translate_url(request.get_full_path(), language)


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> list[menu.Link]:
    """Answer the main menu of whoever is signed in; nothing for anybody else."""
    request: HttpRequest | None = context.get("request")
    actor = context.get("actor")
    if request is None or actor is None or actor.account is None:
        return []
    return list(menu.links(actor, request.path))


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> Iterator[tuple[str, str]]:
    """Answer the languages of this page: Finnish where a reporter may come, else not."""
    actor = context.get("actor")
    signed_in = actor is not None and actor.account is not None
    for code, name in context.get("languages") or []:
        if code != "fi" or not signed_in:
            yield code, name


@register.simple_tag
def theme_version() -> str:
    return stylesheet().version


@register.filter
def dialled(phone: str) -> str:
    """Answer a phone number as a link wants it: digits and a plus, nothing else."""
    return "".join(sign for sign in str(phone) if sign.isdigit() or sign == "+")


@register.filter
def iso(moment: dt.datetime | None) -> str:
    """Answer a moment for a machine, in a `datetime` attribute: HTML wants no microseconds."""
    return "" if moment is None else moment.isoformat(timespec="seconds")
