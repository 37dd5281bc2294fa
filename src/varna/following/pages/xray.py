"""The x-ray as people read it: what was found, where, and how to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.functional import Promise

from varna.following import queries, words
from varna.following.queries import Stand
from varna.following.rules.xray import Finding, Found, look_through, text
from varna.plan.words import in_language


@dataclass(frozen=True, slots=True)
class Line:
    """One place, and the way to it."""

    found: Found
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """All of one finding."""

    code: str
    what: str | Promise
    how: str | Promise
    lines: list[Line]


OF_TEXT = {Finding.EDITION_OLDER, Finding.EDITION_UNTIED, Finding.EDITION_OTHER}


def about_text(found: Stand) -> Group | None:
    """What there is to ask about the adopted text and the file that is followed."""
    now = found.followed.now
    groups = grouped(found, text(now.plan, found.known.adoptions, queries.tied_to(now)))
    return groups[0] if groups else None


def xray(found: Stand) -> list[Group]:
    return grouped(found, look_through(queries.programme(found)))


def grouped(found: Stand, told: Iterable[Found]) -> list[Group]:
    titles = {row.commitment.id: in_language(row.commitment.title) for row in found.rows}
    return [
        Group(finding.value, *words.FINDINGS[finding], [_line(one, found, titles) for one in ones])
        for finding, ones in groupby(told, key=lambda one: one.finding)
    ]


def _line(one: Found, found: Stand, titles: Mapping[str, str]) -> Line:
    if one.finding in OF_TEXT:
        plan = found.followed.now.plan
        return Line(one, in_language(plan.title), reverse("compliance:text"))
    if one.finding is Finding.NOBODY_ANSWERS:
        role = found.followed.now.plan.roles[one.about]
        return Line(one, in_language(role.title), reverse("compliance:responsible"))
    return Line(one, titles[one.about], reverse("compliance:commitment", args=[one.about]))
