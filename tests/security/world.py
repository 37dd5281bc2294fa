"""A small municipality in which every confidential field holds a word that is nowhere else."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

import cast
from varna.cases.actions import circle, closing, intake, judging, supporting, talking
from varna.cases.rules import Level, MeasureClass
from varna.compliance.pages.commitment import key_of
from varna.compliance.queries import stand
from varna.contacts import actions as contacts
from varna.contacts.actions import Named
from varna.contacts.queries import Place
from varna.cooperation.actions import meetings, partners
from varna.cooperation.actions.meetings import Notes
from varna.cooperation.rules import Ground, Way
from varna.evidence import actions as evidence
from varna.evidence.models import Origin
from varna.foundation import clock
from varna.foundation.accounts.models import Account
from varna.foundation.accounts.rules import system
from varna.foundation.vault import files
from varna.foundation.vault.uploads import SealedUpload
from varna.invitations import links
from varna.invitations.actions import arranging, inviting
from varna.invitations.queries import invitations_to
from varna.invitations.rules import Details, Invitee, InviteeKind
from varna.plan import actions as plans
from varna.plan.queries import text_in
from varna.reports import actions as reports
from varna.reports.models import Entry
from varna.reports.receipts import new_token, receipt_for
from varna.requests import actions as help_asked
from varna.requests.rules import Subject


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
REACH = ("reach",)


def an_upload(name, body):
    writer = files.SealedFileWriter(uuid.uuid4())
    writer.write(body)
    return SealedUpload(writer, name, "image/png", writer.close())


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
    return {part: cast.an_account(name, role, email=f"{part}@example.se")
            for part, (name, role) in CAST.items()}  # fmt: skip


def told():
    return reports.Told(
        content={
            "happened": canary("happened"), "when": canary("when"), "role": canary("role"),
            "exposed_name": canary("exposedname"), "place": canary("place"),
            "matter": canary("matter"), "done": canary("done"), "kinds": ["threat"], "worry": 8,
        },
        contact={"reach": "phone", "detail": canary("contact"), "safely": canary("safely")},
        pointed_out=canary("pointedout"),
    )  # fmt: skip


def a_report(by):
    receipt = receipt_for(new_token())
    at = clock.now()
    upload = an_upload(
        f"{canary('filename')}.png", b"\x89PNG\r\n\x1a\n" + canary("filebody").encode() * 9
    )
    evidence.keep(receipt.report, upload, origin=Origin.REPORTER, by=by, at=at, claimed=False)
    return reports.submit(told(), receipt, by=by, at=at), receipt.code, upload.file_id


def a_case(world):
    """The whole case, every confidential field filled."""
    who = {part: cast.actor(account) for part, account in world.people.items()}
    at = clock.now()
    report, world.code, world.item = a_report(who["reporter"])
    opening = intake.Opening(
        label=canary("label"),
        reason=canary("openreason"),
        exposed_name=canary("exposed"),
        exposed_role=canary("exposedrole"),
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
        observations={"weapon": {"answer": "yes", "note": canary("observation")}},
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
    )
    world.measure = supporting.decide_measure(case, decision, by=by, at=at).pk
    said = {"number": canary("policenumber"), "contact": canary("policecontact"),
            "reported_on": "", "reported_by": "", "protected": "yes", "outcome": ""}  # fmt: skip
    supporting.note_police(case, said, remind_on=clock.today(), by=by, at=at)
    supporting.offer_health(case, "accepted", by=by, at=at)
    talking.note(case, canary("teamnote"), private=False, by=by, at=at)
    talking.note(case, canary("privatenote"), private=True, by=by, at=at)
    talking.answer(case, report, canary("fromhandler"), by=by, at=at)
    reports.say(
        report, canary("fromreporter"), by=who["reporter"], at=at, author=Entry.Author.REPORTER
    )
    circle.point_out(case, canary("casepointed"), person=None, by=by, at=at)
    world.grant = circle.share(
        case,
        world.people["shared_contact"],
        bodies=[cast.BOARD],
        by=by,
        at=at,
        until=at + dt.timedelta(days=365),
    ).pk
    closing.step(case, rules_state("follow_up"), by=by, at=at, reason=canary("stepreason"))
    world.case, world.report = case.pk, report.pk
    return world


def rules_state(name):
    from varna.cases.rules import State

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
    person = {"name": canary("partnerperson"), "email": "p@example.se", "phone": ""}
    partners.name_contact(police, person, by=by, at=at)
    line = canary("touchline")
    partners.note_contact(police, on=day, way=Way.CALL, line=line, by=by, at=at)
    shared = canary("shared")
    partners.note_sharing(police, on=day, what=shared, ground=Ground.CRIME, by=by, at=at)
    details = Details(title="Samverkansmöte", starts_at=at, ends_at=at + dt.timedelta(hours=1))
    meeting = meetings.plan(details, canary("agenda"), by=by, at=at)
    notes = Notes(canary("minutes"), canary("decisions"), [police], held=True)
    meetings.write_down(meeting, notes, by=by, at=at)
    what = canary("meetingtask")
    meetings.add_task(meeting, what=what, who="Alva", due_on=day, by=by, at=at)
    asker, answerer = (cast.actor(world.people[p]) for p in ("shared_contact", "assigned"))
    row = help_asked.ask(Subject.OTHER, canary("helpquestion"), by=asker, at=at)
    help_asked.answer(row, canary("helpanswer"), by=answerer, at=at)
    place = Place("safety-process", "", function="safety-process")
    contacts.name(place, Named("Asta Granrot", phone=canary("reach")), by=by, at=at)
    world.partner, world.meeting, world.help = police.pk, meeting.row.pk, row.pk
    return world


def a_plan(world):
    """The plan is followed, and one turn of it can be spoken about."""
    by, at = system("tests"), clock.now()
    edition = plans.read_plan(text_in("vasteras-2018"), by=by, at=at)
    plans.adopt_plan(edition.pk, from_on=dt.date(2018, 6, 20), by=by, at=at)
    row = next(r for r in stand(at).rows if r.commitment.id == "records-law")
    world.edition, world.occurrence = edition.pk, key_of(row)
    return world


def a_world():
    return the_plans_work(a_plan(a_case(World(people(), token=an_invitation()))))
