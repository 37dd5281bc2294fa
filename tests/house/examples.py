"""One example of every deed: with which of the world's rows it is done, and by whom.

A deed that is not here fails the suite. `by` is one of the world's people, or "system". `stranger`:
what somebody without a part would try instead, where it is a link or a form that lets one in.
`anybody`: why nobody is refused.
"""

import datetime as dt
import functools
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import cast
import world as worlds
from registers import bodies_said
from varna.cases.actions.circle import Exposed
from varna.cases.actions.closing import Ending
from varna.cases.actions.judging import Judgement
from varna.cases.models import Case, Disposal
from varna.cases.queries import lesson_days
from varna.cases.rules.counting import Whom
from varna.cases.rules.disposal import STANDS
from varna.cases.rules.judging import Level
from varna.cases.rules.steps import State, Waits
from varna.contacts.actions import Named
from varna.contacts.queries import Place
from varna.cooperation.actions.meetings import Notes
from varna.cooperation.models import Partner, PartnerContact, PartyAlone, Task
from varna.cooperation.queries import find_meeting
from varna.cooperation.rules import Ground, Way
from varna.cooperation.sealed import PartnerPerson
from varna.documents.actions.writing import Decision as Adoption
from varna.documents.models import Asking, Document, Version
from varna.duty.models import Turn
from varna.duty.rules import Length
from varna.following.models import Consideration
from varna.following.models import Report as PlanReport
from varna.following.queries import stand
from varna.foundation import clock
from varna.foundation.access.models import Grant
from varna.foundation.access.rules import GrantReason
from varna.foundation.accounts.models import RoleGrant
from varna.foundation.accounts.rules import Role, system
from varna.foundation.vault import service as vault
from varna.importing.actions import imports
from varna.importing.models import ImportState
from varna.importing.rules.tables import FileReason, FileRefusedError
from varna.intake.actions import Opening
from varna.invitations.models import Invitation, Occasion
from varna.invitations.rules import Answer, Details, Invitee, InviteeKind
from varna.organisation.rules.periods import Period
from varna.organisation.rules.roles import BodyKind, Group
from varna.plan.models import Adoption as Followed
from varna.plan.queries import text_in
from varna.reports.models import Report
from varna.reports.receipts import new_token, receipt_for
from varna.reports.rules import Consent, Reason
from varna.requests.models import HelpRequest
from varna.requests.rules import Subject
from varna.support.actions import Decision
from varna.support.models import Measure
from varna.support.rules import MeasureClass, MeasureState
from varna.support.sealed import PoliceReport
from varna.training.actions.arranging import Plan
from varna.training.models import Session
from varna.training.rules import What
from varna.training.words.course import PARTS


@dataclass(frozen=True)
class Example:
    args: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)
    by: str = "assigned"
    stranger: tuple[Any, ...] | None = None
    anybody: str = ""
    at: dt.datetime | None = None


def do(*args, by="assigned", stranger=None, anybody="", at=None, **named):
    return Example(args, named, by, stranger, anybody, at)


def who(world, part):
    return system("tests") if part == "system" else cast.actor(world.people[part])


class Rows:
    """The world's rows, as deeds want them."""

    def __init__(self, world):
        self.world = world
        self.today = clock.today()
        self.case = Case.unscoped.get(pk=world.case)
        self.closed = Case.unscoped.get(pk=world.closed)
        self.report = Report.unscoped.get(pk=world.report)
        self.place = Place("safety-process", "", function="safety-process")
        self.line = find_meeting(system("tests"), world.meeting)
        self.partner = Partner.unscoped.get(pk=world.partner)
        self.version = Version.unscoped.select_related("document").get(pk=world.version)
        self.session = Session.unscoped.select_related("occasion").get(pk=world.session)
        self.course = Session.unscoped.select_related("occasion").get(pk=world.course)
        self.invitation = Invitation.unscoped.get(pk=world.invitation)
        self.occasion = Occasion.unscoped.get(pk=world.held_occasion)

    @property
    def disposal(self):
        return Disposal.unscoped.get(pk=self.world.disposal)

    @property
    def turn(self):
        return Turn.unscoped.get(pk=self.world.turn)

    @functools.cached_property
    def job(self):
        """A file of its own: one that is removed does not come back when the test is over."""
        upload = uploaded("fil.csv", worlds.register_file())
        return imports.receive(upload, by=system("tests"), at=clock.now())

    def account(self, part):
        return self.world.people[part]

    def new_report(self):
        """A report that is in no case."""
        return worlds.a_report(who(self.world, "reporter"))[0]

    def row(self):
        rows = stand(clock.now()).rows
        return next(one for one in rows if one.commitment.id == "records-law")

    def opened(self, part):
        """The reporter's own report, opened to be read and written."""
        return vault.opened(
            self.report.pk, {vault.Compartment.CONTENT}, by=who(self.world, part),
            at=clock.now(), purpose=vault.Purpose.OWN,
        ).__enter__()  # fmt: skip

    def chosen(self, state):
        """The file that waits, as far on its way as `state`."""
        by, at = system("tests"), clock.now()
        imports.choose_columns(self.job, imports.choice_of(self.job), by=by, at=at)
        if state is not ImportState.PLANNING:
            bodies_said(imports.compare(self.job, by=by, at=at), by=by, at=at)
        if state is ImportState.APPLYING:
            imports.order(self.job, by=by, at=at)
        self.job.refresh_from_db()
        return self.job

    def begun(self):
        """The same, when some of it stands in the register."""
        job = self.chosen(ImportState.APPLYING)
        job.state = ImportState.WRITING
        job.save()
        return job


def judged(r, level=Level.AWARE):
    return Judgement(level=level, overall="Ord", took_part="", review_on=r.today)


def measure(**more):
    chosen = {"measure_class": MeasureClass.FREE, "what": "Ord", "reason": "", "consent": "given"}
    return Decision(**chosen | more)


def moved(r, days=2):
    at = clock.now() + dt.timedelta(days=days)
    return Details(title="Möte", starts_at=at, ends_at=at + dt.timedelta(hours=1))


def unanswered_invitation(r):
    Invitation.unscoped.filter(pk=r.invitation.pk).update(answer="", bounced_at=None)
    return r.invitation


def reopened(r):
    """The closed case, to be closed once more."""
    from varna.cases.actions import closing

    by = who(r.world, "lead")
    closing.step(r.closed, State.UNDER_WAY, reason="Igen", by=by, at=clock.now())
    return r.closed


def applied():
    """The file that has been read into the register."""
    from varna.importing.models import Import

    return Import.unscoped.filter(state=ImportState.APPLIED).latest("made_at")


def uploaded(name="fil.png", body=b"\x89PNG\r\n\x1a\n0123"):
    return worlds.an_upload(name, body)


def told():
    return worlds.told()


RIGHT = {q.key: [o.right for o in q.options].index(True) for q in PARTS[1].questions}
SOON = dt.timedelta(days=30)

EXAMPLES: dict[str, Callable[[Rows], Example]] = {
    # ── cases ─────────────────────────────────────────────────────────────────────────────────
    "cases.assigning.assign": lambda r: do(r.case, r.account("other_handler")),
    "cases.assigning.take": lambda r: do(unhandled(r), r.account("lead"), by="lead"),
    "cases.circle.add": lambda r: do(
        r.case, r.account("other_handler"), reason=GrantReason.SECOND),
    "cases.circle.keep_out": lambda r: do(r.case, r.account("assigned")),
    "cases.circle.name_exposed": lambda r: do(
        r.case, Exposed(Whom.TARGET, "N", "", uuid.uuid4())),
    "cases.circle.point_out": lambda r: do(r.case, "N", person=None),
    "cases.circle.remove": lambda r: do(r.case, r.world.grant),
    "cases.circle.share": lambda r: do(
        r.case, r.account("other_contact"), bodies=[cast.BOARD], until=clock.now() + SOON),
    "cases.closing.check_afterwards": lambda r: do(r.closed, "Ord", by="lead"),
    "cases.closing.close": lambda r: do(
        reopened(r), Ending("", "", "yes", "", "Lärdom"), by="lead"),
    "cases.closing.step": lambda r: do(r.case, State.UNDER_WAY),
    "cases.disposal._shred_again": lambda r: do(decided(r), by="system"),
    "cases.disposal.ask": lambda r: do(r.world.due, "KS 1", by="lead"),
    "cases.disposal.carry_out": lambda r: do(decided(r), by="system", at=clock.now() + STANDS),
    "cases.disposal.confirm": lambda r: do(r.disposal, by="registrar"),
    "cases.disposal.withdraw": lambda r: do(r.disposal, by="registrar"),
    "cases.judging.assess": lambda r: do(r.case, judged(r)),
    "cases.judging.classify": lambda r: do(r.case, {"kinds": "violence"}),
    "cases.judging.second": lambda r: do(
        r.case, serious(r), agrees=True, words="Ord", by="lead"),
    "cases.talking.answer": lambda r: do(r.case, r.report, "Ord"),
    "cases.talking.note": lambda r: do(r.case, "Ord", private=False),
    "cases.talking.see": lambda r: do(r.case, r.report),
    "cases.talking.wait_for": lambda r: do(r.case, Waits.POLICE),
    # ── support ───────────────────────────────────────────────────────────────────────────────
    "site.accounts.say_whose": lambda r: do(
        r.account("outsider"), uuid.uuid4(), another_account=False, by="access_admin"),
    "support.decide_measure": lambda r: do(r.case, measure()),
    "support.finish_task": lambda r: do(
        Measure.unscoped.get(pk=r.world.measure), on=r.today, by="shared_contact"),
    "support.move_measure": lambda r: do(
        Measure.unscoped.get(pk=r.world.measure), MeasureState.DONE, on=r.today),
    "support.note_police": lambda r: do(r.case, PoliceReport(number="1"), remind_on=None),
    "support.offer_health": lambda r: do(r.case, "declined"),
    "support.offer_measure": lambda r: do(
        Measure.unscoped.get(pk=r.world.measure), "later", on=r.today),
    "support.review_measures": lambda r: do(r.case, on=r.today),
    # ── intake ────────────────────────────────────────────────────────────────────────────────
    "intake.link_to_case": lambda r: do(r.case, r.new_report(), "Ord", by="lead"),
    "intake.note_code": lambda r: do(r.report, by="system"),
    "intake.note_wrong_codes": lambda _r: do(1, by="system"),
    "intake.open_case": lambda r: do(
        Opening("Ord", "", exposed_person=uuid.uuid4()), handler=r.account("other_handler"),
        report=r.new_report(), by="lead"),
    # ── reports ───────────────────────────────────────────────────────────────────────────────
    "reports.declare_conflict": lambda r: do(r.new_report(), r.account("assigned")),
    "reports.acknowledge": lambda r: do(r.new_report(), by="lead"),
    "reports.add": lambda r: do(r.report, "Ord", by="reporter"),
    "reports.add_file": lambda r: do(r.report, uploaded(), by="reporter"),
    "reports.drop_files": lambda r: do(
        uuid.uuid4(), by="outsider", stranger=(r.report.pk,)),
    "reports.keep_file": lambda r: do(
        uuid.uuid4(), uploaded(), by="outsider", stranger=(r.report.pk, uploaded())),
    "reports.reply": lambda r: do(r.new_report(), "Ord", by="lead"),
    "reports.see": lambda r: do(answered(r, "add"), by="lead"),
    "reports.see_own": lambda r: do(r.report, by="reporter"),
    "reports.set_aside": lambda r: do(r.new_report(), Reason.TEST, by="lead"),
    "reports.submit": lambda _r: do(
        told(), receipt_for(new_token()), by="outsider", anybody="anybody may tell"),
    "reports.take_up": lambda r: do(r.new_report(), by="lead"),
    "reports.withdraw_consent": lambda r: do(
        r.report, Consent.POLICE, r.opened("reporter"), by="reporter"),
    # ── the plan's work ───────────────────────────────────────────────────────────────────────
    "contacts.correct": lambda r: do(r.place, Named("N")),
    "contacts.end": lambda r: do(r.place),
    "contacts.name": lambda r: do(r.place, Named("N")),
    "contacts.verify": lambda r: do(fresh_contact(r)),
    "cooperation.meetings.add_task": lambda r: do(r.line, what="Ord", who="N", due_on=r.today),
    "cooperation.meetings.cancel": lambda r: do(r.line),
    "cooperation.meetings.change": lambda r: do(r.line, moved(r), "Ord"),
    "cooperation.meetings.finish": lambda r: do(Task.unscoped.get(pk=r.world.task)),
    "cooperation.meetings.give_by_hand": lambda r: do(r.line, r.partner),
    "cooperation.meetings.invite": lambda r: do(r.line),
    "cooperation.meetings.plan": lambda r: do(moved(r), "Ord"),
    "cooperation.meetings.write_down": lambda r: do(r.line, Notes("", "", [], held=True)),
    "cooperation.partners.add": lambda _r: do(name="N", kind="police"),
    "cooperation.partners.end": lambda r: do(r.partner),
    "cooperation.partners.say_alone": lambda r: do(r.world.party),
    "cooperation.partners.say_party": lambda r: do(r.partner, r.world.party),
    "cooperation.partners.take_back_alone": lambda _r: do(
        PartyAlone.unscoped.get(until=None).party),
    "cooperation.partners.end_contact": lambda _r: do(PartnerContact.unscoped.first()),
    "cooperation.partners.name_contact": lambda r: do(r.partner, PartnerPerson("N")),
    "cooperation.partners.note_contact": lambda r: do(
        r.partner, on=r.today, way=Way.CALL, line="Ord"),
    "cooperation.partners.note_sharing": lambda r: do(
        r.partner, on=r.today, what="Ord", ground=Ground.CRIME),
    "cooperation.partners.verify": lambda _r: do(
        PartnerContact.unscoped.exclude(pk__in=verified_today()).first()),
    "documents.known.acknowledge": lambda r: do(
        another_known(r)[0], by="outsider", token=another_known(r)[1], stranger=(r.version,)),
    "documents.known.catch_up": lambda r: do(joined(r), by="system"),
    "documents.known.make_known": lambda r: do(
        r.version, groups=[Group.DEPUTY], bodies=False, by="plan_owner"),
    "documents.known.note_minutes": lambda r: do(
        r.version, r.world.body, on=r.today, minutes="§ 1"),
    "documents.known.note_person": lambda r: do(r.version, uuid.uuid4()),
    "documents.known.remind": lambda _r: do(
        Asking.unscoped.get(), by="system", at=clock.now() + dt.timedelta(days=15)),
    "documents.writing.adopt": lambda r: do(
        written(r), Adoption(r.today, "council", r.today + SOON), by="plan_owner"),
    "documents.writing.confirm_advice": lambda _r: do("telefon", by="plan_owner"),
    "documents.writing.draft": lambda r: do(
        Document.unscoped.get(pk=r.world.document), number="9", by="plan_owner"),
    "documents.writing.open_document": lambda _r: do(code="ny", title="Ny", by="plan_owner"),
    "documents.writing.send": lambda r: do(written(r), to="alla", until=None, by="plan_owner"),
    "documents.writing.take_back": lambda r: do(r.world.draft, by="plan_owner"),
    "documents.writing.write": lambda r: do(r.world.draft, text="Ord", by="plan_owner"),
    "requests.answer": lambda r: do(unanswered(r), "Ord"),
    "requests.ask": lambda _r: do(Subject.OTHER, "Ord", by="other_contact"),
    "training.arranging.cancel": lambda r: do(r.session),
    "training.arranging.change": lambda r: do(r.session, Plan(moved(r), ("elected",))),
    "training.arranging.plan": lambda r: do(Plan(moved(r), ("elected",))),
    "training.asking.catch_up": lambda r: do(r.session, by="system"),
    "training.asking.send": lambda r: do(r.session),
    "training.attending.attend_by_code": lambda r: do(
        r.session, r.world.trained_here, r.session.code, by="outsider",
        at=r.session.occasion.starts_at, stranger=(r.session, r.world.token, r.session.code)),
    "training.attending.mark": lambda r: do(r.session, here=[], shown=[r.world.person]),
    "training.attending.pass_part": lambda r: do(
        r.course, r.world.trained, 2, RIGHT, by="outsider",
        stranger=(r.course, r.world.token, 2, RIGHT)),
    "training.confirming.confirm": lambda r: do(r.world.person, What.RISK, on=r.today),
    "invitations.answering.answer": lambda r: do(
        r.world.trained_here, Answer.YES, by="outsider", stranger=("x" * 32, Answer.YES)),
    "invitations.arranging.arrange": lambda r: do(moved(r), kind="test"),
    "invitations.arranging.cancel": lambda r: do(r.occasion),
    "invitations.arranging.change": lambda r: do(r.occasion, moved(r)),
    "invitations.inviting.give_by_hand": lambda r: do(r.invitation),
    "invitations.inviting.invite": lambda r: do(
        r.occasion, [Invitee(InviteeKind.PERSON, uuid.uuid4())]),
    "invitations.inviting.remind": lambda r: do(
        r.occasion, by="system", at=r.occasion.starts_at - dt.timedelta(hours=1)),
    "invitations.inviting.report_bounce": lambda r: do(unanswered_invitation(r)),
    "invitations.inviting.renew": lambda r: do(r.invitation),
    "invitations.inviting.send_again": lambda r: do(r.occasion),
    "plan.adopt_plan": lambda r: do(
        another_edition(r), from_on=r.today + SOON, by="plan_owner"),
    "plan.note_event": lambda r: do("revised", on=r.today, by="plan_owner"),
    "plan.read_plan": lambda _r: do(another_text(), by="plan_owner"),
    "plan.tie_text": lambda r: do(
        Followed.unscoped.first().pk, r.world.version, "0" * 64, "Vi hjälps åt.", by="plan_owner"),
    "plan.take_back_event": lambda r: do(r.world.event, by="plan_owner"),
    "following.consider": lambda r: do(
        r.world.version, Consideration.Head.LAW, words="Ord", by="plan_owner"),
    "following.add_terms": lambda _r: do(
        what="Larm", staff="Ja", officials="Ja", reason="", by="plan_owner"),
    "following.note_records": lambda _r: do([], by="system"),
    "following.confirm_statement": lambda r: do(r.world.statement, by="lead"),
    "following.deliver_report": lambda r: do(
        PlanReport.unscoped.get(pk=r.world.ready_report), on=r.today, section="1",
        reference="KS 1", by="plan_owner"),
    "following.end_terms": lambda r: do(r.world.terms, by="plan_owner"),
    "following.review_terms": lambda _r: do(by="plan_owner"),
    "following.end_responsible": lambda r: do(
        r.world.role, r.world.lead_account, by="plan_owner"),
    "following.explain": lambda r: do(r.row(), reason="Ord", remedy="", by="plan_owner"),
    "following.finish_report": lambda r: do(
        PlanReport.unscoped.get(pk=r.world.plan_report), {}, by="system"),
    "following.make_feed": lambda _r: do("office", by="plan_owner"),
    "following.name_responsible": lambda r: do(
        r.world.role, r.account("assigned").pk, by="plan_owner"),
    "following.publish": lambda _r: do(on=False, by="plan_owner"),
    "following.revoke_feed": lambda r: do(r.world.feed, by="plan_owner"),
    "following.state": lambda r: do(r.row(), on=r.today, reason="Ord", by="plan_owner"),
    "following.take_back_statement": lambda r: do(r.world.statement, by="plan_owner"),
    "following.want_report": lambda r: do(r.row().election, "sv", by="plan_owner"),
    "following.weigh_lessons": lambda r: do(
        r.world.draft, {pk for pk, _day in lesson_days()}, by="plan_owner"),
    # ── the register ──────────────────────────────────────────────────────────────────────────
    "organisation.people.dissolve": lambda r: do(r.world.body, r.today, by="registrar"),
    "organisation.people.keep_body": lambda r: do(
        r.world.body, kind=BodyKind.EXECUTIVE, administration="", by="registrar"),
    "organisation.people.protect": lambda r: do(
        r.world.person, protected=True, by="registrar"),
    "organisation.people.vouch": lambda _r: do(by="registrar", at=clock.now() + SOON),
    "organisation.people.say_kinds": lambda r: do(
        {r.world.body: BodyKind.BOARD}, by="registrar"),
    "organisation.people.set_period": lambda r: do(
        r.world.body, Period(dt.date(2040, 1, 1), dt.date(2040, 12, 31)), by="registrar"),
    "importing.answering.answer": lambda r: do(
        r.chosen(ImportState.PLANNED), {"x": BodyKind.BOARD}, {}, by="registrar"),
    "importing.imports._record_refusal": lambda _r: do(
        uploaded(), FileRefusedError(FileReason.EMPTY), by="registrar"),
    "importing.imports.abandon": lambda r: do(r.job, by="registrar"),
    "importing.imports.apply_content": lambda r: do(
        worlds.register_file(), imports.choice_of(r.job), by="registrar"),
    "importing.imports.carry_out": lambda r: do(
        r.chosen(ImportState.APPLYING), by="registrar"),
    "importing.imports.choose_columns": lambda r: do(
        r.job, imports.choice_of(r.job), by="registrar"),
    "importing.imports.compare": lambda r: do(r.chosen(ImportState.PLANNING), by="registrar"),
    "importing.imports.give_up": lambda r: do(r.chosen(ImportState.PLANNING), by="system"),
    "importing.imports.order": lambda r: do(r.chosen(ImportState.PLANNED), by="registrar"),
    "importing.imports.undo": lambda _r: do(applied(), by="registrar"),
    "importing.imports.receive": lambda _r: do(
        uploaded("fil.csv", worlds.register_file()), by="registrar"),
    "duty.fill": lambda r: do(
        [r.account("assigned").pk], first=r.today + SOON, turns=1, length=Length.DAY,
        phone="021-39 00 00", by="lead"),
    "duty.change": lambda r: do(
        r.turn, r.account("other_handler").pk, None, phone="021-39 00 00", by="lead"),
    "duty.cancel": lambda r: do(r.turn, by="lead"),
    "duty.hand_over": lambda r: do(r.turn, "Ord"),
    "operation.clock.confirm": lambda _r: do(*leapt(), by="operator"),
    # ── the foundation ────────────────────────────────────────────────────────────────────────
    "foundation.access.appoint": lambda r: do(
        r.account("outsider"), Role.HANDLER, by="access_admin"),
    "foundation.access.link_person": lambda r: do(
        r.account("outsider"), uuid.uuid4(), by="access_admin"),
    "foundation.access.retire": lambda r: do(
        RoleGrant.objects.get(account=r.account("other_handler")), by="access_admin"),
    "foundation.accounts.let_enrol": lambda r: do(r.account("outsider"), by="access_admin"),
    "foundation.accounts.lock_account": lambda r: do(r.account("outsider"), by="access_admin"),
    "foundation.accounts.note_authenticators": lambda r: do(
        r.account("outsider"), added={(1, "totp")}, removed=set(), by="outsider"),
    "foundation.accounts.open_account": lambda _r: do(
        email="ny@example.se", name="Ny", by="access_admin"),
    "foundation.accounts.end_session": lambda r: do(
        r.account("outsider"), r.world.session_name, by="outsider"),
    "foundation.accounts.sign_out_everywhere": lambda r: do(
        r.account("outsider"), by="outsider"),
    "foundation.accounts.take_duty": lambda r: do(r.account("assigned"), on_duty=False),
    "foundation.accounts.unlock_account": lambda r: do(
        r.account("outsider"), by="access_admin"),
}  # fmt: skip
# Where one example cannot leave every line that a deed may leave.
MORE: dict[str, list[Callable[[Rows], Example]]] = {
    "cases.closing.step": [
        lambda r: do(r.closed, State.UNDER_WAY, reason="Igen", by="lead")],
    "following.publish": [lambda r: do(on=unpublished(r), by="lead")],
    "importing.imports.give_up": [lambda r: do(r.begun(), by="system")],
    "foundation.accounts.take_duty": [lambda r: do(r.account("assigned"), on_duty=True)],
    "foundation.accounts.note_authenticators": [
        lambda r: do(r.account("outsider"), added=set(), removed={(1, "totp")}, by="outsider")],
    "organisation.people.protect": [
        lambda r: do(protected_person(r), protected=False, by="registrar")],
    "foundation.access.link_person": [
        lambda r: do(r.account("other_handler"), a_kept_out_person(r), by="access_admin"),
        lambda r: do(linked(r), uuid.uuid4(), by="access_admin")],
    "site.accounts.say_whose": [
        lambda r: do(linked(r), uuid.uuid4(), another_account=False, by="access_admin")],
}  # fmt: skip


def serious(r):
    """An assessment that wants a second pair of eyes, and has not had it."""
    from varna.cases.actions import judging

    by = who(r.world, "assigned")
    return judging.assess(r.case, judged(r, Level.SERIOUS), by=by, at=clock.now())


def linked(r):
    """An account whose holder is somebody in the register already."""
    account = r.account("outsider")
    account.person = uuid.uuid4()
    account.save()
    return account


def unhandled(r):
    """The case, when whoever handled it has left it."""
    from varna.cases.actions import circle

    by, at = who(r.world, "lead"), clock.now()
    circle.keep_out(r.case, r.account("assigned"), by=by, at=at)
    return r.case


def spent(r):
    """A case of its own: destroyed keys do not come back when the test is over."""
    from varna.intake.actions import open_case

    by, handler = who(r.world, "lead"), r.account("other_handler")
    return open_case(Opening("Ord", ""), handler=handler, by=by, at=clock.now())


def asked(r):
    """That a report of its own is destroyed, which has been put aside long enough."""
    from varna.cases.actions import disposal
    from varna.reports import actions

    lead, at = who(r.world, "lead"), clock.now()
    report = r.new_report()
    actions.set_aside(report, Reason.TEST, by=lead, at=at)
    Report.unscoped.filter(pk=report.pk).update(set_aside_at=at - worlds.LONG_AGO)
    return disposal.ask(report.pk, "KS 1", by=lead, at=at)


def leapt():
    """The clock says a year more than it did."""
    from varna.foundation.audit.clocks import _write_clock
    from varna.foundation.audit.rules import Reading

    _write_clock(Reading(clock.now() - dt.timedelta(days=365)), leapt_at=None)
    return ()


def decided(r):
    """Asked for by one and confirmed by another."""
    from varna.cases.actions import disposal

    found = asked(r)
    disposal.confirm(found, by=who(r.world, "registrar"), at=clock.now())
    return Disposal.unscoped.get(pk=found.pk)


def answered(r, _how):
    from varna.reports import actions

    report = r.new_report()
    actions.add(report, "Ord", by=who(r.world, "reporter"), at=clock.now())
    return report


def verified_today():
    from varna.cooperation.models import Checked

    return Checked.unscoped.values_list("contact", flat=True)


def fresh_contact(r):
    from varna.contacts import actions

    actions.name(r.place, Named("N"), by=system("tests"), at=clock.now())
    return r.place


def joined(r):
    """Somebody has come into office since they were asked."""
    imports.apply_content(
        worlds.register_file("Nytt"), imports.choice_of(r.job), by=system("tests"), at=clock.now()
    )
    return Asking.unscoped.get()


def another_known(r):
    """A version that its reader has not said that they have read."""
    from varna.documents.models import Acknowledgement

    Acknowledgement.unscoped.filter(version=r.version).delete()
    return r.version, r.world.known


def written(r):
    from varna.documents.actions import writing

    by = who(r.world, "plan_owner")
    writing.write(r.world.draft, text="Ord", by=by, at=clock.now())
    return r.world.draft


def unpublished(_r):
    from varna.following import actions

    actions.publish(on=False, by=system("tests"), at=clock.now())
    return True


def unanswered(r):
    from varna.requests import actions

    by = who(r.world, "other_contact")
    return HelpRequest.unscoped.get(pk=actions.ask(Subject.OTHER, "Ord", by=by, at=clock.now()).pk)


def another_text():
    return text_in("vasteras-2018").replace(b'version = "', b'version = "x', 1)


def another_edition(_r):
    from varna.plan import actions

    return actions.read_plan(another_text(), by=system("tests"), at=clock.now()).pk


def protected_person(r):
    from varna.organisation.actions import people

    people.protect(r.world.person, protected=True, by=system("tests"), at=clock.now())
    return r.world.person


def a_kept_out_person(r):
    """Somebody in the register who is kept out of a case that this account handles."""
    from varna.cases.actions import assigning, circle

    person = uuid.uuid4()
    by = who(r.world, "lead")
    circle.point_out(r.case, "N", person=person, by=by, at=clock.now())
    assigning.assign(r.case, r.account("other_handler"), by=by, at=clock.now())
    assert Grant.unscoped.filter(about=r.case.pk).exists()
    return person
