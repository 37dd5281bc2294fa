"""Who sees a case: those who are in its circle, and nobody by rank."""

import datetime as dt
import uuid

from django.urls import reverse

import pytest

import cast
from varna.cases.actions import assigning, circle
from varna.cases.models import Case
from varna.foundation import clock
from varna.foundation.access import actions as access
from varna.foundation.access import queries as access_queries
from varna.foundation.access.models import Grant
from varna.foundation.access.rules import GrantReason
from varna.foundation.accounts.models import RoleGrant
from varna.foundation.accounts.rules import Role, system
from varna.foundation.deeds import WhyNot
from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import service as vault
from varna.intake import actions as intake
from varna.reports import actions as reports
from varna.reports.models import Report
from varna.reports.receipts import new_token, receipt_for
from varna.reports.sealed import Answers, Contact


pytestmark = pytest.mark.django_db


def a_report(by=None, **content):
    receipt = receipt_for(new_token())
    told = reports.Told(
        content=Answers(happened="Ett brev", when="i går", **content),
        contact=Contact(reach="code"),
    )
    return reports.submit(told, receipt, by=by or cast.nobody(), at=clock.now())


def a_case(handler, *, report=None, by=None):
    opening = intake.Opening(label="Brev", reason="Ska utredas")
    return intake.open_case(
        opening, handler=handler, by=by or cast.actor(handler), at=clock.now(), report=report
    )


def sees(account, case):
    return Case.visible_to(cast.actor(account), at=clock.now()).filter(pk=case.pk).exists()


def sees_report(account, report):
    return Report.visible_to(cast.actor(account), at=clock.now()).filter(pk=report.pk).exists()


def test_a_new_report_is_seen_by_those_on_duty(alva, love, berit, otto, folke):
    report = a_report()
    assert [who for who in (alva, love, berit, otto, folke) if sees_report(who, report)] == [
        alva, love,
    ]  # fmt: skip


def test_a_linked_report_leaves_those_who_only_were_on_duty(alva, love):
    sixten = cast.an_account("Sixten Ahl", "handler")
    report = a_report()
    case = a_case(alva, report=report)
    assert sees(alva, case)
    assert sees(love, case)
    assert not sees(sixten, case)
    assert not sees_report(sixten, report)


def test_whoever_handles_the_case_reads_its_report(alva, love):
    report = a_report()
    case = a_case(alva, report=report)
    with vault.opened(
        report.pk,
        {Compartment.CONTENT},
        by=cast.actor(alva),
        at=clock.now(),
        purpose=vault.Purpose.HANDLE,
        within=case.pk,
    ) as handle:
        assert handle.read(report, "told", Answers).happened == "Ett brev"


def test_a_new_lead_handler_sees_what_lead_handlers_see(alva, love):
    case = a_case(alva)
    nora = cast.an_account("Nora Holm")
    assert not sees(nora, case)
    access.appoint(nora, Role.LEAD, by=system("tests"), at=clock.now())
    assert sees(nora, case)


def test_a_retired_lead_handler_sees_nothing_from_that_moment(alva, love):
    case = a_case(alva)
    role = RoleGrant.objects.get(account=love)
    access.retire(role, by=system("tests"), at=clock.now())
    assert not sees(love, case)


def test_a_guest_in_the_circle_leaves_when_the_day_comes(alva, time_machine):
    sixten = cast.an_account("Sixten Ahl", "handler")
    case = a_case(alva)
    now = clock.now()
    circle.add(
        case,
        sixten,
        reason=GrantReason.SECOND,
        by=cast.actor(alva),
        at=now,
        until=now + dt.timedelta(days=3),
    )
    assert sees(sixten, case)
    time_machine.move_to(now + dt.timedelta(days=3, seconds=1))
    assert not sees(sixten, case)


def test_a_day_that_a_guest_may_stay_until_is_counted_in(alva, as_person, time_machine):
    """The page says "Till och med", and means it; a role that ends later may be let in."""
    sixten = cast.an_account("Sixten Ahl", "handler")
    ends = clock.now() + dt.timedelta(days=90)
    role = RoleGrant.objects.get(account=sixten)
    role.until = ends
    role.save()
    case = a_case(alva)
    last = clock.today() + dt.timedelta(days=2)
    said = {"account": sixten.pk, "reason": "substitute", "until": last.isoformat()}
    answer = as_person(alva).post(reverse("cases:circle_add", args=[case.pk]), said)
    assert answer.status_code == 302
    time_machine.move_to(clock.start_of(last) + dt.timedelta(hours=20))
    assert sees(sixten, case)
    time_machine.move_to(clock.start_of(last) + dt.timedelta(hours=25))
    assert not sees(sixten, case)


@pytest.mark.parametrize("part", ["handler", "lead"])
def test_a_conflict_of_interest_hides_the_case_and_its_reports_and_lasts(alva, love, part):
    somebody, other = {"handler": (alva, love), "lead": (love, alva)}[part]
    report = a_report()
    case = a_case(alva, report=report)
    circle.keep_out(case, somebody, by=cast.actor(love), at=clock.now())
    assert not sees(somebody, case)
    assert not sees_report(somebody, report)
    with pytest.raises(WhyNot):
        circle.add(case, somebody, reason=GrantReason.HANDLES, by=cast.actor(other), at=clock.now())
    with pytest.raises(WhyNot):
        assigning.assign(case, somebody, by=cast.actor(other), at=clock.now())


def test_a_second_role_does_not_lead_round_a_conflict(alva):
    case = a_case(alva)
    circle.keep_out(case, alva, by=cast.actor(alva), at=clock.now())
    access.appoint(alva, Role.LEAD, by=system("tests"), at=clock.now())
    assert not sees(alva, case)


@pytest.mark.proves("T3")
def test_pointing_out_somebody_in_the_register_hides_the_case_from_their_account(alva, love):
    person = uuid.uuid4()
    named = cast.an_account("Vera Ny", "handler", person=person)
    report = a_report()
    case = a_case(alva, report=report)
    circle.add(case, named, reason=GrantReason.SECOND, by=cast.actor(alva), at=clock.now())
    assert sees(named, case)
    circle.point_out(case, "En kollega", person=person, by=cast.actor(alva), at=clock.now())
    assert not sees(named, case)


@pytest.mark.proves("M6", part=True)
def test_no_table_tells_who_has_been_kept_out(alva, love):
    """Keyed and wrapped: nothing in the table of conflicts is an account's id, or a case's."""
    from varna.foundation.access.models import KeptOut

    case = a_case(alva)
    circle.keep_out(case, alva, by=cast.actor(love), at=clock.now())
    for row in KeptOut.unscoped.all():
        told = bytes(row.who) + bytes(row.about)
        assert alva.pk.bytes not in told
        assert case.pk.bytes not in told


def test_a_case_whose_every_handler_is_in_conflict_waits_for_a_new_lead(alva, love):
    case = a_case(alva)
    for somebody in (alva, love):
        circle.keep_out(case, somebody, by=cast.actor(love), at=clock.now())
    assert not access_queries.circle(case.pk, at=clock.now())
    nora = cast.an_account("Nora Holm")
    access.appoint(nora, Role.LEAD, by=system("tests"), at=clock.now())
    assert sees(nora, case)


def test_whoever_reports_while_on_duty_does_not_handle_it_but_sees_it_as_their_own(alva, love):
    report = a_report(by=cast.actor(alva))
    assert not sees_report(alva, report)
    assert sees_report(love, report)
    assert Report.own_of(cast.actor(alva), at=clock.now()).filter(pk=report.pk).exists()


@pytest.mark.proves("T4", part=True)
def test_the_contact_reads_the_task_and_nothing_else(alva, kim):
    case = a_case(alva)
    now = clock.now()
    circle.share(
        case,
        kim,
        bodies=[cast.BOARD],
        by=cast.actor(alva),
        at=now,
        until=now + dt.timedelta(days=9),
    )
    contact = cast.actor(kim)
    with vault.opened(
        case.pk, {Compartment.TASK}, by=contact, at=clock.now(), purpose=vault.Purpose.MEASURE
    ):
        pass
    for compartment in set(Compartment) - {Compartment.TASK}:
        with (
            pytest.raises(vault.RefusedError),
            vault.opened(
                case.pk, {compartment}, by=contact, at=clock.now(), purpose=vault.Purpose.MEASURE
            ),
        ):
            pass


def test_sharing_the_content_is_a_choice_of_its_own(alva, kim):
    case = a_case(alva)
    now = clock.now()
    circle.share(
        case,
        kim,
        bodies=[cast.BOARD],
        by=cast.actor(alva),
        at=now,
        until=now + dt.timedelta(days=9),
        also_content=True,
    )
    with vault.opened(
        case.pk,
        {Compartment.CONTENT},
        by=cast.actor(kim),
        at=clock.now(),
        purpose=vault.Purpose.MEASURE,
    ) as handle:
        assert handle.read(case, "label", str) == "Brev"


def test_a_session_by_mail_alone_writes_and_does_not_read(folke):
    report = a_report(by=cast.actor(folke))
    weak = cast.actor(folke, strength="MAIL")
    with (
        pytest.raises(vault.RefusedError),
        vault.opened(
            report.pk, {Compartment.CONTENT}, by=weak, at=clock.now(), purpose=vault.Purpose.OWN
        ),
    ):
        pass


def test_a_grant_says_who_gave_it_and_why(alva, love):
    case = a_case(alva, by=cast.actor(love))
    grant = Grant.unscoped.get(about=case.pk, account=alva.pk)
    assert grant.given_by == f"account:{love.pk}"
    assert grant.reason == GrantReason.HANDLES


@pytest.mark.parametrize("bodies", [[], [uuid.UUID(int=78)]])
@pytest.mark.proves("T4", part=True)
def test_a_contact_of_another_board_cannot_be_shared_with(alva, kim, bodies):
    case = a_case(alva)
    now = clock.now()
    with pytest.raises(WhyNot):
        circle.share(
            case, kim, bodies=bodies, by=cast.actor(alva), at=now, until=now + dt.timedelta(days=9)
        )
    assert not Grant.unscoped.filter(about=case.pk, account=kim.pk).exists()


def test_sharing_over_http_asks_the_register(client, as_person, alva, kim):
    """Without a name in the register there is no board to compare with."""
    case = a_case(alva)
    as_person(alva)
    answer = client.post(
        f"/arenden/{case.pk}/krets/dela/", {"account": str(kim.pk), "until": "2099-01-01"}
    )
    assert answer.status_code == 422
    assert 'id="share_account_error"' in answer.content.decode()


def test_linking_an_account_to_a_person_ends_what_the_person_is_kept_out_of(alva, love):
    person = uuid.uuid4()
    sixten = cast.an_account("Sixten Ahl", "handler")
    case = a_case(alva)
    circle.add(case, sixten, reason=GrantReason.SECOND, by=cast.actor(alva), at=clock.now())
    circle.point_out(case, "Någon", person=person, by=cast.actor(alva), at=clock.now())
    assert sees(sixten, case)
    access.link_person(sixten, person, by=system("tests"), at=clock.now())
    assert not sees(sixten, case)


def test_a_handler_off_duty_receives_nothing_and_keeps_what_they_handle(
    client, as_person, alva, love
):
    mine = a_case(alva)
    old = a_report()
    as_person(alva)
    client.post("/arenden/jour/", {"on_duty": "no"})
    assert not sees_report(alva, old)
    assert not sees_report(alva, a_report())
    assert sees_report(love, old)
    assert sees(alva, mine)
    client.post("/arenden/jour/", {"on_duty": "yes"})
    assert sees_report(alva, old)


@pytest.mark.parametrize("also_content", [True, False])
def test_the_contact_reads_what_happened_only_when_that_was_shared(
    client, as_person, alva, kim, also_content
):
    case = a_case(alva, report=a_report())
    now = clock.now()
    circle.share(
        case, kim, bodies=[cast.BOARD], by=cast.actor(alva), at=now,
        until=now + dt.timedelta(days=9), also_content=also_content,
    )  # fmt: skip
    answer = as_person(kim).get(f"/forvaltning/arende/{case.pk}/")
    assert answer.status_code == (200 if also_content else 404)
    assert ("Ett brev" in answer.content.decode()) == also_content
