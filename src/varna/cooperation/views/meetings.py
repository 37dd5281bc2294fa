"""Meetings: planned, invited to, written down; tasks carried from one to the next."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.cooperation import queries, words
from varna.cooperation.actions import meetings as deeds
from varna.cooperation.actions.meetings import Notes
from varna.cooperation.actions.sealing import reading
from varna.cooperation.forms import MeetingForm, NotesForm, TaskForm
from varna.cooperation.queries import MeetingLine
from varna.cooperation.sealed import Undertaking
from varna.cooperation.views.partners import KEEPING, status_of
from varna.foundation import clock
from varna.foundation.accounts.middleware import acting
from varna.foundation.deeds import WhyNot
from varna.invitations import queries as invitations


@require_safe
@KEEPING
def all_meetings(request: HttpRequest) -> HttpResponse:
    page = {"lines": queries.meeting_lines(acting(request))}
    return render(request, "cooperation/meetings.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def plan(request: HttpRequest) -> HttpResponse:
    form = MeetingForm(request.POST or None, initial={"agenda": words.agenda()})
    if form.is_valid():
        made = deeds.plan(
            form.details(), form.cleaned_data["agenda"], by=acting(request), at=clock.now()
        )
        return redirect("cooperation:meeting", made.row.pk)
    page = {"form": form}
    return render(request, "cooperation/plan.html", page, status=status_of(form))


def _line(request: HttpRequest, pk: uuid.UUID) -> MeetingLine:
    found = queries.find_meeting(acting(request), pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def meeting(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One meeting. A task is added here."""
    actor, at = acting(request), clock.now()
    line = _line(request, pk)
    form = TaskForm(request.POST or None)
    if form.is_valid():
        deeds.add_task(line, **form.cleaned_data, by=actor, at=at)
        return redirect("cooperation:meeting", pk)
    with reading(pk, by=actor, at=at) as handle:
        texts = {
            name: handle.read(line.row, name, str) for name in ("agenda", "minutes", "decisions")
        }
        tasks = [(row, handle.read(row, "what", Undertaking)) for row in queries.tasks_before(line)]
    partners = {one.pk: one.name for one in queries.attended(line.row)}
    page = {
        "line": line, "texts": texts, "tasks": tasks, "form": form, "attended": partners.values(),
        "invited": _invited(request, line), "picture": _picture(line), "at": at,
    }  # fmt: skip
    return render(request, "cooperation/meeting.html", page, status=status_of(form))


def _invited(request: HttpRequest, line: MeetingLine) -> list[dict[str, Any]]:
    """Each partner's invitation and what has become of it."""
    actor, at = acting(request), clock.now()
    names = {one.id: one.name for one in queries.partners()}
    return [
        {
            "partner": one.invitation.invitee,
            "name": names.get(one.invitation.invitee, ""),
            "offered": one.offered,
            "by_hand": one.by_hand,
            "answer": one.invitation.get_answer_display(),
        }
        for one in invitations.lines(actor, line.occasion.pk, at=at)
    ]


def _picture(line: MeetingLine) -> list[tuple[str, str]]:
    """The figures as they were when the meeting was written down; before that, as they stand."""
    kept = line.row.picture
    said = queries.picture_of(line, at=clock.now()) if kept is None else kept
    return [(label, words.number_shown(number)) for label, number in queries.labelled(said)]


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Move or correct a meeting. Who is invited is told."""
    actor, at = acting(request), clock.now()
    line = _line(request, pk)
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        try:
            said = form.cleaned_data
            deeds.change(line, form.details(), said["agenda"], by=actor, at=at, seen=said["seen"])
        except WhyNot as refused:
            form.add_error(None, str(words.WHY_NOT[refused.reason]))
            form.look_again(line.row.mark(*deeds.PLANNED))
        else:
            return redirect("cooperation:meeting", pk)
    if not form.is_bound:
        form.initial = _as_planned(request, line)
    page = {"form": form, "line": line}
    return render(request, "cooperation/plan.html", page, status=status_of(form))


def _as_planned(request: HttpRequest, line: MeetingLine) -> dict[str, Any]:
    known = line.occasion
    with reading(line.row.pk, by=acting(request), at=clock.now()) as handle:
        agenda = handle.read(line.row, "agenda", str)
    begins, ends = (
        moment.astimezone(clock.STOCKHOLM) if moment else None
        for moment in (known.starts_at, known.ends_at)
    )
    return {
        "seen": line.row.mark(*deeds.PLANNED), "title": known.title, "agenda": agenda,
        "place": known.place, "link": known.link,
        "on": begins.date() if begins else "",
        "begins": f"{begins:%H:%M}" if begins else "", "ends": f"{ends:%H:%M}" if ends else "",
    }  # fmt: skip


@require_POST
@KEEPING
def cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    line = _line(request, pk)
    if not line.is_cancelled:
        deeds.cancel(line, by=acting(request), at=clock.now())
    return redirect("cooperation:meeting", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def invite(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask before the mails leave; say why when they cannot."""
    line = _line(request, pk)
    why = None
    if request.method == "POST":
        try:
            deeds.invite(line, by=acting(request), at=clock.now())
        except WhyNot as refused:
            why = words.WHY_NOT[refused.reason]
        else:
            return redirect("cooperation:meeting", pk)
    partners = queries.partner_lines(acting(request), clock.today())
    page = {"line": line, "partners": partners, "why": why}
    return render(request, "cooperation/invite.html", page, status=422 if why else 200)


@require_POST
@KEEPING
def by_hand(request: HttpRequest, pk: uuid.UUID, partner: uuid.UUID) -> HttpResponse:
    found = queries.find_partner(acting(request), partner)
    if found is None:
        raise Http404
    deeds.give_by_hand(_line(request, pk), found, by=acting(request), at=clock.now())
    return redirect("cooperation:meeting", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@KEEPING
def write_down(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Minutes, decisions, and who came."""
    actor, at = acting(request), clock.now()
    line = _line(request, pk)
    asked = invitations.invited(line.occasion.pk)
    there = queries.attended(line.row)
    partners = queries.chosen(actor, {*asked, *(one.pk for one in there)})
    form = NotesForm(request.POST or None, partners=partners)
    if form.is_valid():
        said = form.cleaned_data
        came = [one for one in partners if str(one.pk) in said["attended"]]
        notes = Notes(said["minutes"], said["decisions"], came, said["held"])
        try:
            deeds.write_down(line, notes, by=actor, at=at, seen=said["seen"])
        except WhyNot as refused:
            form.add_error(None, str(words.WHY_NOT[refused.reason]))
            form.look_again(line.row.mark(*deeds.WRITTEN))
        else:
            return redirect("cooperation:meeting", pk)
    if not form.is_bound:
        with reading(pk, by=actor, at=at) as handle:
            form.initial = {
                "seen": line.row.mark(*deeds.WRITTEN),
                "minutes": handle.read(line.row, "minutes", str),
                "decisions": handle.read(line.row, "decisions", str),
                "attended": [str(one.pk) for one in there],
                "held": line.row.held,
            }
    page = {"form": form, "line": line}
    return render(request, "cooperation/write_down.html", page, status=status_of(form))


@require_POST
@KEEPING
def finish(request: HttpRequest, pk: uuid.UUID, task: uuid.UUID) -> HttpResponse:
    found = queries.find_task(acting(request), task)
    if found is None:
        raise Http404
    deeds.finish(found, by=acting(request), at=clock.now())
    return redirect("cooperation:meeting", _line(request, pk).row.pk)
