"""What the house does itself proves what only words proved before; and words stand as words."""

import datetime as dt

import pytest

import cast
from varna.cases.models import Case
from varna.cooperation.actions import partners
from varna.cooperation.models import Partner, PartyAlone
from varna.following import actions, queries, sweeps
from varna.following.gathering import gathered
from varna.following.models import RecordsCheck, Report, Statement, TermsLine
from varna.following.rules.picture import key_of
from varna.foundation import clock
from varna.foundation.accounts.rules import system
from varna.foundation.audit.actions import remember_head
from varna.foundation.deeds import Forbidden
from varna.organisation.gathering import parties_in_council
from varna.organisation.models import Body, Vouching
from varna.plan.rules.terms import Does
from varna.standing.rules.facts import Lack, Register


pytestmark = pytest.mark.django_db
EN = "/en/planen/"


def row_of(name, now):
    return next(row for row in queries.stand(now).rows if row.commitment.id == name)


def standing(name, now):
    return row_of(name, now).standing.value


def page(inside, name):
    return inside.get(f"{EN}ataganden/{name}/").content.decode()


# ── the report that the board had ─────────────────────────────────────────────────────────────
@pytest.fixture
def report(follow, per, now):
    follow()
    made = actions.want_report(queries.stand(now).election, "sv", by=cast.actor(per), at=now)
    sweeps.reports(at=now)
    return made


def test_a_report_that_the_board_had_proves_that_the_plan_is_followed(inside, report, now):
    assert standing("plan-complied-with", now) == "open"
    said = {"on": clock.day_of(now).isoformat(), "section": "187", "reference": "KS 2026/530"}
    assert inside.post(f"{EN}rapporter/{report.pk}/lamnad/", said).status_code == 302
    assert standing("plan-complied-with", now) == "kept"
    shown = inside.get(f"{EN}rapporter/").content.decode()
    assert "§ 187, KS 2026/530" in shown
    assert "a report that was delivered" in page(inside, "plan-complied-with")


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("on", "2026-11-23", "The report was made after that day."),
        ("on", "2026-11-25", "The day has not come yet."),
        ("section", "", "This field is required."),
        ("reference", "", "This field is required."),
    ],
)
def test_a_delivery_that_cannot_be_is_refused_and_loses_nothing(
    inside, report, now, field, value, error
):
    said = {"on": "2026-11-24", "section": "187", "reference": "KS 2026/530"} | {field: value}
    answer = inside.post(f"{EN}rapporter/{report.pk}/lamnad/", said)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Report.unscoped.exclude(delivered_on=None).exists()


# ── what employees and officials have ─────────────────────────────────────────────────────────
LINE = {"what": "Larm", "staff": "Efter bedömning.", "officials": "Nej.", "reason": "Ej anställda."}


def test_a_list_that_was_gone_through_proves_the_year(inside, follow, now):
    follow()
    assert standing("treated-as-employees", now) == "open"
    inside.post(f"{EN}villkor/genomgangen/")
    assert standing("treated-as-employees", now) == "open", "an empty list is no comparison"
    assert inside.post(f"{EN}villkor/", LINE).status_code == 302
    inside.post(f"{EN}villkor/genomgangen/")
    assert standing("treated-as-employees", now) == "kept"
    shown = inside.get(f"{EN}villkor/").content.decode()
    assert "Ej anställda." in shown
    assert "1 line, 1 differs" in " ".join(shown.split())


def test_a_line_is_taken_away_and_not_deleted(inside, follow, per, now):
    follow()
    line = actions.add_terms(**LINE, by=cast.actor(per), at=now)
    inside.post(f"{EN}villkor/{line.pk}/avsluta/")
    assert "The list is empty" in inside.get(f"{EN}villkor/").content.decode()
    assert TermsLine.unscoped.get().until is not None


def test_who_only_reads_the_plan_changes_no_list(client, alva, follow):
    follow()
    cast.sign_in(client, alva)
    assert client.get("/planen/villkor/").status_code == 200
    assert client.post("/planen/villkor/", LINE).status_code == 404
    assert not TermsLine.unscoped.exists()


# ── the house's own records ───────────────────────────────────────────────────────────────────
def test_the_worker_looks_through_the_records_every_four_weeks(follow, now):
    follow()
    assert standing("records-law", now) == "open"
    assert sweeps.records(at=now) == 0
    assert sweeps.records(at=now + dt.timedelta(days=27)) == 0
    assert RecordsCheck.unscoped.count() == 1
    assert standing("records-law", now) == "kept"
    sweeps.records(at=now + dt.timedelta(days=28))
    assert RecordsCheck.unscoped.count() == 2


def test_a_log_that_was_changed_is_found_and_proves_nothing(follow, now):
    follow()
    remember_head(10**6, b"x" * 32)  # the keystore remembers a log that was longer
    assert sweeps.records(at=now) == 1
    assert RecordsCheck.unscoped.get().found == ["log"]
    assert standing("records-law", now) == "open"
    assert sweeps.records(at=now) == 0
    assert sweeps.records(at=now + dt.timedelta(days=1)) == 1, "asked again the day after"


def test_nobody_but_the_worker_checks_the_records(per, now):
    with pytest.raises(Forbidden):
        actions.note_records([], by=cast.actor(per), at=now)


# ── words ─────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def stated(follow, per, now):
    follow()
    row = row_of("proactive", now)
    on = clock.day_of(now) - dt.timedelta(days=20)
    return actions.state(row, on=on, reason="Så är det.", by=cast.actor(per), at=now)


def test_a_word_stands_as_one_with_the_day_it_was_said(inside, stated, now):
    assert standing("proactive", now) == "stated"
    said = page(inside, "proactive")
    assert "About 4 November 2026, said 24 November 2026" in said
    assert said.count("About 4 November 2026, said 24 November 2026") == 2, "at its turn too"
    assert "(said 24 nov 2026)" in inside.get(EN).content.decode()


def test_somebody_else_in_another_role_agrees_and_nobody_alone(
    client, inside, alva, per, stated, now
):
    address = f"{EN}ataganden/proactive/intyganden/{stated.pk}/bekrafta/"
    assert inside.post(address).status_code == 404, "not who said it"
    other = cast.an_account("Nora Holm", "plan_owner")
    assert cast.sign_in(client, other).post(address).status_code == 404, "not in the same role"
    assert cast.sign_in(client, alva).post(address).status_code == 302
    assert Statement.unscoped.get().confirmed_by == alva.pk
    assert "Alva Lind agreed on 24 November 2026" in page(inside, "proactive")
    assert client.post(address).status_code == 404, "once"


# ── where the "of" comes from ─────────────────────────────────────────────────────────────────
def test_a_page_says_where_its_figure_comes_from_and_what_it_lacks(inside, follow, town, now):
    follow()
    said = " ".join(page(inside, "training").split())
    assert "The register of elected officials" in said
    assert "vouched for on" in said
    assert "somebody holds office and is not in it" in said
    Vouching.unscoped.all().delete()
    assert "Nobody has vouched for the register." in page(inside, "training")


def test_a_button_vouches_for_the_register_for_those_who_keep_it(client, berit, per, follow, now):
    cast.sign_in(client, per)
    assert client.post("/register/avstamt/").status_code == 404
    cast.sign_in(client, berit)
    assert client.post("/register/avstamt/").status_code == 302
    (fact,) = [one for one in gathered(clock.today()).registers if one.register is Register.PEOPLE]
    assert fact.verified == (clock.day_of(now),)


def test_a_council_without_parties_lacks_them(town):
    def lacks():
        (fact,) = [
            one for one in gathered(clock.today()).registers if one.register is Register.PARTNERS
        ]
        return set(fact.lacks)

    assert lacks() == set()
    from varna.organisation.models import Assignment

    Assignment.unscoped.update(party=None)
    assert lacks() == {Lack.NO_PARTIES}


# ── partners ──────────────────────────────────────────────────────────────────────────────────
def test_a_party_is_missing_until_it_is_entered_or_somebody_says_that_it_has_none(
    inside, town, follow, now
):
    follow()
    parties = parties_in_council()
    assert row_of("cooperation-kept", now).figure.of == 2 + len(parties)
    shown = inside.get("/en/samverkan/").content.decode()
    assert all(party.name in shown for party in parties)
    first, second, *_rest = parties
    inside.post(f"/samverkan/partier/{first.id}/utan/")
    assert row_of("cooperation-kept", now).figure.of == 1 + len(parties)
    said = {"kind": "party-security", "name": "Deras säkerhet", "party": str(second.id)}
    assert inside.post("/samverkan/parter/ny/", said).status_code == 302
    assert row_of("cooperation-kept", now).figure.of == 1 + len(parties)
    inside.post(f"/samverkan/partier/{first.id}/utan/")
    assert PartyAlone.unscoped.get().until is not None
    assert row_of("cooperation-kept", now).figure.of == 2 + len(parties)


def test_a_security_organisation_says_whose_it_is(inside, town, now):
    answer = inside.post("/en/samverkan/parter/ny/", {"kind": "party-security", "name": "X"})
    assert answer.status_code == 422
    assert "Choose which party it is." in answer.content.decode()
    old = partners.add(name="X", kind="party-security", by=system("tests"), at=now)
    party = parties_in_council()[0]
    assert (
        "Say which party it belongs to"
        in inside.get(f"/en/samverkan/parter/{old.pk}/").content.decode()
    )
    inside.post(f"/samverkan/parter/{old.pk}/parti/", {"party": str(party.id)})
    assert Partner.unscoped.get().party == party.id


def test_a_board_that_loses_its_administration_turns_red(town, follow, now):
    follow()
    board = Body.unscoped.get(name="Kulturnämnden")

    def of(name):
        rows = queries.stand(now).rows
        return next(
            row for row in rows
            if row.commitment.does is Does.NAME_CONTACT and row.unit and row.unit.name == name
        )  # fmt: skip

    assert of("Kulturnämnden").unit.served_by is not None
    Body.unscoped.filter(pk=board.pk).update(administration=None)
    assert of("Kulturnämnden").unit.served_by is None
    assert of("Kulturnämnden").figure.done == 0


# ── cases ─────────────────────────────────────────────────────────────────────────────────────
def test_a_report_in_no_case_is_owed_support_from_the_moment_it_came(follow, db, now):
    from varna.reports import actions as reports
    from varna.reports.receipts import new_token, receipt_for
    from varna.reports.sealed import Answers, Contact

    follow()
    said = reports.Told(content=Answers(happened="Ett brev"), contact=Contact("code"))
    reports.submit(said, receipt_for(new_token()), by=cast.nobody(), at=now)
    assert row_of("support-offered", now).figure.of == 1
    late = now + dt.timedelta(days=30)
    assert standing("support-offered", late) == "overdue"
    assert not Case.unscoped.exists()


def test_where_varna_counts_nothing_can_be_stated(inside, follow, town, now):
    follow()
    row = row_of("training", now)
    assert "State that it is done" not in page(inside, "training")
    assert inside.get(f"{EN}ataganden/training/{key_of(row)}/intyga/").status_code == 404
    row = row_of("proactive", now)
    assert inside.get(f"{EN}ataganden/proactive/{key_of(row)}/intyga/").status_code == 200


def test_while_the_kind_of_a_body_is_a_guess_nobody_knows_who_is_counted(town, follow, now):
    follow()
    before = row_of("board-contacts", now)
    assert not before.source.lacks
    Body.unscoped.create(name="Rådet", name_key="rådet", kind="other")
    assert row_of("board-contacts", now).source.lacks == (Lack.UNANSWERED,)
