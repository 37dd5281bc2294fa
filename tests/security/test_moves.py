"""The moves between a report, a case, an account and a person: no conflict is lost by any of them,
and somebody always receives.
"""

import datetime as dt
import uuid

from django.db import connection
from django.urls import reverse

import pytest
from allauth.mfa.models import Authenticator

import cast
from varna.cases.actions import assigning, circle, closing, judging
from varna.cases.models import Case
from varna.cases.rules.judging import Level
from varna.cases.rules.steps import State
from varna.evidence.queries import originals_of
from varna.foundation import clock
from varna.foundation.access import actions as access
from varna.foundation.access import queries
from varna.foundation.access.models import Grant
from varna.foundation.access.rules import GrantReason
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts import codes, totp
from varna.foundation.accounts.models import Account, RoleGrant
from varna.foundation.accounts.rules import Role, system
from varna.foundation.deeds import Forbidden, WhyNot
from varna.foundation.keys.rules import Compartment
from varna.foundation.outbox.models import Mail
from varna.foundation.tags import forged
from varna.foundation.vault import service as vault
from varna.intake import actions as intake
from varna.reports import actions as reports
from varna.reports.models import Report
from varna.reports.receipts import new_token, receipt_for
from varna.reports.sealed import Answers, Contact
from varna.support import actions as support
from world import an_upload


pytestmark = pytest.mark.django_db
OPENING = intake.Opening(label="Brev", reason="")


def by(account):
    return {"by": cast.actor(account), "at": clock.now()}


def by_system():
    return {"by": system("tests"), "at": clock.now()}


def a_report(sender=None, *, file=False):
    receipt = receipt_for(new_token())
    told = reports.Told(
        content=Answers(happened="Ett brev", when="i går"),
        contact=Contact(reach="code"),
        pointed_out="Någon",
    )
    who = {"by": cast.actor(sender) if sender else cast.nobody(), "at": clock.now()}
    if file:
        reports.keep_file(receipt.report, an_upload("a.png", b"\x89PNG\r\n\x1a\n0"), **who)
    return reports.submit(told, receipt, **who)


def a_case(handler, report=None, opener=None):
    return intake.open_case(OPENING, handler=handler, report=report, **by(opener or handler))


def sees(account, case):
    found = Case.visible_to(cast.actor(account), at=clock.now()).filter(pk=case.pk)
    may = vault.may_open(cast.actor(account), case.pk, {Compartment.CONTENT}, at=clock.now())
    assert found.exists() == may, "what is listed is what opens"
    return may


def receives(account, report):
    found = Report.visible_to(cast.actor(account), at=clock.now()).filter(pk=report.pk)
    # Whom it points out: what whoever reported does not read either.
    may = vault.may_open(cast.actor(account), report.pk, {Compartment.PERSON}, at=clock.now())
    assert found.exists() == may, "what is listed is what opens"
    return may


# ── a report that goes into a case ────────────────────────────────────────────────────────────
@pytest.mark.proves("C1")
def test_whoever_is_kept_out_of_a_case_reads_no_report_that_comes_to_it_later(
    alva, love, as_person
):
    case = a_case(alva)
    circle.keep_out(case, love, **by(love))
    report = a_report(file=True)
    assert receives(love, report)
    intake.link_to_case(case, report, "", **by(alva))
    assert not receives(love, report)
    client = as_person(love)
    assert client.get(reverse("cases:report", args=[report.pk])).status_code == 404
    item = originals_of(report.pk).get()
    assert client.get(reverse("cases:file", args=[item.pk])).status_code == 404
    said = client.post(reverse("cases:write", args=[report.pk]), {"text": "Hej"})
    assert said.status_code == 404
    assert client.get(reverse("cases:case", args=[case.pk])).status_code == 404


@pytest.mark.proves("C1")
def test_a_lead_appointed_later_is_kept_out_of_the_reports_of_a_case_too(alva):
    nora = cast.an_account("Nora Holm", "handler")
    report = a_report()
    case = a_case(alva, report)
    circle.keep_out(case, nora, **by(cast.an_account("Love Berg", "lead")))
    access.appoint(nora, Role.LEAD, **by_system())
    assert not receives(nora, report)
    assert not sees(nora, case)


def test_a_linked_report_leads_to_its_case_for_whoever_sees_the_case(alva, love, as_person):
    report = a_report()
    case = a_case(alva, report)
    answer = as_person(alva).get(reverse("cases:report", args=[report.pk]))
    assert answer.headers["Location"] == reverse("cases:case", args=[case.pk])


@pytest.mark.parametrize("on_duty", [True, False])
@pytest.mark.parametrize("part", ["handler", "lead"])
@pytest.mark.proves("C2")
def test_nobody_handles_the_case_that_is_made_of_what_they_reported(alva, love, part, on_duty):
    sender = alva if part == "handler" else love
    if part == "handler":
        accounts.take_duty(alva, on_duty=on_duty, **by(alva))
    sixten = cast.an_account("Sixten Ahl", "handler")
    report = a_report(sender)
    assert not receives(sender, report)
    case = a_case(sixten, report)
    assert not sees(sender, case)
    with pytest.raises(WhyNot):
        assigning.assign(case, sender, **by(sixten))
    with pytest.raises(WhyNot):
        circle.add(case, sender, reason=GrantReason.SECOND, **by(sixten))


@pytest.mark.proves("C2")
def test_whoever_reported_loses_the_case_that_the_report_is_added_to(alva, love):
    case = a_case(alva)
    report = a_report(alva)
    intake.link_to_case(case, report, "", **by(love))
    assert not sees(alva, case)
    case.refresh_from_db()
    assert case.handler is None


def test_a_conflict_said_at_the_report_holds_for_its_case(alva, love, as_person):
    report = a_report()
    answer = as_person(alva).post(reverse("cases:declare_at_report", args=[report.pk]))
    assert answer.headers["Location"] == reverse("cases:desk")
    assert not receives(alva, report)
    assert receives(love, report)
    case = a_case(love, report)
    assert not sees(alva, case)


# ── accounts and persons ──────────────────────────────────────────────────────────────────────
def linked(name, person, *roles):
    account = cast.an_account(name, *roles)
    accounts_of(account, person)
    return account


def accounts_of(account, person, **more):
    access.link_person(account, person, **by_system(), **more)


@pytest.mark.proves("H1", "T3")
def test_whoever_was_pointed_out_is_not_let_in_by_another_name(alva, love):
    person, other = uuid.uuid4(), uuid.uuid4()
    sixten = linked("Sixten Ahl", person, "handler")
    case = a_case(alva)
    circle.point_out(case, "Han", person=person, **by(alva))
    accounts_of(sixten, other)
    with pytest.raises(WhyNot):
        circle.add(case, sixten, reason=GrantReason.SECOND, **by(alva))
    assert not sees(sixten, case)


@pytest.mark.proves("H2")
def test_a_conflict_found_on_one_account_holds_for_the_persons_other(alva, love):
    person = uuid.uuid4()
    first, second = (linked(f"Vera Ny{n}", person, "handler") for n in (1, 2))
    case = a_case(alva)
    circle.keep_out(case, first, **by(love))
    with pytest.raises(WhyNot):
        circle.add(case, second, reason=GrantReason.SECOND, **by(love))


def test_a_conflict_found_on_an_account_goes_with_its_holder(alva, love):
    """Found before anybody said whose the account was, and whose the other one is."""
    person, case = uuid.uuid4(), a_case(alva)
    first, second = (cast.an_account(f"Vera Ny{n}", "handler") for n in (1, 2))
    circle.keep_out(case, first, **by(love))
    accounts_of(first, person)
    accounts_of(second, person)
    with pytest.raises(WhyNot):
        circle.add(case, second, reason=GrantReason.SECOND, **by(love))


@pytest.mark.proves("H2")
def test_one_person_does_not_give_the_second_opinion_to_herself(alva, love):
    person = uuid.uuid4()
    accounts_of(alva, person)
    other = linked("Alva Två", person, "handler")
    case = a_case(alva)
    circle.add(case, other, reason=GrantReason.SECOND, **by(love))
    judgement = judging.Judgement(Level.SERIOUS, "", "", clock.today())
    version = judging.assess(case, judgement, **by(alva))
    with pytest.raises(WhyNot):
        judging.second(case, version, agrees=True, words="", **by(other))


# ── the circle ────────────────────────────────────────────────────────────────────────────────
@pytest.mark.proves("H6")
def test_a_handler_cannot_put_the_lead_out(alva, love):
    case = a_case(alva)
    assert all(one.id is None for one in queries.circle(case.pk, at=clock.now())
               if one.account == love.pk)  # fmt: skip
    with pytest.raises(Forbidden):
        circle.keep_out(case, love, **by(alva))
    assert sees(love, case)


@pytest.mark.proves("H6")
def test_the_lead_hears_of_every_change_in_a_circle(alva, love):
    case = a_case(alva)
    sixten = cast.an_account("Sixten Ahl", "handler")

    def told():
        found = Mail.unscoped.filter(account=love.pk).count()
        Mail.unscoped.all().delete()
        return found

    told()
    circle.add(case, sixten, reason=GrantReason.SECOND, **by(alva))
    assert told()
    grant = next(one.id for one in queries.circle(case.pk, at=clock.now())
                 if one.account == sixten.pk)  # fmt: skip
    circle.remove(case, grant, **by(sixten))
    assert told()
    circle.keep_out(case, alva, **by(alva))
    assert told()


@pytest.mark.proves("H8")
def test_the_lead_does_not_read_about_health_by_taking_the_case(alva, love):
    case = a_case(alva)
    support.offer_health(case, "declined", **by(alva))
    with pytest.raises(WhyNot):
        assigning.take(case, love, **by(love))
    circle.keep_out(case, alva, **by(alva))
    assigning.take(case, love, **by(love))
    case.refresh_from_db()
    assert case.handler == love.pk
    assert not vault.may_open(cast.actor(love), case.pk, {Compartment.HEALTH}, at=clock.now())
    sixten = cast.an_account("Sixten Ahl", "handler")
    assigning.assign(case, sixten, **by(love))
    assert vault.may_open(cast.actor(sixten), case.pk, {Compartment.HEALTH}, at=clock.now())


def test_whoever_was_let_in_may_take_the_case_when_its_handler_has_left(alva, love):
    sixten = cast.an_account("Sixten Ahl", "handler")
    case = a_case(alva)
    circle.add(case, sixten, reason=GrantReason.SECOND, **by(alva))
    circle.keep_out(case, alva, **by(alva))
    assigning.take(case, sixten, **by(sixten))
    case.refresh_from_db()
    assert case.handler == sixten.pk


def test_a_case_that_was_taken_and_then_given_opens_what_was_told_about_health(alva, love):
    case = intake.open_case(OPENING, handler=None, **by(love))
    assigning.take(case, love, **by(love))
    sixten = cast.an_account("Sixten Ahl", "lead")
    assigning.assign(case, love, **by(sixten))
    assert vault.may_open(cast.actor(love), case.pk, {Compartment.HEALTH}, at=clock.now())


# ── somebody receives ─────────────────────────────────────────────────────────────────────────
def test_a_report_sent_when_nobody_receives_is_read_by_whoever_does_next(alva, love):
    accounts.take_duty(alva, on_duty=False, **by(alva))
    accounts.lock_account(love, **by_system())
    report = a_report()
    assert queries.without_reader(at=clock.now()) == {report.pk}
    accounts.take_duty(alva, on_duty=True, **by(alva))
    assert receives(alva, report)
    assert queries.without_reader(at=clock.now()) == set()


def test_a_lead_who_was_locked_when_a_case_was_opened_leads_it_when_back(alva, love):
    accounts.lock_account(love, **by_system())
    case = intake.open_case(OPENING, handler=None, **by(alva))
    assert queries.without_reader(at=clock.now()) == {case.pk}
    accounts.unlock_account(love, **by_system())
    love.refresh_from_db()
    assert sees(love, case)


def test_a_leads_own_report_has_no_reader_until_somebody_else_receives(alva, love):
    accounts.take_duty(alva, on_duty=False, **by(alva))
    report = a_report(love)
    assert queries.without_reader(at=clock.now()) == {report.pk}
    nora = cast.an_account("Nora Holm", "lead")
    assert receives(nora, report)


def test_a_role_that_has_run_out_opens_nothing(alva, love, time_machine):
    case = a_case(alva)
    role = RoleGrant.objects.get(account=love)
    role.until = clock.now()
    role.save()
    cast_as_handler = access.appoint(love, Role.HANDLER, **by_system())
    assert cast_as_handler.account == love
    assert not sees(love, case)


# ── rows that Värna has not written ───────────────────────────────────────────────────────────
@pytest.mark.proves("H7")
@pytest.mark.proves("T8", part=True)
def test_a_grant_written_past_the_product_opens_nothing(alva, love):
    sixten = cast.an_account("Sixten Ahl", "handler")
    case = a_case(alva)
    row = Grant.unscoped.get(about=case.pk, account=alva.pk)
    row.pk, row.account = uuid.uuid4(), sixten.pk
    row.save_base(raw=True, force_insert=True)
    assert not sees(sixten, case)
    assert [(model, pk) for model, pk in forged()] == [("access.Grant", str(row.pk))]


@pytest.mark.proves("H7")
def test_a_role_written_past_the_product_gives_nothing(alva, love):
    folke = cast.an_account("Folke Ask", "official")
    case = a_case(alva)
    row = RoleGrant.objects.get(account=love)
    row.pk, row.account = uuid.uuid4(), folke
    row.save_base(raw=True, force_insert=True)
    assert not cast.actor(folke).has(Role.LEAD)
    assert not sees(folke, case)


def test_a_linked_report_set_free_past_the_product_opens_nothing(alva, love):
    report = a_report()
    case = a_case(alva, report)
    circle.keep_out(case, love, **by(love))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_matter SET within = NULL, for_duty = TRUE")
    assert not vault.may_open(cast.actor(love), report.pk, {Compartment.CONTENT}, at=clock.now())
    sixten = cast.an_account("Sixten Ahl", "handler")
    assert not vault.may_open(cast.actor(sixten), case.pk, {Compartment.CONTENT}, at=clock.now())


@pytest.mark.proves("H7")
def test_an_address_written_past_the_product_lets_nobody_in(alva, love, client):
    """A code then goes to whoever wrote it; it opens nothing."""
    case = a_case(alva)
    cast.sign_in(client, alva)
    page = reverse("cases:case", args=[case.pk])
    assert client.get(page).status_code == 200
    with connection.cursor() as cursor:
        where = [str(alva.email)]
        cursor.execute("UPDATE accounts_account SET email = 'x@y.example' WHERE email = %s", where)
    alva.refresh_from_db()
    assert client.get(page).status_code == 404
    assert not cast.actor(alva).roles
    alva.save(update_fields=["last_login"])
    alva.refresh_from_db()
    assert not cast.actor(alva).roles, "and it does not become ours by a sign-in"


@pytest.mark.proves("H7")
def test_a_passkey_written_past_the_product_signs_nobody_in(alva):
    data = {"credential": {"id": "eA"}, "passwordless": True, "name": "x"}
    row = Authenticator.objects.create(user=alva, type="webauthn", data=data)
    with pytest.raises(Forbidden):
        accounts.note_sign_in(alva, ["webauthn"], [row.pk], at=clock.now())


def test_two_who_change_an_account_at_once_leave_it_ours(alva):
    one, other = (Account.objects.get(pk=alva.pk) for _ in range(2))
    one.language = "en"
    one.save(update_fields=["language"])
    other.title = "Ny"
    other.save(update_fields=["title"])
    alva.refresh_from_db()
    assert (alva.language, alva.title) == ("en", "Ny")
    assert cast.actor(alva).roles


def test_a_grant_that_was_not_ours_does_not_become_ours_by_reopening(alva, love):
    sixten = cast.an_account("Sixten Ahl", "handler")
    case = a_case(alva)
    row = Grant.unscoped.get(about=case.pk, account=alva.pk)
    row.pk, row.account, row.shortened_at = uuid.uuid4(), sixten.pk, clock.now()
    row.until = clock.now()
    row.save_base(raw=True, force_insert=True)
    case.refresh_from_db()
    judging.assess(case, judging.Judgement(Level.AWARE, "", "", clock.today()), **by(alva))
    closing.close(case, closing.Ending("", "", "yes", ""), **by(alva))
    case.refresh_from_db()
    closing.step(case, State.UNDER_WAY, reason="Igen", **by(alva))
    assert sees(alva, case)
    assert not sees(sixten, case)


# ── what a fresh eye found ────────────────────────────────────────────────────────────────────
def test_letting_somebody_in_never_shortens_what_they_have(alva, love):
    sixten = cast.an_account("Sixten Ahl", "handler")
    case = intake.open_case(OPENING, handler=None, **by(love))
    assigning.take(case, love, **by(love))
    circle.add(case, sixten, reason=GrantReason.SECOND, **by(love))
    soon = clock.now() + dt.timedelta(hours=1)
    circle.add(case, love, reason=GrantReason.SECOND, until=soon, **by(sixten))
    held = [one for one in queries.circle(case.pk, at=clock.now()) if one.account == love.pk]
    assert any(one.id and one.until is None for one in held)
    with pytest.raises(WhyNot):
        circle.add(case, love, reason=GrantReason.SECOND, until=clock.now(), **by(sixten))


def test_a_part_that_ends_is_prolonged_when_the_case_is_given(alva, love):
    sixten = cast.an_account("Sixten Ahl", "handler")
    case = a_case(alva)
    soon = clock.now() + dt.timedelta(hours=1)
    circle.add(case, sixten, reason=GrantReason.SUBSTITUTE, until=soon, **by(alva))
    assigning.assign(case, sixten, **by(love))
    (part,) = [one for one in queries.circle(case.pk, at=clock.now()) if one.account == sixten.pk]
    assert part.until is None


def test_nobody_lets_in_themselves_by_another_account(alva, love):
    person, case = uuid.uuid4(), a_case(alva)
    accounts_of(alva, person)
    other = linked("Alva Två", person, "handler")
    for deed in (
        lambda: circle.add(case, other, reason=GrantReason.SECOND, **by(alva)),
        lambda: assigning.assign(case, other, **by(alva)),
    ):
        with pytest.raises(WhyNot):
            deed()


def test_nobody_administers_their_other_account(berit):
    person = uuid.uuid4()
    accounts_of(berit, person)
    other = linked("Berit Två", person, "official")
    with pytest.raises(WhyNot):
        access.appoint(other, Role.LEAD, **by(berit))


def test_whoever_was_appointed_after_it_was_asked_for_is_no_second(berit, folke):
    first, second = uuid.uuid4(), uuid.uuid4()
    access.link_person(folke, first, **by(berit))
    assert not access.link_person(folke, second, **by(berit))
    late = accounts.open_account(email="b2@example.se", name="Berit Två", **by(berit))
    access.appoint(late, Role.ACCESS_ADMIN, **by(berit))
    assert not access.link_person(folke, second, **by(late))
    folke.refresh_from_db()
    assert folke.person == first


def test_the_case_is_told_when_its_reporter_writes_more(alva, love, folke):
    report = a_report(folke)
    a_case(alva, report)
    Mail.unscoped.all().delete()
    reports.add(report, "Mer", **by(folke))
    assert {alva.pk, love.pk} <= set(Mail.unscoped.values_list("account", flat=True))


def test_a_role_that_is_given_again_opens_nothing_that_was_closed(alva, love):
    case = a_case(alva)
    access.retire(RoleGrant.objects.get(account=alva), **by_system())
    access.appoint(alva, Role.HANDLER, **by_system())
    assert not sees(alva, case)


def test_whoever_has_no_key_receives_nothing(alva, love, settings):
    report = a_report()
    assert queries.has_reader(report.pk, at=clock.now())
    settings.DEMO = False
    assert not queries.has_reader(report.pk, at=clock.now())
    assert queries.without_reader(at=clock.now()) == {report.pk}
    codes.add_app(alva, totp.new_secret(), last=0)
    assert queries.without_reader(at=clock.now()) == set()


def test_a_conflict_that_somebody_has_damaged_can_be_said_again(alva, love):
    case = a_case(alva)
    circle.keep_out(case, alva, **by(love))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_keptout SET tag = %s", [b"x"])
    circle.keep_out(case, alva, **by(love))
    assert queries.is_kept_out(case.pk, alva)


def test_nobody_is_let_into_what_the_product_has_not_announced(alva, love):
    case = a_case(alva)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_matter SET for_duty = TRUE")
    sixten = cast.an_account("Sixten Ahl", "handler")
    with pytest.raises(Forbidden):
        circle.add(case, sixten, reason=GrantReason.SECOND, **by(alva))
