"""Import a file in steps: choose it, say what its columns hold, look, apply."""

import uuid
from contextlib import suppress

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varna.foundation import clock
from varna.foundation.access.policies import Files, policy
from varna.foundation.accounts.middleware import acting
from varna.foundation.accounts.rules import Strength
from varna.foundation.deeds import WhyNot
from varna.foundation.vault.uploads import SealedUpload
from varna.importing import queries, words
from varna.importing.actions import answering, imports, reading
from varna.importing.forms import ColumnsForm, QuestionsForm, UploadForm
from varna.importing.models import Import, ImportState
from varna.importing.rules.questions import Doubt
from varna.importing.rules.steps import WhyNotNow
from varna.importing.rules.tables import FileReason, FileRefusedError
from varna.organisation import queries as register
from varna.organisation.models import KEEPERS


IMPORTING = policy("register.import", *KEEPERS, strength=Strength.STRONG)
UPLOADING = policy(
    "register.import", *KEEPERS, strength=Strength.STRONG, files=Files("file", most=1)
)
A_PAGE = 100
SECONDS_BETWEEN_LOOKS = 3
SHOWS_COLUMNS = (ImportState.UPLOADED,)
IN_HAND = (ImportState.PLANNING, ImportState.APPLYING, ImportState.WRITING)


def _job(pk: uuid.UUID) -> Import:
    found = queries.find_import(pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@UPLOADING
def start(request: HttpRequest) -> HttpResponse:
    """Upload a file; below it, the files that have been read."""
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    if posted:
        job = _receive(request, form)
        if job is not None:
            return redirect("register:import", job.pk)
    page = {"form": form, "recent": queries.recent_imports()}
    return render(request, "importing/imports.html", page)


def _receive(request: HttpRequest, form: UploadForm) -> Import | None:
    """Keep the file, or write on the form why it was refused."""
    upload = form.cleaned_data["file"] if form.is_valid() else None
    if not isinstance(upload, SealedUpload):
        return None
    try:
        return imports.receive(upload, by=acting(request), at=clock.now())
    except FileRefusedError as refusal:
        form.add_error("file", words.file_refused(refusal.reason, refusal.line))
        return None


@require_safe
@IMPORTING
def step(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One import, where it stands now."""
    job = _job(pk)
    if job.state in SHOWS_COLUMNS:
        return redirect("register:import_columns", pk)
    if job.state in IN_HAND and not queries.can_be_undone(job, at=clock.now()):
        answer = render(request, "importing/import_wait.html", {"job": job})
        answer["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
        return answer
    return _show(request, job, stale="andrat" in request.GET)


def _show(request: HttpRequest, job: Import, *, stale: bool) -> HttpResponse:
    """What the file would change, or has changed."""
    actor, at = acting(request), clock.now()
    refused = Paginator(job.refused, A_PAGE).get_page(request.GET.get("sida"))
    page = {
        "job": job,
        "stale": stale,
        "unanswered": "fragor" in request.GET,
        "doubts": [words.DOUBTS[Doubt(code)] for code in job.asked.get("doubts", [])],
        "nobody": words.counting_nobody(job.counts),
        "counts": words.counted(job.counts),
        "refused": [words.why(*row) for row in refused],
        "page": refused,
        "ended": register.seats(actor, job.ended, at=at),
        "changed": register.seats(actor, job.changed, at=at),
        "planned": job.state == ImportState.PLANNED,
        "can_be_undone": queries.can_be_undone(job, at=at),
        "refusal": words.file_refused(FileReason(job.refusal), job.refusal_line)
        if job.refusal
        else "",
    }
    return render(request, "importing/import.html", page)


@require_http_methods(["GET", "POST"])
@IMPORTING
def columns(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what each column holds; it is remembered for files with the same headers."""
    job = _job(pk)
    if job.state not in {ImportState.UPLOADED, ImportState.PLANNED}:
        return redirect("register:import", pk)
    at = clock.now()
    table = imports.table_of(job, by=acting(request), at=at)
    form = ColumnsForm(request.POST or None, headers=table.headers, choice=reading.choice_of(job))
    if form.is_valid():
        try:
            job = imports.choose_columns(job, form.choice(), by=acting(request), at=at)
            if not queries.is_large(job):
                imports.compare(job, by=acting(request), at=at)
        except WhyNot:
            pass  # somebody else was first: the page shows where it stands
        return redirect("register:import", pk)
    page = {"job": job, "form": form, "sample": table.rows[:3], "headers": table.headers}
    return render(request, "importing/import_columns.html", page)


@require_http_methods(["GET", "POST"])
@IMPORTING
def questions(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What new bodies are and who is who, asked before the file is applied."""
    job, by, at = _job(pk), acting(request), clock.now()
    if job.state != ImportState.PLANNED:
        return redirect("register:import", pk)
    rows = reading.read(imports.table_of(job, by=by, at=at), reading.choice_of(job)).rows
    names = list(answering.open_names(job, rows, "names"))
    form = QuestionsForm(
        request.POST if request.method == "POST" else None,
        asked=answering.open_bodies(job, rows),
        names=names,
    )
    if form.is_valid():
        with suppress(WhyNot):  # somebody else was first: the page shows where it stands
            job = answering.answer(job, form.kinds(), form.names(), by=by, at=at)
            if not queries.is_large(job):
                imports.compare(job, by=by, at=at)
        return redirect("register:import", pk)
    taken = [(one, [words.seat_of(row) for row in one.rows])
             for one in answering.open_names(job, rows, "taken")]  # fmt: skip
    page = {"job": job, "form": form, "taken": taken}
    return render(request, "importing/import_questions.html", page)


@require_POST
@IMPORTING
def apply(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Apply what has been looked at: small files at once, large ones by the worker."""
    job, by, at = _job(pk), acting(request), clock.now()
    address = redirect("register:import", pk)
    try:
        job = imports.order(job, sure=request.POST.get("ratt") == "ja", by=by, at=at)
        if not queries.is_large(job):
            imports.carry_out(job, by=by, at=at)
    except WhyNot as why:
        if why.reason is WhyNotNow.UNANSWERED:
            return redirect(f"{address.url}?fragor=ja")
        if why.reason is WhyNotNow.STALE:
            return redirect(f"{address.url}?andrat=ja")
        # Pressed twice: the page shows where it stands.
    return address


@require_POST
@IMPORTING
def undo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the latest import back."""
    with suppress(WhyNot):  # somebody else was first: the page shows where it stands
        imports.undo(_job(pk), by=acting(request), at=clock.now())
    return redirect("register:import", pk)


@require_POST
@IMPORTING
def abandon(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Leave the register as it is and remove the file."""
    try:
        imports.abandon(_job(pk), by=acting(request), at=clock.now())
    except WhyNot:
        return redirect("register:import", pk)
    return redirect("register:imports")
