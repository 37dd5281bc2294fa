"""What the pages after sending show: the code, what happens next, a draft for the police."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from varna.foundation import clock
from varna.foundation.access.queries import has_reader
from varna.reports import rules
from varna.reports.models import Report
from varna.reports.sealed import Answers


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    code: str  # in groups of four; empty when the page was found open long afterwards
    report: Report
    read_by_day: dt.date
    answered_by_day: dt.date
    reach: str
    police_draft: str
    files: int
    has_reader: bool  # or nobody can receive it just now


def receipt_page(
    report: Report,
    code: str,
    *,
    content: Answers,
    reach: str,
    files: int,
    at: dt.datetime,
) -> ReceiptPage:
    received = clock.day_of(report.received_at)
    clocks = settings.CASE_CLOCKS
    shown = rules.may_show_code_again(report.received_at, at)
    return ReceiptPage(
        code=rules.grouped(code) if shown else "",
        report=report,
        read_by_day=clock.workdays_after(received, clocks["acknowledge_workdays"]),
        answered_by_day=received + dt.timedelta(days=clocks["first_answer_days"]),
        reach=reach,
        police_draft=police_draft(content) if shown else "",
        files=files,
        has_reader=has_reader(report.pk, at=at),
    )


def police_draft(content: Answers) -> str:
    """A police report in the reporter's own words, to copy or print; nothing is sent from here."""
    parts = [
        _("Draft for a police report"),
        _("The exposed person is an elected official or works closely with one: %(role)s")
        % {"role": content.role or _("(write the assignment)")},
        _("I ask that the report is protected from being read by others (åtkomstskydd)."),
        _("I ask that it is considered that the act may be aimed at a public assignment "
          "(the Criminal Code, chapter 29, section 2, point 9)."),
        f"{_('When')}: {content.when}",
    ]  # fmt: skip
    if content.place:
        parts.append(f"{_('Where')}: {content.place}")
    parts.append(f"{_('What has happened')}:\n{content.happened}")
    if content.done:
        parts.append(f"{_('What has already been done')}:\n{content.done}")
    parts.append(
        _("Contact: use my work number or the municipality's security contact, not my home.")
    )
    return "\n\n".join(parts)
