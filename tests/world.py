"""A small municipality in which every confidential field holds a word that is nowhere else."""

import datetime as dt
import uuid
from dataclasses import dataclass, field, replace

from django.test import Client

from allauth.mfa.models import Authenticator

import cast
from registers import bodies_said, csv_of
from varna.cases.actions import circle, closing, disposal, judging, talking
from varna.cases.models import Case, Disposal
from varna.cases.queries import lesson_days
from varna.cases.rules.counting import Whom
from varna.cases.rules.judging import Level
from varna.cases.rules.steps import State
from varna.cases.sealed import Observation
from varna.contacts import actions as contacts
from varna.contacts.actions import Named
from varna.contacts.queries import Place
from varna.cooperation.actions import meetings, partners
from varna.cooperation.actions.meetings import Notes
from varna.cooperation.models import PartnerContact, Task
from varna.cooperation.rules import Ground, Way
from varna.cooperation.sealed import PartnerPerson
from varna.documents.actions import known, writing
from varna.duty import actions as duties
from varna.duty.models import Turn
from varna.duty.rules import Length
from varna.following import actions as following
from varna.following.models import Consideration, Feed, Responsible
from varna.following.queries import stand
from varna.following.rules.picture import key_of
from varna.foundation import clock
from varna.foundation.access.actions import link_person
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts import codes
from varna.foundation.accounts.actions import noting_authenticators
from varna.foundation.accounts.models import Account, RoleGrant
from varna.foundation.accounts.rules import system
from varna.foundation.accounts.sessions import stored
from varna.foundation.audit.actions import record, sign_head
from varna.foundation.audit.clocks import look_at_clock
from varna.foundation.notices.actions import remind
from varna.foundation.notices.rules import Due
from varna.foundation.vault import files
from varna.foundation.vault.uploads import SealedUpload
from varna.importing.actions import imports
from varna.importing.models import Import, ImportState
from varna.intake import actions as intake
from varna.invitations import links
from varna.invitations.actions import arranging, inviting
from varna.invitations.models import Invitation
from varna.invitations.queries import invitations_to
from varna.invitations.rules import Details, Invitee, InviteeKind
from varna.organisation.actions import people as persons
from varna.organisation.models import Body, Party, Person
from varna.organisation.rules.periods import Period
from varna.organisation.rules.roles import BodyKind, Group
from varna.plan import actions as plans
from varna.plan.models import Event as PlanEvent
from varna.plan.queries import text_in
from varna.reports import actions as reports
from varna.reports.receipts import new_token, receipt_for
from varna.reports.rules import Reason
from varna.reports.sealed import Answers, Contact
from varna.requests import actions as help_asked
from varna.requests.rules import Subject
from varna.support import actions as supporting
from varna.support.models import Measure
from varna.support.rules import MeasureClass, MeasureState
from varna.support.sealed import PoliceReport
from varna.training.actions import arranging as sessions
from varna.training.actions import asking, attending, confirming
from varna.training.rules import What
from varna.training.words.course import PARTS


# Which token a field holds; the same words in every world that is made.
def canary(name):
    return f"kanarie{name}q7"


REPORT = ("happened", "when", "exposedname", "role", "place", "matter", "done", "contact", "safely",
          "pointedout", "filename", "filebody", "fromreporter", "fromhandler")  # fmt: skip
CASE = ("label", "exposed", "exposedrole", "openreason", "overall", "tookpart", "observation",
        "question", "second", "measure", "measurereason", "policenumber", "policecontact",
        "teamnote", "casepointed", "stepreason")  # fmt: skip
PRIVATE = ("privatenote",)
HEALTH = ("accepted",)  # a code, but whoever may not read it must not see it
TASK = ("task",)
# The plan's work: what is said with partners, asked for help, and how contacts are reached.
COOPERATION = (
    "partnerperson",
    "touchline",
    "agenda",
    "minutes",
    "decisions",
    "meetingtask",
    "shared",
)
HELP = ("helpquestion", "helpanswer")
DUTY = ("handover",)
REACH = ("reach",)


def an_upload(name, body):
    writer = files.SealedFileWriter(uuid.uuid4())
    writer.write(body)
    return SealedUpload(writer, name, writer.close())


@dataclass
class World:
    people: dict[str, Account]
    case: uuid.UUID = None
    report: uuid.UUID = None
    item: uuid.UUID = None
    measure: uuid.UUID = None
    grant: uuid.UUID = None
    code: str = ""
    waiting: uuid.UUID = None
    token: str = ""  # an invitation's
    partner: uuid.UUID = None
    meeting: uuid.UUID = None
    help: uuid.UUID = None
    edition: uuid.UUID = None  # of the plan that is followed
    occurrence: str = ""  # one of its turns, as addresses name it
    more: dict = field(default_factory=dict)


LONG_AGO = dt.timedelta(days=7 * 366)
CAST = {
    "assigned": ("Alva Lind", "handler"),
    "other_handler": ("Sixten Ahl", "handler"),
    "lead": ("Love Berg", "lead"),
    "shared_contact": ("Kim Ek", "contact"),
    "other_contact": ("Rut Vik", "contact"),
    "reporter": ("Folke Ask", "official"),
    "outsider": ("Ylva Rask", "official"),
    "access_admin": ("Berit Sten", "access_admin"),
    "operator": ("Otto Dal", "operator"),
    "registrar": ("Ines Wall", "registrar"),
    "plan_owner": ("Nora Holm", "plan_owner"),
}


def people():
    """One in each part; the outsider may add a first passkey or app."""
    made = {part: cast.an_account(name, role, email=f"{part}@example.se")
            for part, (name, role) in CAST.items()}  # fmt: skip
    accounts.let_enrol(made["outsider"], by=system("tests"), at=clock.now())
    return made


def told():
    return reports.Told(
        content=Answers(
            happened=canary("happened"), when=canary("when"), role=canary("role"),
            exposed_name=canary("exposedname"), place=canary("place"), matter=canary("matter"),
            done=canary("done"), kinds=("threat",), worry=8,
        ),
        contact=Contact("phone", canary("contact"), canary("safely")),
        pointed_out=canary("pointedout"),
    )  # fmt: skip


def a_report(by):
    receipt = receipt_for(new_token())
    at = clock.now()
    upload = an_upload(
        f"{canary('filename')}.png", b"\x89PNG\r\n\x1a\n" + canary("filebody").encode() * 9
    )
    reports.keep_file(receipt.report, upload, by=by, at=at)
    return reports.submit(told(), receipt, by=by, at=at), receipt.code, upload.file_id


def a_case(world):
    """The whole case, every confidential field filled."""
    who = {part: cast.actor(account) for part, account in world.people.items()}
    report, world.code, world.item = a_report(who["reporter"])
    at = clock.now()
    opening = intake.Opening(
        label=canary("label"),
        reason=canary("openreason"),
        exposed_name=canary("exposed"),
        exposed_role=canary("exposedrole"),
        whom=Whom.TARGET,
    )
    case = intake.open_case(
        opening, handler=world.people["assigned"], by=who["lead"], at=at, report=report
    )
    by = who["assigned"]
    judgement = judging.Judgement(
        level=Level.SERIOUS,
        overall=canary("overall"),
        took_part=canary("tookpart"),
        review_on=clock.today(),
        observations={"weapon": Observation("yes", canary("observation"))},
        questions={"violence": canary("question")},
    )
    version = judging.assess(case, judgement, by=by, at=at)
    judging.second(case, version, agrees=False, words=canary("second"), by=who["lead"], at=at)
    decision = supporting.Decision(
        measure_class=MeasureClass.FREE,
        what=canary("measure"),
        reason=canary("measurereason"),
        consent="given",
        task=canary("task"),
        offered_on=clock.today(),
        answer="later",
    )
    world.measure = supporting.decide_measure(case, decision, by=by, at=at).pk
    supporting.move_measure(
        Measure.unscoped.get(pk=world.measure), MeasureState.UNDER_WAY,
        on=clock.today(), words=canary("outcome"), by=by, at=at,
    )  # fmt: skip
    said = PoliceReport(
        number=canary("policenumber"), contact=canary("policecontact"), protected="yes"
    )
    supporting.note_police(case, said, remind_on=clock.today(), by=by, at=at)
    supporting.offer_health(case, "accepted", by=by, at=at)
    judging.classify(case, {"kinds": "threat"}, by=by, at=at)
    talking.note(case, canary("teamnote"), private=False, by=by, at=at)
    talking.note(case, canary("privatenote"), private=True, by=by, at=at)
    talking.answer(case, report, canary("fromhandler"), by=by, at=at)
    reports.add(report, canary("fromreporter"), by=who["reporter"], at=at)
    circle.point_out(case, canary("casepointed"), person=None, by=by, at=at)
    world.grant = circle.share(
        case,
        world.people["shared_contact"],
        bodies=[cast.BOARD],
        by=by,
        at=at,
        until=at + dt.timedelta(days=365),
    )
    closing.step(case, rules_state("follow_up"), by=by, at=at, reason=canary("stepreason"))
    world.case, world.report = case.pk, report.pk
    return world


def rules_state(name):
    from varna.cases.rules.steps import State

    return State(name)


def an_invitation():
    """Somebody is invited to something; answer the token of the link."""
    by, at = system("tests"), clock.now()
    occasion = arranging.arrange(Details(title="Trygg på mötet"), kind="test", by=by, at=at)
    one = Invitee(InviteeKind.PARTNER, uuid.uuid4(), "partner@example.se")
    inviting.invite(occasion, [one], by=by, at=at)
    (row,) = invitations_to(by, occasion.pk)
    return links.token(row.pk, row.version)


def the_plans_work(world):
    """A partner and a meeting with it, a question with its answer, and a named contact."""
    by, at, day = system("tests"), clock.now(), clock.today()
    police = partners.add(name="Polisen", kind="police", by=by, at=at)
    person = PartnerPerson(canary("partnerperson"), "p@example.se")
    partners.name_contact(police, person, by=by, at=at)
    line = canary("touchline")
    partners.note_contact(police, on=day, way=Way.CALL, line=line, by=by, at=at)
    shared = canary("shared")
    partners.note_sharing(police, on=day, what=shared, ground=Ground.CRIME, by=by, at=at)
    details = Details(title="Samverkansmöte", starts_at=at, ends_at=at + dt.timedelta(hours=1))
    meeting = meetings.plan(details, canary("agenda"), by=by, at=at)
    meetings.invite(meeting, by=by, at=at)
    notes = Notes(canary("minutes"), canary("decisions"), [police], held=True)
    meetings.write_down(meeting, notes, by=by, at=at)
    what = canary("meetingtask")
    contact = partners.name_contact(police, replace(person, name="Ann"), by=by, at=at)
    partners.verify(contact, by=by, at=at)
    meetings.add_task(meeting, what=what, who="Alva", due_on=day, by=by, at=at)
    asker, answerer = (cast.actor(world.people[p]) for p in ("shared_contact", "assigned"))
    row = help_asked.ask(Subject.OTHER, canary("helpquestion"), by=asker, at=at)
    help_asked.answer(row, canary("helpanswer"), by=answerer, at=at)
    place = Place("safety-process", "", function="safety-process")
    contacts.name(place, Named("Asta Granrot", phone=canary("reach")), by=by, at=at)
    contacts.verify(place, by=by, at=at)
    partners.say_alone(uuid.uuid4(), by=by, at=at)
    world.partner, world.meeting, world.help = police.pk, meeting.row.pk, row.pk
    return world


def a_plan(world):
    """The plan is followed, and one turn of it can be spoken about."""
    by, at = system("tests"), clock.now()
    edition = plans.read_plan(text_in("vasteras-2018"), by=by, at=at)
    plans.adopt_plan(edition.pk, from_on=dt.date(2018, 6, 20), by=by, at=at)
    row = next(r for r in stand(at).rows if r.commitment.id == "proactive")
    world.edition, world.occurrence = edition.pk, key_of(row)
    return world


def a_closed_case(world):
    """A case that somebody is kept out of, and that has come to its end and taught something."""
    lead, at = cast.actor(world.people["lead"]), clock.now()
    opening = intake.Opening(label=canary("closedlabel"), reason="")
    case = intake.open_case(opening, handler=world.people["other_handler"], by=lead, at=at)
    by = cast.actor(world.people["other_handler"])
    judging.assess(case, Judgement(at), by=by, at=at)
    judging.classify(case, {"kinds": "threat"}, by=by, at=at)
    circle.keep_out(case, world.people["assigned"], by=lead, at=at)
    ending = closing.Ending(
        done=canary("done"), helped="", content="yes", told=canary("closingtold"),
        lesson=canary("lesson"),
        no_lesson=canary("nolesson"),
    )  # fmt: skip
    closing.close(case, ending, by=by, at=at)
    closing.check_afterwards(case, canary("aftercheck"), by=by, at=at)
    world.closed = case.pk
    return world


def a_disposal(world):
    """Two reports that became no case and have been kept long enough: one that may be destroyed,
    and one that is asked for.
    """
    lead, at = cast.actor(world.people["lead"]), clock.now()
    for name in ("due", "destroyed_soon"):
        said = reports.Told(content=Answers(happened="Ett prov"), contact=Contact("code"))
        report = reports.submit(said, receipt_for(new_token()), by=cast.nobody(), at=at)
        reports.set_aside(report, Reason.TEST, by=lead, at=at)
        report.set_aside_at = at - LONG_AGO
        report.save(update_fields=["set_aside_at"])
        world.more[name] = report.pk
    asked = disposal.ask(world.more["destroyed_soon"], "KS 2026/123", by=lead, at=at)
    world.due, world.disposal = world.more["due"], asked.pk
    return world


def decided(case, *, at):
    """That a case is destroyed: it was closed long ago, two people said so, and it has stood."""
    long_ago = at - LONG_AGO
    Case.unscoped.filter(pk=case).update(state=State.CLOSED, closed_at=long_ago)
    row = Disposal(about=case, decision="KS 2026/1", asked_at=long_ago, confirmed_at=long_ago)
    row.asked_by, row.confirmed_by = uuid.uuid4(), uuid.uuid4()
    row.save(force_insert=True)
    return row


def Judgement(at):
    day = clock.day_of(at)
    return judging.Judgement(level=Level.AWARE, overall="", took_part="", review_on=day)


def register_file(given="Bo", until="2030-10-14"):
    """Two people with an assignment each, until a day."""
    return csv_of([
        ["Ada", "Lund", canary("address") + "@example.se", "", "Partiet", "Kulturnämnden",
         "Ledamot", "2026-10-15", until, ""],
        [given, "Ek", f"{given.lower()}@example.se", "", "Partiet", "Kommunfullmäktige", "Ledamot",
         "2026-10-15", until, ""],
    ])  # fmt: skip


def the_register(world):
    """A file with two people, read into the register; a body kept; and a file that waits."""
    by, at = cast.actor(world.people["access_admin"]), clock.now()
    upload = an_upload("register.csv", register_file())
    job = imports.receive(upload, by=by, at=at)
    imports.choose_columns(job, imports.choice_of(job), by=by, at=at)
    compared = imports.compare(job, by=by, at=at)
    imports.order(bodies_said(compared, by=by, at=at), by=by, at=at)
    imports.carry_out(job, by=by, at=at)
    longer, choice = register_file(until="2030-12-31"), imports.choice_of(job)
    imports.apply_content(longer, choice, by=by, at=at + dt.timedelta(seconds=1))
    waiting = imports.receive(an_upload("waiting.csv", register_file()), by=by, at=at)
    board = next(one for one in Body.visible_to(by, at=at) if one.name == "Kulturnämnden")
    persons.keep_body(board.pk, kind=BodyKind.BOARD, administration="Kultur", by=by, at=at)
    period = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    persons.set_period(board.pk, period, by=by, at=at)
    persons.vouch(by=by, at=at)
    world.party = Party.unscoped.get().pk
    world.body, world.job = board.pk, waiting.pk
    world.person = Person.visible_to(by, at=at).get(given="Ada").pk
    return world


def the_trainings(world):
    """A session somebody came to, the self-study with a part gone through, and a confirmation."""
    by, at, day = cast.actor(world.people["lead"]), clock.now(), clock.today()
    details = Details(title="Utbildning", starts_at=at + dt.timedelta(days=1),
                      ends_at=at + dt.timedelta(days=1, hours=2))  # fmt: skip
    held = sessions.plan(sessions.Plan(details, ("elected",)), by=by, at=at)
    course = sessions.plan(sessions.Plan(Details(title="Kurs"), ("elected",)), by=by, at=at)
    asking.send(held, by=by, at=at)
    asking.send(course, by=by, at=at)
    attending.mark(held, here=[world.person], shown=[world.person], by=by, at=at)
    row = next(one for one in invitations_to(by, course.occasion_id) if one.invitee == world.person)
    token = links.token(row.pk, row.version)
    right = {q.key: [o.right for o in q.options].index(True) for q in PARTS[0].questions}
    assert attending.pass_part(course, token, 1, right, by=by, at=at)
    world.confirmation = confirming.confirm(
        world.person,
        What.COMPETENCE,
        on=day,
        by=by,
        at=at,
        note=canary("trainingnote"),
        session=held,
    ).pk
    world.session, world.course, world.trained, world.invitation = held.pk, course.pk, token, row.pk
    world.held_occasion = held.occasion_id
    return world


def the_documents(world):
    """A guideline adopted and made known, which somebody has said that they have read."""
    by, at, day = cast.actor(world.people["plan_owner"]), clock.now(), clock.today()
    document = writing.open_document(code="riktlinje", title="Riktlinje", by=by, at=at)
    version = writing.draft(document, number="1.0", text="Vi hjälps åt.", by=by, at=at)
    decided = writing.Decision(adopted_on=day, adopted_by="executive_board", in_force_on=day)
    version = writing.adopt(version.pk, decided, by=by, at=at)
    known.make_known(version, groups=[Group.ELECTED], bodies=True, by=by, at=at)
    known.note_person(version, world.person, by=by, at=at)
    writing.confirm_advice("telefon", by=by, at=at)
    draft = writing.draft(document, number="2.0", by=by, at=at)
    world.document, world.version, world.draft = document.pk, version.pk, draft.pk
    return world


def the_promises(world):
    """What is said about the plan: stated, explained, answered for, published and weighed."""
    by, at, day = cast.actor(world.people["plan_owner"]), clock.now(), clock.today()
    rows = stand(at).rows
    stated = next(row for row in rows if row.commitment.id == "proactive")
    world.statement = following.state(stated, on=day, reason="Så är det.", by=by, at=at).pk
    following.explain(stated, reason="Vi hann inte.", remedy="Vi gör det nu.", by=by, at=at)
    following.name_responsible(stated.commitment.by, world.people["lead"].pk, by=by, at=at)
    world.secret = following.make_feed(stated.commitment.by, by=by, at=at)
    following.publish(on=True, by=by, at=at)
    following.consider(world.version, Consideration.Head.RISKS, words="Läget", by=by, at=at)
    following.weigh_lessons(world.version, {pk for pk, _ in lesson_days()}, by=by, at=at)
    world.plan_report = following.want_report(stated.election, "sv", by=by, at=at).pk
    ready = following.want_report(stated.election, "sv", by=by, at=at)
    following.finish_report(ready, {}, by=system("report"), at=at)
    world.ready_report = ready.pk
    world.terms = following.add_terms(
        what="Samtal", staff="Fem samtal", officials="Fem samtal", reason="", by=by, at=at
    ).pk
    following.review_terms(by=by, at=at)
    following.note_records([], by=system("records"), at=at)
    plans.note_event("boards-elected", on=day, by=system("tests"), at=at)
    return world


def a_new_report(world):
    """One that waits for somebody on duty to receive it."""
    said = reports.Told(content=Answers(happened="Ett brev", when="nyss"), contact=Contact("code"))
    receipt = receipt_for(new_token())
    world.untriaged = reports.submit(said, receipt, by=cast.nobody(), at=clock.now()).pk
    return world


def the_rights(world):
    """An account that one administrator has asked to move to somebody else."""
    by, at = cast.actor(world.people["access_admin"]), clock.now()
    moved = cast.an_account("Mona Flytt")
    for person in (uuid.uuid4(), uuid.uuid4()):
        link_person(moved, person, by=by, at=at)
    with noting_authenticators(moved, began_at=at, by=cast.actor(moved), at=at):
        Authenticator.objects.create(
            user=moved, type="webauthn", data={"credential": {"id": "eA"}, "name": "nyckel"}
        )
    return world


def the_duty(world):
    """Somebody has the duty, somebody stands in, and something was handed over."""
    by, at = cast.actor(world.people["lead"]), clock.now()
    people = [world.people[part].pk for part in ("assigned", "other_handler")]
    (world.turn,) = duties.fill(people, first=clock.today(), turns=1, length=Length.DAY,
                                phone="021-39 00 12", by=by, at=at)  # fmt: skip
    duties.hand_over(Turn.unscoped.get(pk=world.turn), canary("handover"), by=by, at=at)
    return world


def the_house(world):
    """What the worker leaves behind: somebody reminded, its pulse, the log's signed head and a line
    that waits for its place; and somebody who has signed in.
    """
    at = clock.now()
    remind([Due("tests:one:1", frozenset({world.people["lead"].pk}))], at=at)
    sign_head(at=at)
    look_at_clock()
    record("tests.waiting", by=system("tests"), at=at)
    codes.code_to_send(world.people["outsider"], "XXXX-XXXX", at=at)
    browser = cast.sign_in(Client(), world.people["outsider"])
    world.session_name = stored(browser.session.session_key)
    return world


def a_world():
    """One row of every model; the suite in tests/house demands it."""
    world = the_plans_work(a_plan(a_case(World(people(), token=an_invitation()))))
    for more in (a_closed_case, a_disposal, a_new_report, the_rights, the_duty, the_register,
                 the_trainings, the_documents, the_promises):  # fmt: skip
        world = more(world)
    return names_of_rows(the_house(world))


def names_of_rows(world):
    """The ids that addresses are asked for with."""
    world.account, world.lead_account = (world.people[p].pk for p in ("outsider", "lead"))
    world.role_grant = RoleGrant.objects.get(account=world.account).pk
    world.function, world.advice, world.commitment = "safety-process", "telefon", "proactive"
    world.partner_contact = PartnerContact.unscoped.first().pk
    world.task = Task.unscoped.first().pk
    world.applied = Import.unscoped.filter(state=ImportState.APPLIED).latest("made_at").pk
    world.feed = Feed.unscoped.get().pk
    world.role = Responsible.unscoped.get().role
    world.event = PlanEvent.unscoped.get().pk
    asked = Invitation.unscoped.get(occasion__kind="made_known", invitee=world.person)
    world.asked, world.known = asked.pk, links.token(asked.pk, asked.version)
    here = Invitation.unscoped.get(occasion=world.held_occasion, invitee=world.person)
    world.trained_here = links.token(here.pk, here.version)
    return world
