"""The report of compliance: asked for, made by the worker, and read back as text."""

import datetime as dt
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx as word
import pytest

import cast
from varna.following import actions, queries, sweeps
from varna.following.models import Report, ReportState
from varna.following.pages.report import report_content
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.plan.queries import text_in


pytestmark = pytest.mark.django_db


@pytest.fixture
def made(follow, per, now):
    def make(language="sv"):
        follow()
        election = queries.stand(now).election
        report = actions.want_report(election, language, by=cast.actor(per), at=now)
        assert sweeps.reports(at=now) == 1
        report.refresh_from_db()
        return report

    return make


def read(pdf):
    found = subprocess.run(
        [shutil.which("pdftotext"), "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return found.stdout.decode()


@pytest.mark.parametrize(
    ("language", "title", "commitment"),
    [
        ("sv", "Hur planen hålls", "Utbildning erbjuds varje halvår"),
        ("en", "How the plan is kept", "Training is offered every half-year"),
    ],
)
def test_both_files_tell_every_commitment_in_the_chosen_language(made, language, title, commitment):
    report = made(language)
    assert report.state == ReportState.READY
    assert report.done == Report.STEPS
    for said in (read(bytes(report.pdf)), _docx_text(bytes(report.docx))):
        assert title in said
        assert commitment in said
        assert "2027" in said


def test_a_report_begins_with_what_has_changed_since_the_one_before(made, per, now):
    first = made("en")
    said = read(bytes(first.pdf))
    assert "This is the first report of the period" in said
    later = now + dt.timedelta(days=1)
    row = next(r for r in queries.stand(later).rows if r.commitment.id == "proactive")
    actions.state(row, on=clock.day_of(later), reason="Så är det.", by=cast.actor(per), at=later)
    second = actions.want_report(first.election, "en", by=cast.actor(per), at=later)
    sweeps.reports(at=later)
    second.refresh_from_db()
    said = read(bytes(second.pdf))
    begins, ends = (
        said.index("Changed since the report of 24 November 2026"),
        said.index("In short"),
    )
    changed = " ".join(said[begins:ends].split())
    assert "Municipality and companies work preventively and are open stated prepared" in changed
    assert "Training is offered" not in changed, "what stands as it stood is not told"
    words = _docx_text(bytes(second.docx))
    assert words.index("Changed since the report of 24 November 2026") < words.index("In short")


def test_it_is_held_against_last_year_s_too(made, per, now, time_machine):
    first = made("en")
    for days in (300, 365):
        later = now + dt.timedelta(days=days)
        time_machine.move_to(later)
        last = actions.want_report(first.election, "en", by=cast.actor(per), at=later)
        sweeps.reports(at=later)
    last.refresh_from_db()
    titles = [line for line in read(bytes(last.pdf)).splitlines() if "Changed since" in line]
    assert [title.split("of ")[1] for title in titles] == ["20 September 2027", "24 November 2026"]
    assert len(queries.compared_with(last)) == 2


def test_the_worker_asks_for_the_report_when_its_day_comes_near(follow, now):
    follow()
    row = next(r for r in queries.stand(now).rows if r.commitment.does.value == "report")
    near = clock.start_of(row.occurrence.due_on) - dt.timedelta(days=20)
    early = clock.start_of(row.occurrence.due_on) - dt.timedelta(days=120)
    assert sweeps.yearly(at=early) == 0
    assert (sweeps.yearly(at=near), sweeps.yearly(at=near + dt.timedelta(days=1))) == (1, 0)
    report = Report.unscoped.get()
    assert (report.language, report.wanted_by) == ("sv", None)
    assert sweeps.reports(at=near) == 1
    report.refresh_from_db()
    assert report.state == ReportState.READY


def test_a_plan_that_promises_no_report_has_one_each_year_all_the_same(follow, now):
    text = text_in("vasteras-2018").decode()
    blocks = text.split("[[commitments]]")
    follow("[[commitments]]".join(one for one in blocks if 'does = "report"' not in one))
    days = dt.timedelta(days=1)
    assert sweeps.yearly(at=now + 360 * days) == 0
    assert sweeps.yearly(at=now + 366 * days) == 1
    assert sweeps.yearly(at=now + 700 * days) == 0
    assert sweeps.yearly(at=now + 732 * days) == 1


def test_without_a_plan_nobody_asks(db, now):
    assert sweeps.yearly(at=now) == 0


def test_gaps_come_before_words_and_words_before_what_is_kept(follow, per, now):
    follow()
    row = next(r for r in queries.stand(now).rows if r.commitment.id == "proactive")
    actions.state(row, on=clock.day_of(now), reason="Så.", by=cast.actor(per), at=now)
    actions.note_records([], by=system("records"), at=now)
    late = now + dt.timedelta(days=200)
    told = [one["heading"] for one in report_content(queries.stand(late), "en", late)["sections"]]
    red, word, kept = (
        told.index(heading) for heading in (
            "A named function gives the support that is needed",
            "Municipality and companies work preventively and are prepared",
            "Records, secrecy and personal data are handled as the law says",
        )
    )  # fmt: skip
    assert red < word < kept


def _docx_text(content):
    opened = word.Document(io.BytesIO(content))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in opened.paragraphs] + cells)


@pytest.mark.parametrize("judge", [["pdfua", "check"], ["outloud", "--fail-on", "error"]], ids=str)
def test_both_judges_find_the_report_accessible(made, tmp_path, judge):
    path = tmp_path / "report.pdf"
    path.write_bytes(bytes(made().pdf))
    done = subprocess.run(
        [Path(sys.executable).parent / judge[0], *judge[1:], path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_word_file_says_its_language_and_repeats_its_table_heads(made):
    parts = zipfile.ZipFile(io.BytesIO(bytes(made("sv").docx)))
    assert 'w:lang w:val="sv-SE"' in parts.read("word/styles.xml").decode()
    assert "w:tblHeader" in parts.read("word/document.xml").decode()


def test_somebody_s_word_stands_in_the_report_with_the_name(made, follow, per, now):
    follow()
    row = next(r for r in queries.stand(now).rows if r.commitment.id == "proactive")
    actions.state(row, on=clock.day_of(now), reason="Rutinen övades.", by=cast.actor(per), at=now)
    report = actions.want_report(queries.stand(now).election, "sv", by=cast.actor(per), at=now)
    sweeps.reports(at=now)
    report.refresh_from_db()
    said = read(bytes(report.pdf))
    assert "Rutinen övades." in said
    assert "Per Vik" in said


def test_what_somebody_wrote_is_words_in_the_report_and_never_marks(follow, per, now):
    follow()
    row = next(r for r in queries.stand(now).rows if r.commitment.id == "proactive")
    evil = '#read("/etc/passwd") *stark* $x$ <a> \\ #panic()'
    actions.state(row, on=clock.day_of(now), reason=evil, by=cast.actor(per), at=now)
    report = actions.want_report(queries.stand(now).election, "sv", by=cast.actor(per), at=now)
    sweeps.reports(at=now)
    report.refresh_from_db()
    assert '#read("/etc/passwd") *stark*' in read(bytes(report.pdf))


def test_what_was_pasted_with_odd_signs_stops_neither_file(follow, per, now):
    follow()
    row = next(r for r in queries.stand(now).rows if r.commitment.id == "proactive")
    odd = "Rutinen\x0b övades\x0c → ✓ \x01\ufffe Привет ‣ 👍"
    actions.state(row, on=clock.day_of(now), reason=odd, by=cast.actor(per), at=now)
    report = actions.want_report(queries.stand(now).election, "sv", by=cast.actor(per), at=now)
    sweeps.reports(at=now)
    report.refresh_from_db()
    assert report.state == ReportState.READY
    assert "-> x" in read(bytes(report.pdf))
    assert "Привет" in _docx_text(bytes(report.docx))


def test_a_report_that_cannot_be_made_is_tried_again_and_then_given_up(per, now):
    """Without a plan there is nothing to report; the row says which kind of fault, and no more."""
    report = actions.want_report(dt.date(2026, 9, 13), "sv", by=cast.actor(per), at=now)
    for hour in range(4):
        sweeps.reports(at=now + dt.timedelta(hours=hour))
    report.refresh_from_db()
    assert (report.state, report.fault) == (ReportState.FAILED, "LookupError")


def test_two_workers_do_not_make_the_same_report(follow, per, now):
    follow()
    actions.want_report(queries.stand(now).election, "sv", by=cast.actor(per), at=now)
    assert actions.take_report(at=now) is not None
    assert actions.take_report(at=now) is None


def test_the_files_are_fetched_by_those_who_may_read_the_plan(client, made, per, folke):
    report = made()
    cast.sign_in(client, per)
    got = client.get(f"/planen/rapporter/{report.pk}/pdf/")
    assert got.content == bytes(report.pdf)
    assert "attachment" in got["Content-Disposition"]
    assert client.get(f"/planen/rapporter/{report.pk}/exe/").status_code == 404
    cast.sign_in(client, folke)
    assert client.get(f"/planen/rapporter/{report.pk}/pdf/").status_code == 404
