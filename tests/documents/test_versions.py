"""Versions: written, sent, adopted for good; one in force on a day; older ones left alone."""

import datetime as dt
import hashlib
import subprocess
import sys
import uuid
from pathlib import Path

from django.urls import reverse
from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cast
from varna.documents import demonstration, queries
from varna.documents.actions import writing as actions
from varna.documents.actions.writing import Decision
from varna.documents.models import Document, Version
from varna.documents.rules import versions as rules
from varna.documents.rules.marks import blocks, html
from varna.documents.rules.versions import Reason, Standing, State
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.deeds import Forbidden, WhyNot


BY = system("tests")
BIN = Path(sys.executable).parent
TODAY = clock.today()
days = st.dates(dt.date(2018, 1, 1), dt.date(2035, 1, 1))


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def plan(db, now):
    return actions.open_document(code="plan", title="Handlingsplan", by=BY, at=now)


@pytest.fixture
def owner(db):
    return cast.an_account("Per Vik", "plan_owner")


def a_draft(document, number="1", text="# Början\n\nOrd.", at=None):
    return actions.draft(document, number=number, text=text, by=BY, at=at or clock.now())


def decided(days_ago, after=0, by="executive-board", **more):
    day = TODAY - dt.timedelta(days=days_ago)
    return Decision(day, by, day + dt.timedelta(days=after), **more)


def adopted(document, number, days_ago, after=0, **more):
    made = a_draft(document, number, f"Version {number}")
    return actions.adopt(made.pk, decided(days_ago, after, **more), by=BY, at=clock.now())


def why(call):
    with pytest.raises(WhyNot) as refused:
        call()
    return refused.value.reason


# ── the rules ─────────────────────────────────────────────────────────────────────────────────
@given(st.sets(days, min_size=1, max_size=6), days)
def test_at_most_one_version_is_in_force_on_a_day(starts, day):
    standings = [
        rules.standing(State.ADOPTED, start, rules.replaced_on(start, starts), day)
        for start in starts
    ]
    assert standings.count(Standing.IN_FORCE) == (1 if min(starts) <= day else 0)


def test_marks_become_headings_below_the_pages_own():
    shown = html("### Först\n\n# Sedan\n\n<script>alert(1)</script> [l](javascript:x)")
    assert "<h2>Först</h2>" in shown
    assert "<h2>Sedan</h2>" in shown
    assert "<script" not in shown
    assert "<img" not in shown
    assert "href" not in shown


def test_blocks_say_what_the_text_says():
    text = "# R\n\nEtt **fett** ord.\n\n- a\n- b\n  1. c\n\n> citat\n\n| x |\n| --- |\n| y |\n\n`k`"
    kinds = [block["kind"] for block in blocks(text)]
    assert kinds == ["heading", "paragraph", "bullet_list", "blockquote", "table", "paragraph"]
    assert [run["style"] for run in blocks(text)[1]["runs"]] == ["", "strong", ""]


@given(st.text(alphabet="#-*_`>|[]() \n1.ab<&", max_size=80))
def test_any_text_can_be_shown_and_set(text):
    assert "<script" not in html(text)
    blocks(text)


# ── the deeds ─────────────────────────────────────────────────────────────────────────────────
def test_a_new_draft_begins_with_the_words_adopted_last(plan, now):
    adopted(plan, "1", 400)
    adopted(plan, "2", 100)
    assert actions.draft(plan, number="3", by=BY, at=now).text == "Version 2"


def test_an_adopted_text_cannot_be_edited_sent_taken_back_or_adopted_again(plan, now):
    row = adopted(plan, "1", 10)
    assert why(lambda: actions.write(row.pk, text="x", by=BY, at=now)) is Reason.ADOPTED
    assert why(lambda: actions.send(row.pk, to="x", until=None, by=BY, at=now)) is Reason.ADOPTED
    assert why(lambda: actions.take_back(row.pk, by=BY, at=now)) is Reason.ADOPTED
    assert why(lambda: actions.adopt(row.pk, decided(5), by=BY, at=now)) is Reason.ADOPTED


def test_adopting_a_version_changes_nothing_in_an_older_one(plan):
    old = adopted(plan, "1", 400)
    before = Version.unscoped.filter(pk=old.pk).values().get()
    adopted(plan, "2", 30)
    assert Version.unscoped.filter(pk=old.pk).values().get() == before
    first, second = queries.adoptions()
    assert first.replaced_on == second.in_force_on == TODAY - dt.timedelta(days=30)
    assert second.replaced_on is None


def test_a_version_entered_late_takes_its_place_between_the_others(plan):
    adopted(plan, "1", 400)
    adopted(plan, "3", 30)
    adopted(plan, "2", 200)
    assert [one.version for one in queries.adoptions()] == ["1", "2", "3"]
    assert queries.in_force("plan", TODAY - dt.timedelta(days=100)).number == "2"


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (decided(-1), Reason.ADOPTED_LATER),
        (decided(10, after=-1), Reason.IN_FORCE_BEFORE_ADOPTED),
        (decided(30), Reason.DAY_TAKEN),
    ],
    ids=str,
)
def test_a_decision_that_cannot_be_is_refused(plan, now, decision, reason):
    adopted(plan, "1", 30)
    row = a_draft(plan, "2")
    assert why(lambda: actions.adopt(row.pk, decision, by=BY, at=now)) is reason
    assert Version.unscoped.get(pk=row.pk).state == State.DRAFT


def test_an_empty_text_is_neither_sent_nor_adopted(plan, now):
    row = a_draft(plan, text=" ")
    assert why(lambda: actions.send(row.pk, to="x", until=None, by=BY, at=now)) is Reason.EMPTY
    assert why(lambda: actions.adopt(row.pk, decided(1), by=BY, at=now)) is Reason.EMPTY


def test_what_the_plan_asks_for_is_told(plan):
    row = adopted(plan, "1", 40, after=10, decision="KS § 112", reference="KS 2026/01")
    (told,) = queries.adoptions()
    assert told.reference == f"version:{row.pk}"
    assert (told.document, told.version, told.adopted_by) == ("plan", "1", "executive-board")
    assert told.decision == "KS § 112, KS 2026/01"
    assert told.in_force_on == told.adopted_on + dt.timedelta(days=10)


def test_nobody_else_may_write(plan, alva, now):
    row = a_draft(plan)
    for deed in (
        lambda by: actions.write(row.pk, text="x", by=by, at=now),
        lambda by: actions.adopt(row.pk, decided(1), by=by, at=now),
        lambda by: actions.draft(plan, number="9", by=by, at=now),
        lambda by: actions.open_document(code="x", title="x", by=by, at=now),
    ):
        with pytest.raises(Forbidden):
            deed(cast.actor(alva))


@pytest.mark.django_db
def test_a_version_that_is_not_there_is_refused_like_a_stranger(now):
    with pytest.raises(Forbidden):
        actions.write(uuid.uuid4(), text="x", by=BY, at=now)


def test_the_file_is_the_adopted_text_and_its_hash(plan, tmp_path):
    row = Version.unscoped.get(pk=adopted(plan, "1", 10, decision="KS § 1").pk)
    assert hashlib.sha256(bytes(row.pdf)).hexdigest() == row.sha256
    path = tmp_path / "adopted.pdf"
    path.write_bytes(bytes(row.pdf))
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    for words in ("Handlingsplan", "Version 1", "KS § 1", "Kommunstyrelsen"):
        assert words.lower() in said.stdout.lower()


PASTED = [
    "- a\n  - b\n    - c\n      - d", "# ", "# \n## x\n### \n# y", "# \ufe0f", "# [](x)",
    "‣ → ≥ ≤ ✓ ☐ ₂ ﬁ a\u2011b \ufeff", "Привет مرحبا 👩\u200d👧",
    "*Привет* **✓** `→ \x01`", "- \n- a",
]  # fmt: skip


@pytest.mark.parametrize("text", PASTED)
def test_what_people_paste_can_be_adopted(plan, now, text):
    made = a_draft(plan, text=text)
    assert bytes(actions.adopt(made.pk, decided(3), by=BY, at=now).pdf).startswith(b"%PDF")


def test_a_heading_without_words_is_none():
    assert html("# \n### Läget") == "<h2>Läget</h2>\n"
    assert [one["level"] for one in blocks("# \n### Läget")] == [1]


def test_what_the_press_refuses_is_said_and_nothing_is_lost(owner, as_person, now):
    document = actions.open_document(code="x", title="\u200b", by=BY, at=now)
    version = a_draft(document)
    page = reverse("documents:adopt", args=[version.pk])
    said = {"by": "council", "adopted_on": f"{TODAY}", "in_force_on": f"{TODAY}"}
    refused = as_person(owner).post(page, {**said, "decision": "KF § 9"})
    assert refused.status_code == 422
    assert "cannot be made into a PDF" in refused.content.decode()
    assert "KF § 9" in refused.content.decode()
    assert Version.unscoped.get().state == State.DRAFT


def test_the_demonstrations_files_are_accessible_and_made_once(db, now, tmp_path):
    demonstration.fill(by=BY, at=now)
    demonstration.fill(by=BY, at=now)
    assert Document.unscoped.count() == 2
    files = [bytes(row.pdf) for row in Version.unscoped.filter(state=State.ADOPTED)]
    assert len(files) == 3
    for number, file in enumerate(files):
        (tmp_path / f"{number}.pdf").write_bytes(file)
    for judge in (["pdfua", "check"], ["outloud", "--fail-on", "error"]):
        done = subprocess.run([BIN / judge[0], *judge[1:], *tmp_path.glob("*.pdf")],
                              capture_output=True, text=True, check=False)  # fmt: skip
        assert done.returncode == 0, done.stdout


# ── the pages ─────────────────────────────────────────────────────────────────────────────────
def address(name, *args):
    return reverse(f"documents:{name}", args=args)


def test_from_a_new_document_to_the_adopted_file(owner, as_person):
    client = as_person(owner)
    client.post(address("open"), {"kind": "guideline", "title": "Riktlinje"})
    document = Document.unscoped.get(code="guideline")
    client.post(address("document", document.pk), {"number": "2026"})
    row = Version.unscoped.get()
    seen = {"seen": row.changed_at.isoformat()}
    client.post(address("write", row.pk), {"text": "# Ett\r\n\r\nOrd.", **seen})
    client.post(address("send", row.pk), {"to": "Nämnderna", "until": ""})
    assert Version.unscoped.get().state == State.SENT
    client.post(address("take_back", row.pk))
    day = str(TODAY)
    answer = client.post(
        address("adopt", row.pk),
        {"by": "council", "adopted_on": day, "in_force_on": day, "decision": "KF § 3"},
    )
    assert answer.status_code == 302
    page = client.get(address("version", row.pk)).content.decode()
    row = Version.unscoped.get()
    assert row.sha256 in page
    assert "<h2>Ett</h2>" in page
    file = client.get(address("file", row.pk))
    assert hashlib.sha256(file.content).hexdigest() == row.sha256
    assert file["Content-Disposition"] == f'attachment; filename="guideline-{day}.pdf"'


def test_a_draft_is_seen_by_those_who_write_and_a_sent_one_by_all(plan, alva, now, as_person):
    row = a_draft(plan)
    client = as_person(alva)
    assert client.get(address("version", row.pk)).status_code == 404
    assert (
        "There is no version to read yet."
        in client.get(address("document", plan.pk)).content.decode()
    )
    actions.send(row.pk, to="alla", until=None, by=BY, at=now)
    assert client.get(address("version", row.pk)).status_code == 200
    assert client.get(address("file", row.pk)).status_code == 404
    assert client.post(address("document", plan.pk), {"number": "9"}).status_code == 404


def test_a_decision_that_cannot_be_is_said_beside_its_field(plan, owner, as_person):
    row = a_draft(plan)
    form = {"by": "other", "adopted_on": str(TODAY), "in_force_on": "imorgon"}
    answer = as_person(owner).post(address("adopt", row.pk), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write who adopted it." in page
    assert "That is no day." in page
    form |= {"by_other": "Styrelsen", "in_force_on": str(TODAY - dt.timedelta(days=1))}
    page = as_person(owner).post(address("adopt", row.pk), form).content.decode()
    assert "It cannot be in force before it was adopted." in page


def test_two_who_write_at_once_lose_nothing(plan, owner, as_person, now):
    row = a_draft(plan)
    client = as_person(owner)
    mine = {"text": "Mina ord", "seen": row.changed_at.isoformat()}
    actions.write(row.pk, text="Andras ord", by=BY, at=now + dt.timedelta(minutes=1))
    answer = client.post(address("write", row.pk), mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mina ord" in page
    assert Version.unscoped.get().text == "Andras ord"
    again = answer.context["form"]["seen"].value()
    assert client.post(address("write", row.pk), mine | {"seen": again}).status_code == 302
    assert Version.unscoped.get().text == "Mina ord"


def test_a_document_or_version_name_that_is_taken_is_said(plan, owner, as_person):
    client = as_person(owner)
    a_draft(plan, "1")
    again = client.post(address("open"), {"kind": "plan", "title": "En till"})
    assert "There is already a version or document with that name." in again.content.decode()
    again = client.post(address("document", plan.pk), {"number": "1"})
    assert "There is already a version or document with that name." in again.content.decode()
    assert Document.unscoped.count() == Version.unscoped.count() == 1
