"""Every rule that says no is asked by its deed: each place where one is asked is seen to refuse."""

import ast
import datetime as dt
import traceback
import uuid
from dataclasses import replace
from pathlib import Path

from django.db import transaction

import pytest

import cast
import world as worlds
from house.examples import (
    Rows,
    another_edition,
    applied,
    asked,
    decided,
    judged,
    measure,
    moved,
    spent,
    uploaded,
    who,
    written,
)
from house.test_deeds import ACTIONS, short
from varna.cases.actions import assigning, circle, closing, disposal, judging, talking
from varna.cases.actions.closing import Ending
from varna.cases.rules.disposal import STANDS
from varna.cases.rules.judging import Level
from varna.cases.rules.steps import State
from varna.cooperation.actions import meetings, partners
from varna.cooperation.actions.meetings import Notes
from varna.cooperation.models import Partner
from varna.documents.actions import known, writing
from varna.documents.actions.writing import Decision
from varna.duty import actions as duty
from varna.duty.rules import Length
from varna.following import actions as following
from varna.following.models import Report as PlanReport
from varna.foundation import clock
from varna.foundation.access.actions import appoint, link_person
from varna.foundation.access.queries import circle as circle_of
from varna.foundation.access.rules import GrantReason
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts.rules import ANONYMOUS, Role
from varna.foundation.deeds import Forbidden, WhyNot
from varna.importing.actions import answering as asked_of_a_file
from varna.importing.actions import imports
from varna.importing.models import Import, ImportState
from varna.intake import actions as intake
from varna.intake.actions import Opening
from varna.invitations.actions import answering, arranging
from varna.invitations.rules import Answer
from varna.operation.actions.clock import confirm as confirm_clock
from varna.organisation.actions import people
from varna.organisation.models import Body
from varna.organisation.rules.periods import Period
from varna.organisation.rules.roles import BodyKind, Group
from varna.plan import actions as plans
from varna.plan.models import Adoption, Edition
from varna.reports import actions as reports
from varna.reports.models import Report
from varna.reports.rules import Reason
from varna.requests import actions as requests
from varna.requests.models import HelpRequest
from varna.support import actions as support
from varna.support.models import Measure, PoliceContact
from varna.support.rules import MeasureState
from varna.training.actions import arranging as sessions
from varna.training.actions import asking, attending
from varna.training.actions.arranging import Plan


pytestmark = pytest.mark.django_db
NOBODY_HERE = ("company_board",)


def _with_source(_r):
    """What is followed names the hash of the text that it is a reading of."""
    edition = Edition.unscoped.get(pk=Adoption.unscoped.first().edition_id)
    edition.text = edition.text.replace("[plan]\n", f'[plan]\nsource-sha256 = "{"1" * 64}"\n', 1)
    edition.save(update_fields=["text"])
    return Adoption.unscoped.get(edition=edition).pk


def a_measure(r):
    return Measure.unscoped.get(pk=r.world.measure)


class Doing(Rows):
    """The world's rows, with short ways to do what comes before a refusal."""

    def by(self, part):
        return {"by": who(self.world, part), "at": clock.now()}

    @property
    def measure(self):
        return Measure.unscoped.get(pk=self.world.measure)

    def off(self):
        """The meeting has been called off."""
        meetings.cancel(self.line, **self.by("lead"))
        self.line = Rows(self.world).line
        return self.line

    def linked(self):
        """A report that has become a case, as its handler saw it before."""
        report = self.new_report()
        before = Report.unscoped.get(pk=report.pk)
        intake.link_to_case(self.case, report, "", **self.by("lead"))
        return before

    def handed_out(self):
        """The part in the case that a colleague has been given."""
        theirs = self.account("other_handler")
        circle.add(self.case, theirs, reason=GrantReason.SECOND, **self.by("lead"))
        parts = circle_of(self.case.pk, at=clock.now())
        return next(one.id for one in parts if one.account == theirs.pk)

    def off_duty_report(self):
        """A report that only whoever leads has seen come in."""
        duty.cancel(self.turn, **self.by("lead"))
        for part in ("assigned", "other_handler"):
            accounts.take_duty(self.account(part), on_duty=False, **self.by(part))
        return self.new_report()


def who_is_both(r):
    """The lead handler who has asked, and is the registrar too."""
    lead = who(r.world, "lead")
    return replace(lead, roles=lead.roles | {Role.REGISTRAR})


def a_new_handler():
    return cast.actor(cast.an_account("Ny Ek", "handler"))


NOTES = Notes("", "", [], held=True)
SOON = dt.timedelta(days=30)
DECIDED = {"adopted_on": dt.date(2026, 1, 1), "adopted_by": "council"}


def unprintable(r):
    from varna.documents.models import Document

    Document.unscoped.filter(pk=r.world.document).update(title="\u200b")
    writing.write(r.world.draft, text="Ord", **r.by("lead"))
    return r.world.draft


def applying(r):
    """A file that is to be applied, to a register that has changed since."""
    job = r.chosen(ImportState.APPLYING)
    imports.apply_content(
        worlds.register_file("Cilla"), imports.choice_of(job), **r.by("registrar")
    )
    return job


def beside_another(r):
    """A file that is to be applied while another is being written."""
    job = r.chosen(ImportState.APPLYING)
    Import.unscoped.create(
        state=ImportState.WRITING, moved_at=clock.now(), made_at=clock.now(), size=1
    )
    return job


def not_asked(r):
    """A compared file with a body that nobody has said anything about."""
    job, by = r.job, r.by("registrar")
    imports.choose_columns(job, imports.choice_of(job), **by)
    Body.unscoped.filter(name="Kulturnämnden").update(name="Annat", name_key="annat")
    return imports.compare(job, **by)


def without_file(r):
    job = r.chosen(ImportState.APPLYING)
    Import.unscoped.filter(pk=job.pk).update(file=None)
    job.refresh_from_db()
    return job


# What is tried, and the reason that it is met by.
REFUSED = {
    # ── duty ──────────────────────────────────────────────────────────────────────────────────
    "one turn at a time": ("taken", lambda r: duty.fill(
        [r.account("assigned").pk], first=r.today, turns=1, length=Length.DAY, phone="",
        **r.by("lead"))),
    "only a handler has the duty": ("no_handler", lambda r: duty.change(
        r.turn, r.account("lead").pk, None, phone="", **r.by("lead"))),
    "nobody stands in for themselves": ("same", lambda r: duty.change(
        r.turn, *[r.account("assigned").pk] * 2, phone="", **r.by("lead"))),
    "a rota of nobody": ("nobody", lambda r: duty.fill(
        [], first=r.today + SOON, turns=1, length=Length.DAY, phone="", **r.by("lead"))),
    "the last who receives is told so first": ("last_receiver", lambda r: [
        accounts.take_duty(r.account("other_handler"), on_duty=False, **r.by("other_handler")),
        accounts.lock_account(r.account("other_handler"), **r.by("access_admin")),
        accounts.lock_account(r.account("lead"), **r.by("access_admin")),
        accounts.take_duty(r.account("assigned"), on_duty=False, **r.by("assigned"))]),
    "a person's second account is asked about": ("second_account", lambda r: [
        link_person(r.account(part), r.world.person, **r.by("access_admin"))
        for part in ("outsider", "reporter")]),
    # ── the plan's report and list ────────────────────────────────────────────────────────────
    "a report that is not made is not delivered": ("not_ready", lambda r: following.deliver_report(
        PlanReport.unscoped.get(pk=r.world.plan_report), on=r.today, section="1", reference="K",
        **r.by("plan_owner"))),
    "nor delivered before it was made": ("too_early", lambda r: following.deliver_report(
        PlanReport.unscoped.get(pk=r.world.ready_report), on=r.today - SOON, section="1",
        reference="K", **r.by("plan_owner"))),
    "nor on a day to come": ("not_yet", lambda r: following.deliver_report(
        PlanReport.unscoped.get(pk=r.world.ready_report), on=r.today + SOON, section="1",
        reference="K", **r.by("plan_owner"))),
    "an empty list is not gone through": ("empty", lambda r: [
        following.end_terms(r.world.terms, **r.by("plan_owner")),
        following.review_terms(**r.by("plan_owner"))]),
    "what ended undone is offered no more": ("no_such_step", lambda r: [
        support.move_measure(a_measure(r), MeasureState.ENDED, on=r.today, words="Ville inte",
                                **r.by("assigned")),
        support.offer_measure(a_measure(r), "yes", on=r.today, **r.by("assigned"))]),
    # ── cases ─────────────────────────────────────────────────────────────────────────────────
    "a closed case is not assessed": ("is_closed", lambda r: judging.assess(
        r.closed, judged(r), **r.by("lead"))),
    "nobody looks twice at their own": ("own_assessment", lambda r: judging.second(
        r.case, judging.assess(r.case, judged(r, Level.ACUTE), **r.by("assigned")),
        agrees=True, words="", **r.by("assigned"))),
    "closing is no step": ("no_such_step", lambda r: closing.step(
        r.case, State.CLOSED, **r.by("assigned"))),
    "no step leads back to the start": ("no_such_step", lambda r: closing.step(
        r.case, State.RECEIVED, **r.by("assigned"))),
    "reopening wants a reason": ("no_reason", lambda r: closing.step(
        r.closed, State.UNDER_WAY, **r.by("lead"))),
    "open measures keep a case open": ("open_measures", lambda r: closing.close(
        r.case, Ending("", "", "yes", ""), **r.by("assigned"))),
    "an open case has no check afterwards": ("no_such_step", lambda r: closing.check_afterwards(
        r.case, "", **r.by("assigned"))),
    "another board's contact": ("other_board", lambda r: circle.share(
        r.case, r.account("other_contact"), bodies=[uuid.uuid4()], until=clock.now() + SOON,
        **r.by("assigned"))),
    "a clock that agrees is not confirmed": ("agrees", lambda r: confirm_clock(
        by=who(r.world, "operator"), at=clock.now())),
    "what is open is not destroyed": ("not_ended", lambda r: disposal.ask(
        r.case.pk, "KS 1", **r.by("lead"))),
    "nobody confirms what they have asked": ("one_person", lambda r: disposal.confirm(
        asked(r), by=who_is_both(r), at=clock.now())),
    "what is confirmed can be taken back for a while": ("not_yet", lambda r: disposal.carry_out(
        decided(r), **r.by("system"))),
    "what is destroyed is not taken back": ("destroyed", lambda r: [
        disposal.carry_out(found := decided(r), by=who(r.world, "system"),
                           at=clock.now() + STANDS),
        disposal.withdraw(found, **r.by("lead")),
    ]),
    "somebody who is kept out": ("conflict", lambda r: circle.add(
        r.closed, r.account("assigned"), reason=GrantReason.SECOND, **r.by("lead"))),
    "a report is not linked to a closed case": ("is_closed", lambda r: intake.link_to_case(
        r.closed, r.new_report(), "", **r.by("lead"))),
    "nobody lets in themselves": ("oneself", lambda r: circle.add(
        r.case, r.account("lead"), reason=GrantReason.SECOND, **r.by("lead"))),
    "nobody is let in until yesterday": ("day_has_been", lambda r: circle.add(
        r.case, r.account("other_handler"), reason=GrantReason.SECOND, until=clock.now() - SOON,
        **r.by("lead"))),
    "nobody gives themselves a case": ("oneself", lambda r: assigning.assign(
        r.case, r.account("lead"), **r.by("lead"))),
    "what somebody handles is not taken": ("handled", lambda r: assigning.take(
        r.case, r.account("lead"), **r.by("lead"))),
    "a colleague's part is the lead's to end": ("not_yours_to_end", lambda r: circle.remove(
        r.case, r.handed_out(), **r.by("assigned"))),
    "a report is put aside once": ("taken", lambda r: [
        reports.set_aside(report, Reason.TEST, **r.by("lead"))
        for report in [r.new_report()] * 2]),
    "no more files than may come in a day": ("too_many", lambda r: [
        reports.add_file(r.report, uploaded(), **r.by("reporter")) for _ in range(20)]),
    "a measure wants an assessment": ("no_assessment", lambda r: support.decide_measure(
        spent(r), measure(), **r.by("lead"))),
    "what is done does not begin again": ("no_such_step", lambda r: [
        support.move_measure(r.measure, MeasureState.DONE, on=r.today, **r.by("assigned")),
        support.move_measure(r.measure, MeasureState.UNDER_WAY, on=r.today, **r.by("assigned")),
    ]),
    "ending a measure wants a reason": ("no_reason", lambda r: support.move_measure(
        r.measure, MeasureState.ENDED, on=r.today, **r.by("assigned"))),
    "a task is done once": ("no_such_step", lambda r: [
        support.finish_task(r.measure, on=r.today, **r.by("shared_contact")),
        support.finish_task(r.measure, on=r.today, **r.by("shared_contact")),
    ]),
    # ── the plan's work ───────────────────────────────────────────────────────────────────────
    "a cancelled meeting is not moved": ("over", lambda r: meetings.change(
        r.off(), moved(r), "", **r.by("lead"))),
    "a meeting is cancelled once": ("over", lambda r: meetings.cancel(r.off(), **r.by("lead"))),
    "nobody is invited to a cancelled meeting": ("over", lambda r: meetings.invite(
        r.off(), **r.by("lead"))),
    "a cancelled meeting has no minutes": ("over", lambda r: meetings.write_down(
        r.off(), NOTES, **r.by("lead"))),
    "there is nobody to invite": ("nobody", lambda r: [
        [partners.end(one, by=who(r.world, "lead"), at=clock.now() - SOON)
         for one in Partner.unscoped.all()],
        meetings.invite(r.line, **r.by("lead")),
    ]),
    "nobody writes over what they have not seen": ("meanwhile", lambda r: meetings.write_down(
        r.line, NOTES, seen="other", **r.by("lead"))),
    "a document's id is taken": ("number_taken", lambda r: writing.open_document(
        code="riktlinje", title="", **r.by("lead"))),
    "a version's number is taken": ("number_taken", lambda r: writing.draft(
        r.version.document, number="1.0", **r.by("lead"))),
    "what is adopted is not written in": ("adopted", lambda r: writing.write(
        r.world.version, text="", **r.by("lead"))),
    "somebody else has saved the draft": ("meanwhile", lambda r: writing.write(
        r.world.draft, text="Nytt", seen=clock.now() - SOON, **r.by("lead"))),
    "what is adopted is not sent for comment": ("adopted", lambda r: writing.send(
        r.world.version, to="", until=None, **r.by("lead"))),
    "an empty text is not sent": ("empty", lambda r: [
        writing.write(r.world.draft, text=" ", **r.by("lead")),
        writing.send(r.world.draft, to="", until=None, **r.by("lead")),
    ]),
    "what is adopted is not taken back": ("adopted", lambda r: writing.take_back(
        r.world.version, **r.by("lead"))),
    "in force before it was adopted": ("in_force_before_adopted", lambda r: writing.adopt(
        r.world.draft, Decision(**DECIDED, in_force_on=dt.date(2025, 1, 1)), **r.by("lead"))),
    "a text that cannot be printed": ("unprintable", lambda r: writing.adopt(
        unprintable(r), Decision(**DECIDED, in_force_on=dt.date(2026, 1, 2)), **r.by("lead"))),
    "a draft is not made known": ("not_in_force", lambda r: known.make_known(
        writing.draft(r.version.document, number="8", **r.by("lead")),
        groups=[Group.ELECTED], bodies=False, **r.by("lead"))),
    "nobody has read a draft": ("not_in_force", lambda r: known.note_person(
        writing.draft(r.version.document, number="8", **r.by("lead")), uuid.uuid4(),
        **r.by("lead"))),
    "a question is answered once": ("answered", lambda r: requests.answer(
        HelpRequest.unscoped.get(pk=r.world.help), "", **r.by("lead"))),
    "there is nobody in the audience": ("nobody", lambda r: asking.send(
        sessions.plan(Plan(moved(r), NOBODY_HERE), **r.by("lead")), **r.by("lead"))),
    "nobody is asked to what is over": ("held", lambda r: asking.send(
        sessions.plan(Plan(moved(r, days=-5), ("elected",)), **r.by("lead")), **r.by("lead"))),
    "a wrong code": ("wrong_code", lambda r: attending.attend_by_code(
        r.session, r.world.trained_here, "-", by=who(r.world, "outsider"),
        at=r.session.occasion.starts_at)),
    "a code out of time": ("not_now", lambda r: attending.attend_by_code(
        r.session, r.world.trained_here, r.session.code, by=who(r.world, "outsider"),
        at=r.session.occasion.starts_at - SOON)),
    "what is cancelled is not answered": ("cancelled", lambda r: [
        arranging.cancel(r.occasion, **r.by("lead")),
        answering.answer(r.world.trained_here, Answer.YES, **r.by("outsider")),
    ]),
    "what is cancelled is not moved": ("cancelled", lambda r: [
        arranging.cancel(r.occasion, **r.by("lead")),
        arranging.change(r.occasion, moved(r), **r.by("lead")),
    ]),
    "a file is no reading of other words than it names": ("other_text", lambda r: plans.tie_text(
        _with_source(r), r.world.version, "0" * 64, "Andra ord.", **r.by("plan_owner"))),
    "a plan is not adopted backwards": ("backwards", lambda r: plans.adopt_plan(
        another_edition(r), from_on=dt.date(2019, 1, 1), **r.by("lead"))),
    # ── the register ──────────────────────────────────────────────────────────────────────────
    "periods do not overlap": ("overlaps", lambda r: people.set_period(
        r.world.body, Period(dt.date(2026, 6, 1), dt.date(2027, 6, 1)), **r.by("registrar"))),
    "the register has changed since": ("stale", lambda r: imports.carry_out(
        applying(r), **r.by("registrar"))),
    "one file is written at a time": ("busy", lambda r: imports.carry_out(
        beside_another(r), **r.by("registrar"))),
    "nothing is undone while a file is written": ("busy", lambda r: [
        beside_another(r), imports.undo(applied(), **r.by("registrar"))]),
    "what has been undone is undone once": ("not_last", lambda r: [
        imports.undo(job, **r.by("registrar")) for job in [applied()] * 2]),
    "a second council is none": ("second_council", lambda r: people.say_kinds(
        {r.world.body: BodyKind.COUNCIL}, **r.by("registrar"))),
    "a new body is asked about first": ("unanswered", lambda r: imports.order(
        not_asked(r), **r.by("registrar"))),
    "what is being applied is asked about no more": ("elsewhere", lambda r: asked_of_a_file.answer(
        r.chosen(ImportState.APPLYING), {}, {}, **r.by("registrar"))),
    "a file that is not to be applied is not": ("elsewhere", lambda r: imports.carry_out(
        r.chosen(ImportState.PLANNED), **r.by("registrar"))),
    "a file that has been applied is gone": ("elsewhere", lambda r: imports.carry_out(
        without_file(r), **r.by("registrar"))),
    "an abandoned file is not ordered": ("elsewhere", lambda r: [
        imports.abandon(r.job, **r.by("registrar")),
        imports.order(r.job, **r.by("registrar")),
    ]),
    # ── accounts ──────────────────────────────────────────────────────────────────────────────
    "nobody changes their own account": ("own_account", lambda r: accounts.lock_account(
        r.account("access_admin"), **r.by("access_admin"))),
    "an address is taken": ("email_taken", lambda r: accounts.open_account(
        email=r.account("lead").email.upper(), name="N", **r.by("access_admin"))),
    "a role is held once": ("held_already", lambda r: appoint(
        r.account("lead"), Role.LEAD, **r.by("access_admin"))),
    "roles are kept apart": ("apart", lambda r: appoint(
        r.account("lead"), Role.OPERATOR, **r.by("access_admin"))),
}  # fmt: skip


# Somebody who may do such things, and not this one: the case, report or row of somebody else.
OUTSIDERS = {
    "somebody else's turn is not changed": lambda r: duty.change(
        r.turn, r.account("assigned").pk, None, phone="", by=a_new_handler(), at=clock.now()),
    "nobody hands over somebody else's turn": lambda r: duty.hand_over(
        r.turn, "Ord", by=a_new_handler(), at=clock.now()),
    "another handler's case": lambda r: talking.note(
        r.case, "", private=False, **r.by("other_handler")),
    "keeping a colleague out is the lead's": lambda r: circle.keep_out(
        r.case, r.account("lead"), **r.by("assigned")),
    "a report is linked once": lambda r: intake.link_to_case(
        spent(r), r.linked(), "", **r.by("lead")),
    "a report becomes one case": lambda r: intake.open_case(
        Opening("", ""), handler=None, report=r.linked(), **r.by("lead")),
    "a linked report is not put aside": lambda r: reports.set_aside(
        r.linked(), Reason.TEST, **r.by("lead")),
    "a linked report is not taken up": lambda r: reports.take_up(r.linked(), **r.by("lead")),
    "a linked report is not answered outside its case": lambda r: reports.reply(
        r.linked(), "", **r.by("lead")),
    "somebody else's conflict at a report": lambda r: reports.declare_conflict(
        r.new_report(), r.account("other_handler"), **r.by("assigned")),
    "a colleague's case is not given away": lambda r: assigning.assign(
        spent(r), r.account("assigned"), **r.by("assigned")),
    "nobody takes a case for somebody else": lambda r: assigning.take(
        r.case, r.account("other_handler"), **r.by("lead")),
    "a report of another case is not answered": lambda r: talking.answer(
        r.case, r.new_report(), "", **r.by("lead")),
    "a report of another case is not seen": lambda r: talking.see(
        r.case, r.new_report(), **r.by("lead")),
    "a report that one does not see is not linked": lambda r: intake.link_to_case(
        r.case, r.off_duty_report(), "", **r.by("assigned")),
    "a report that one does not see becomes no case": lambda r: intake.open_case(
        Opening("", ""), handler=None, report=r.off_duty_report(), **r.by("assigned")),
    "an official opens no case": lambda r: intake.open_case(
        Opening("", ""), handler=None, **r.by("outsider")),
    "another's report is not added to": lambda r: reports.add(
        r.report, "", **r.by("outsider")),
    "a consent that there is not": lambda r: reports.withdraw_consent(
        r.report, "not-a-consent", r.opened("reporter"), **r.by("reporter")),
    "another board's task": lambda r: support.finish_task(
        r.measure, on=r.today, **r.by("other_contact")),
    "a grant of another case": lambda r: circle.remove(
        r.closed, r.world.grant, **r.by("lead")),
    "another case's police report": lambda r: support.note_police(
        r.closed, {}, remind_on=None, known=PoliceContact.unscoped.first(), **r.by("lead")),
    "another case's assessment": lambda r: judging.second(
        r.closed, judging.assess(r.case, judged(r, Level.ACUTE), **r.by("assigned")),
        agrees=True, words="", **r.by("lead")),
    "another version's link": lambda r: known.acknowledge(
        writing.adopt(written(r), Decision(r.today, "council", r.today + SOON), **r.by("lead")),
        token=r.world.known, by=ANONYMOUS, at=clock.now()),
    "a link to something else": lambda r: known.acknowledge(
        r.version, token=r.world.token, by=ANONYMOUS, at=clock.now()),
    "somebody else's duty": lambda r: accounts.take_duty(
        r.account("other_handler"), on_duty=False, **r.by("assigned")),
    "a lead has no duty to take": lambda r: accounts.take_duty(
        r.account("lead"), on_duty=False, **r.by("lead")),
    "somebody else's statement": lambda r: following.take_back_statement(
        r.world.statement, **r.by("assigned")),
    "somebody else's calendar": lambda r: following.revoke_feed(
        r.world.feed, **r.by("lead")),
    "another board's minutes": lambda r: known.note_minutes(
        r.version, r.world.body, on=r.today, minutes="", **r.by("other_contact")),
    "a contact keeps no meetings": lambda r: meetings.cancel(r.line, **r.by("other_contact")),
    "a handler gives no role": lambda r: appoint(
        r.account("outsider"), Role.HANDLER, **r.by("assigned")),
}  # fmt: skip


@pytest.mark.parametrize("said", OUTSIDERS)
def test_whoever_may_do_such_things_does_them_only_where_they_have_a_part(world, said):
    with pytest.raises(Forbidden):
        OUTSIDERS[said](Doing(world))


def places():
    """Where a rule is asked: every call of refuse(), and every WhyNot that is raised."""
    for module in ACTIONS:
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            called = node.value if isinstance(node, ast.Expr) else getattr(node, "exc", None)
            function = getattr(called, "func", None)
            name = getattr(function, "attr", getattr(function, "id", ""))
            if name in {"refuse", "WhyNot", "Apart"}:
                yield f"{short(module.__name__)}:{called.lineno}"


def place_of(fault):
    """Where in the actions it was asked."""
    walked = traceback.walk_tb(fault.__traceback__)
    names = [(frame.f_globals["__name__"], line) for frame, line in walked]
    inside = [one for one in names if "actions" in one[0].split(".")]
    module, line = inside[-1]
    return f"{short(module)}:{line}"


@pytest.mark.parametrize("said", REFUSED)
def test_the_rule_is_asked_and_nothing_is_written(world, said):
    reason, deed = REFUSED[said]
    with pytest.raises(WhyNot) as why:
        deed(Doing(world))
    assert why.value.reason == reason


def test_every_place_where_a_rule_is_asked_is_seen_to_refuse(world):
    seen = set()
    for _reason, deed in REFUSED.values():
        was = transaction.savepoint()
        try:
            deed(Doing(world))
        except WhyNot as why:
            seen.add(place_of(why))
        transaction.savepoint_rollback(was)
    assert set(places()) - seen == set()
