"""The attendance list: searched or a page at a time, so that six hundred can be ticked."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from varna.foundation import clock
from varna.foundation.accounts.middleware import acting
from varna.training import pages
from varna.training.actions import attending
from varna.training.forms import SearchForm
from varna.training.views.arranging import found_session, keeping


A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@keeping()
def attendance(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    session, actor, at = found_session(request, pk), acting(request), clock.now()
    form = SearchForm(request.GET or None)
    text = form.cleaned_data.get("namn", "") if form.is_valid() else ""
    people = pages.attendance(actor, session, text, at=at)
    page = Paginator(people, A_PAGE).get_page(request.GET.get("sida"))
    if request.method == "POST":
        listed = {str(one.person): one.person for one in people}
        shown, here = (
            {listed[written] for written in request.POST.getlist(name) if written in listed}
            for name in ("shown", "here")
        )
        attending.mark(session, here=here, shown=shown, by=actor, at=at)
        return redirect(request.get_full_path())
    shows = {"session": session, "form": form, "text": text, "page": page}
    return render(request, "training/attendance.html", shows)
