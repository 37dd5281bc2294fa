"""A code that has been retired is shown as itself: an old case never answers with a fault."""

from dataclasses import replace

from django.test import Client
from django.urls import reverse

import pytest

import cast
import world as worlds
from varna.cases.models import Assessment, Case, Classification, Closing, Step
from varna.cases.sealed import Observation, Reasoning, Result
from varna.evidence.models import Item
from varna.evidence.sealed import Description
from varna.foundation.access.models import Grant
from varna.foundation.codes import word_for
from varna.foundation.keys.rules import Compartment
from varna.foundation.keys.store import keystore
from varna.foundation.vault import service as vault
from varna.reports import actions as reports
from varna.reports.models import Entry, Report
from varna.reports.sealed import Answers, Consents, Contact, Message
from varna.support.models import HealthOffer, Measure, PoliceContact
from varna.support.sealed import Content, Outcome, PoliceReport


pytestmark = pytest.mark.django_db
CASE_PAGES = (
    "case", "assess", "classify", "talk", "notes", "circle", "timeline", "measures", "police",
    "health", "close", "afterwards",
)  # fmt: skip


@pytest.fixture
def world(db):
    return worlds.a_world()


def sealed(row, field, shape):
    """Seal the shape in the row, as an earlier program may have done."""
    owner = vault.sealed_field(row, field).owner_of(row)
    handle(owner).seal(row, field, shape)
    row.save(update_fields=[field])


def handle(owner):
    return vault.Handle(owner, keystore().keys(owner, set(Compartment)), frozenset(Compartment))


def changed(row, **columns):
    """As a version that knew these codes has written it."""
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))


def opened(client, name, **kwargs):
    answer = client.get(reverse(name, kwargs=kwargs))
    assert answer.status_code == 200, f"{name}: {answer.status_code}"
    return answer.content.decode()


def pages_of(world, report):
    """Every page that shows the case, its report, a report that is in none, and the thread."""
    handler = cast.sign_in(Client(), world.people["assigned"])
    lead = cast.sign_in(Client(), world.people["lead"])
    contact = cast.sign_in(Client(), world.people["shared_contact"])
    receipt = Client()
    receipt.post(reverse("cases:return"), {"code": world.code})
    shown = {name: opened(handler, f"cases:{name}", case_id=world.case) for name in CASE_PAGES}
    measure = {"case_id": world.case, "measure_id": world.measure}
    shown["measure"] = opened(handler, "cases:measure", **measure)
    shown["own"] = opened(receipt, "cases:own", report_id=world.report)
    shown["report"] = opened(lead, "cases:report", report_id=report)
    shown["tasks"] = opened(contact, "cases:tasks")
    for name in ("desk", "list"):
        shown[name] = opened(handler, f"cases:{name}")
    return shown


def a_report_in_no_case():
    receipt = reports_receipt()
    told = reports.Told(
        content=Answers("Brev", "i går", for_whom="x_for", kinds=("x_kind",), channels=("x_way",),
                        support=("x_support",)),
        contact=Contact("x_reach"),
    )  # fmt: skip
    report = reports.submit(told, receipt, by=cast.nobody(), at=worlds.clock.now())
    sealed(report, "consents", Consents(("x_consent",)))
    return report


def reports_receipt():
    from varna.reports.receipts import new_token, receipt_for

    return receipt_for(new_token())


def in_a_sealed_place(world):
    """A code that nobody knows in every place where something sealed holds one."""
    report = Report.unscoped.get(pk=world.report)
    case = Case.unscoped.get(pk=world.case)
    told = Answers("Brev", "i går", for_whom="y_for", kinds=("y_kind",), channels=("y_way",))
    sealed(report, "told", told)
    sealed(report, "consents", Consents(("police", "y_consent")))
    sealed(report, "contact", Contact("y_reach"))
    entry = Entry.unscoped.filter(report=report).first()
    sealed(entry, "words", Message(withdrawn="y_withdrawn"))
    item = Item.unscoped.get(owner=report.pk)
    meta = handle(report.pk).read(item, "meta", Description)
    sealed(item, "meta", replace(meta, kind="y_file"))
    seen = {"y_seen": Observation("y_answer", "Anteckning")}
    judged = Reasoning("Förhöjd.", "Två", seen, {"y_question": "Vet inte."})
    sealed(Assessment.unscoped.get(case=case), "judgement", judged)
    measure = Measure.unscoped.get(case=case)
    sealed(measure, "what", Content("Lås", "Behövs", "y_given", "y_measure"))
    sealed(measure, "outcome", Outcome("y_effect", ""))
    changed(measure, state="done")  # what is done shows its effect
    sealed(PoliceContact.unscoped.get(case=case), "what", PoliceReport(protected="y_protected"))
    sealed(HealthOffer.unscoped.get(case=case), "answer", "y_health")


SHOWN_FROM_SEALED = {
    "case": ("y_for", "y_kind", "y_way", "y_consent", "y_reach", "y_file", "y_measure"),
    "own": ("y_for", "y_kind", "y_way", "y_consent", "y_withdrawn"),
    "talk": ("y_withdrawn",),
    "assess": ("y_seen", "y_answer", "y_question"),
    "measures": ("y_measure", "y_given", "y_effect"),
    "measure": ("y_measure",),
    "health": ("y_health",),
    "report": ("x_for", "x_kind", "x_way", "x_support", "x_reach", "x_consent"),
}


def test_a_retired_code_that_was_sealed_is_shown_as_itself(world):
    report = a_report_in_no_case()
    in_a_sealed_place(world)
    shown = pages_of(world, report.pk)
    for page, codes in SHOWN_FROM_SEALED.items():
        for code in codes:
            assert code in shown[page], f"{code} is not on the page {page}"


def test_a_consent_that_is_not_asked_for_any_more_can_be_taken_back(world):
    report = Report.unscoped.get(pk=world.report)
    sealed(report, "consents", Consents(("police", "y_consent")))
    receipt = Client()
    receipt.post(reverse("cases:return"), {"code": world.code})
    address = reverse("cases:withdraw", args=[report.pk])
    assert receipt.post(address, {"consent": "never_given"}).status_code == 404
    assert receipt.post(address, {"consent": "y_consent"}).status_code == 302
    report.refresh_from_db()
    assert handle(report.pk).read(report, "consents", Consents) == Consents(("police",))


def in_a_column(world, report):
    """A code that nobody knows in every column that has words for its codes."""
    case = Case.unscoped.get(pk=world.case)
    changed(case, waits_for="z_waits", due_clock="z_clock", level=77)
    changed(Assessment.unscoped.get(case=case), level=88)
    codes = ("influence", "hate_motive", "repeated", "sexual", "consequence", "police_reported",
             "why_not_police", "kinds", "channels", "event_group")  # fmt: skip
    changed(Classification.unscoped.get(case=case), **dict.fromkeys(codes, "z"))
    changed(Step.unscoped.filter(case=case).first(), before="z_before", after="z_after")
    changed(Measure.unscoped.get(case=case), measure_class=99, state="z_state")
    changed(Grant.unscoped.get(pk=world.grant), reason="z_reason")
    changed(Item.unscoped.get(owner=world.report), origin="z_origin")
    changed(report, state="z_report", lane="z_lane", set_aside_for="z_aside")


SHOWN_FROM_COLUMNS = {
    "case": ("88",),
    "assess": ("88",),
    "desk": ("z_clock",),
    "list": ("z_clock",),
    "timeline": ("z_before → z_after", "88", "z_state", "99"),
    "measures": ("z_state", "99"),
    "circle": ("z_reason",),
}


def test_a_retired_code_in_a_column_is_shown_as_itself(world):
    report = a_report_in_no_case()
    in_a_column(world, report)
    shown = pages_of(world, report.pk)
    for page, codes in SHOWN_FROM_COLUMNS.items():
        for code in codes:
            assert code in shown[page], f"{code} is not on the page {page}"


def test_a_case_in_a_retired_state_can_still_be_read_and_leads_nowhere(world):
    report = a_report_in_no_case()
    changed(Case.unscoped.get(pk=world.case), state="z_state")
    shown = pages_of(world, report.pk)
    assert all("z_state" in shown[page] for page in (*CASE_PAGES, "own"))


def test_how_a_closed_case_ended_is_read_whatever_its_code(world):
    closing = Closing.unscoped.get(case=world.closed)
    sealed(closing, "what", Result("Samtal", "Allt", "y_content", "Tack"))
    handler = cast.sign_in(Client(), world.people["other_handler"])
    for name in CASE_PAGES:
        opened(handler, f"cases:{name}", case_id=world.closed)


def test_a_code_that_has_a_word_is_shown_by_it_and_one_that_has_none_by_itself():
    assert word_for({"yes": "ja"}, "yes") == "ja"
    assert word_for({"yes": "ja"}, "maybe") == "maybe"
    assert word_for({3: "tre"}, 4) == "4"
    assert word_for({}, "") == ""
