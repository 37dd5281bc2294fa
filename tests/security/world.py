"""A small municipality in which every confidential field holds a word that is nowhere else."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

import cast
from varna.cases.actions import circle, closing, intake, judging, supporting, talking
from varna.cases.rules import Level, MeasureClass
from varna.compliance.pages.commitment import key_of
from varna.compliance.queries import stand
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
        until=at.replace(year=at.year + 1),
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


def a_plan(world):
    """The plan is followed, and one turn of it can be spoken about."""
    by, at = system("tests"), clock.now()
    edition = plans.read_plan(text_in("vasteras-2018"), by=by, at=at)
    plans.adopt_plan(edition.pk, from_on=dt.date(2018, 6, 20), by=by, at=at)
    row = next(r for r in stand(at).rows if r.commitment.id == "records-law")
    world.edition, world.occurrence = edition.pk, key_of(row)
    return world


def a_world():
    return a_plan(a_case(World(people(), token=an_invitation())))
