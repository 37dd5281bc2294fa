"""Who answers for what, calendars to subscribe to, and reports for the executive board."""

import datetime as dt
import json
import uuid
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.following import actions, queries, words
from varna.following.forms import DeliveryForm, FeedForm, ReportForm, ResponsibleForm
from varna.following.models import OWNERS, Report, ReportState
from varna.following.pages.feed import feed_file
from varna.following.pages.oscal import oscal
from varna.following.queries import Stand
from varna.following.views.looking import OWNING, READING, periods
from varna.foundation import clock
from varna.foundation.access.policies import policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.queries import names
from varna.foundation.deeds import WhyNot
from varna.plan.words import in_language


def _stand() -> Stand:
    found = queries.stand(clock.now())
    if found is None:
        raise Http404
    return found


def _roles(found: Stand) -> list[tuple[str, str]]:
    """The roles that have promised something, in words."""
    plan = found.followed.now.plan
    promising = {one.by for one in plan.commitments}
    return [
        (name, in_language(role.title)) for name, role in plan.roles.items() if name in promising
    ]


# ── who answers ───────────────────────────────────────────────────────────────────────────────
@require_http_methods(["GET", "POST"])
@READING
def responsible(request: HttpRequest) -> HttpResponse:
    """The people behind the plan's roles: reminded, and asked for reasons."""
    found, actor = _stand(), acting(request)
    owns, roles = actor.has(*OWNERS), _roles(found)
    form = ResponsibleForm(request.POST or None, roles=roles)
    if request.method == "POST" and not owns:
        raise Http404
    if form.is_valid():
        said = form.cleaned_data
        actions.name_responsible(said["role"], said["account"].pk, by=actor, at=clock.now())
        return redirect("compliance:responsible")
    accounts = queries.responsible_for([name for name, _title in roles])
    known = names([one for each in accounts.values() for one in each])
    lines = [
        (name, title, [(one, known[one]) for one in accounts[name] if one in known])
        for name, title in roles
    ]
    page = {"form": form, "owns": owns, "lines": lines}
    return render(request, "following/responsible.html", page)


@require_POST
@OWNING
def end_responsible(request: HttpRequest, name: str, account: uuid.UUID) -> HttpResponse:
    actions.end_responsible(name, account, by=acting(request), at=clock.now())
    return redirect("compliance:responsible")


# ── calendars ─────────────────────────────────────────────────────────────────────────────────
@require_http_methods(["GET", "POST"])
@READING
def feeds(request: HttpRequest) -> HttpResponse:
    """One's own secret calendar addresses. A new one is shown once."""
    roles = _roles(_stand())
    form = FeedForm(request.POST or None, roles=roles)
    address = ""
    if form.is_valid():
        secret = actions.make_feed(form.cleaned_data["role"], by=acting(request), at=clock.now())
        address = request.build_absolute_uri(reverse("feed", args=[secret]))
    titles = dict(roles)
    mine = [
        (feed, titles.get(feed.role, feed.role))
        for feed in queries.feeds_of(acting(request).account)
    ]
    page = {"form": form, "feeds": mine, "address": address}
    return render(request, "following/feeds.html", page)


@require_POST
@READING
def revoke_feed(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    actions.revoke_feed(pk, by=acting(request), at=clock.now())
    return redirect("compliance:feeds")


@require_safe
@policy("plan.feed")
def feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """A role's due days as a calendar; who has the address may read it. Nothing about cases."""
    now = clock.now()
    role = queries.role_of_feed(actions.fingerprint(secret), at=now)
    found = queries.stand(now) if role else None
    if role is None or found is None:
        raise Http404
    return HttpResponse(feed_file(found, role, now), content_type="text/calendar; charset=utf-8")


# ── reports ───────────────────────────────────────────────────────────────────────────────────
@require_http_methods(["GET", "POST"])
@READING
def reports(request: HttpRequest) -> HttpResponse:
    """Reports of compliance: ask for one, see how far it has come, fetch it."""
    found = _stand()
    choices = [
        (election.isoformat(), _("%(first)s–%(last)s") % {"first": first, "last": last})
        for election, first, last in periods(found)
    ]
    form = ReportForm(request.POST or None, periods=choices)
    if form.is_valid():
        said = form.cleaned_data
        actions.want_report(
            dt.date.fromisoformat(said["period"]),
            said["language"],
            by=acting(request),
            at=clock.now(),
        )
        return redirect("compliance:reports")
    rows = list(queries.reports()[:20])
    waiting = any(row.state == ReportState.WANTED for row in rows)
    page = {"form": form, "reports": rows, "waiting": waiting}
    page["owns"] = acting(request).has(*OWNERS)
    response = render(request, "following/reports.html", page)
    if waiting:
        response["Refresh"] = "2"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@OWNING
def deliver(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Where the executive board had the report: day, section, reference."""
    row = queries.find_report(pk)
    if row is None or row.state != ReportState.READY:
        raise Http404
    form = DeliveryForm(request.POST or None)
    if form.is_valid():
        try:
            actions.deliver_report(row, **form.cleaned_data, by=acting(request), at=clock.now())
        except WhyNot as why:
            form.add_error("on", words.WHY_NOT_DELIVER[why.reason])
        else:
            return redirect("compliance:reports")
    page = {"form": form, "report": row}
    status = 422 if form.errors else 200
    return render(request, "following/deliver.html", page, status=status)


JSON = "application/json"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": JSON,
    "oscal.json": JSON,
}


@require_safe
@READING
def report_file(_request: HttpRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    """The made report, to keep."""
    row = queries.find_report(pk)
    content = _content(row, kind) if row else None
    if row is None or content is None:
        raise Http404
    return _attached(content, f"efterlevnad-{row.wanted_at:%Y-%m-%d}.{kind}", TYPES[kind])


def _content(row: Report, kind: str) -> bytes | None:
    kept = {"pdf": row.pdf, "docx": row.docx, "json": row.data, "oscal.json": row.data}.get(kind)
    if kept is None or kind != "oscal.json":
        return None if kept is None else bytes(kept)
    return json.dumps(oscal(json.loads(bytes(kept))), ensure_ascii=False, indent=1).encode()


def _attached(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


AUDITOR = Path(__file__).resolve().parent.parent / "auditor"
WITH_THE_FILE = {"granska.py": "text/x-python; charset=utf-8", "schema.json": JSON}


@require_safe
@READING
def auditor(_request: HttpRequest, name: str) -> HttpResponse:
    """What goes with the auditor's file: the script that goes through it, and its schema."""
    if name not in WITH_THE_FILE:
        raise Http404
    return _attached((AUDITOR / name).read_bytes(), name, WITH_THE_FILE[name])
