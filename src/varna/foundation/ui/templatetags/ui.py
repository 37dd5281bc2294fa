"""Template tags that every page may use."""

from django import template
from django.http import HttpRequest
from django.urls import translate_url


register = template.Library()


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, language: str) -> str:
    """Answer this page's address in another language."""
    request: HttpRequest | None = context.get("request")
    return "/" if request is None else translate_url(request.path, language)
