"""The demonstration's documents: a plan in force, a guideline replaced once, a revision begun."""

import datetime as dt

from varna.documents import queries
from varna.documents.actions import known
from varna.documents.actions import writing as actions
from varna.documents.actions.writing import Decision
from varna.documents.models import Acknowledgement, Document, Version
from varna.foundation import clock
from varna.foundation.accounts.rules import Actor
from varna.foundation.outbox.models import Mail
from varna.invitations.models import Invitation
from varna.organisation.rules.roles import Group


ASKED = (Group.ELECTED, Group.DEPUTY, Group.POLITICAL_SECRETARY, Group.BOARD_SECRETARY)
PERSON, UNIT = Acknowledgement.Kind.PERSON, Acknowledgement.Kind.UNIT

PLAN = """# Varför vi har en plan

Ingen ska behöva tystna för att någon hotar. Planen säger vad kommunen gör före, under och efter.

# Vad vi gör

1. Alla med uppdrag erbjuds utbildning varje halvår.
2. Den som har utsatts får en egen handläggare inom en arbetsdag.
3. Vi träffar polisen och partierna minst en gång om året.

# Vem som ansvarar

| Vem | Ansvarar för |
| --- | --- |
| Stadsledningskontoret | planen, utbildningen och uppföljningen |
| Förvaltningarna | en namngiven kontakt för sin nämnd |
| Kommunstyrelsen | att planen följs |

# Efter valet

Planen ses över **senast året före** varje val.
"""
GUIDELINE = """# När något har hänt

- Är det bråttom: ring **112**.
- Spara det som har kommit. Svara inte.
- Berätta i Värna eller ring oss. Du behöver inte bedöma hur allvarligt det är.

# Vad vi gör då

Vi läser samma dag, bedömer läget tillsammans och frågar vad du behöver. Du bestämmer själv vem i
partiet som får veta.
"""
COMPANIES = "\n# Bolagen\n\nRiktlinjen gäller också styrelserna i kommunens bolag.\n"


def fill(*, by: Actor, at: dt.datetime) -> None:
    """The documents, once."""
    if Document.unscoped.exists():
        return
    plan = actions.open_document(
        code="plan", title="Handlingsplan mot otillåten påverkan", by=by, at=at
    )
    guideline = actions.open_document(
        code="guideline", title="Riktlinje vid hot och trakasserier", by=by, at=at
    )
    _adopted(plan, PLAN, 630, "KS § 112", by=by, at=at)
    _adopted(guideline, GUIDELINE, 700, "KS § 48", by=by, at=at)
    held = _adopted(guideline, GUIDELINE + COMPANIES, 150, "KS § 87", by=by, at=at)
    _known(held, by=by, at=at - dt.timedelta(days=120))
    revision = actions.draft(plan, number="Översyn", by=by, at=at)
    until = clock.day_of(at) + dt.timedelta(days=30)
    actions.send(revision.pk, to="Nämnderna, bolagen och partierna", until=until, by=by, at=at)


def _adopted(
    document: Document, text: str, days_ago: int, decision: str, *, by: Actor, at: dt.datetime
) -> Version:
    moment = at - dt.timedelta(days=days_ago)
    day = clock.day_of(moment)
    made = actions.draft(document, number=f"{day:%Y-%m}", text=text, by=by, at=moment)
    decided = Decision(
        adopted_on=day,
        adopted_by="safety-process" if document.code == "guideline" else "executive-board",
        in_force_on=day + dt.timedelta(days=14),
        decision=decision,
        reference=f"KS {day:%Y}/00214",
    )
    return actions.adopt(made.pk, decided, by=by, at=moment)


def _known(version: Version, *, by: Actor, at: dt.datetime) -> None:
    """Everybody asked four months ago; most have read, and most bodies have it in their minutes."""
    asking = known.make_known(version, groups=ASKED, bodies=True, by=by, at=at)
    mails = Invitation.unscoped.filter(occasion=asking.pk).exclude(mail=None)
    Mail.unscoped.filter(pk__in=mails.values("mail")).update(sent_at=at, payload=None)
    day = clock.day_of(at) + dt.timedelta(days=7)
    people = sorted(queries.people_asked(asking, clock.day_of(at)))
    units = queries.bodies(clock.day_of(at))
    read = [Acknowledgement(kind=PERSON, who=one) for n, one in enumerate(people) if n % 8]
    read += [
        Acknowledgement(kind=UNIT, who=one.id, minutes=f"§ {10 + n}")
        for n, one in enumerate(units)
        if n % 7 != 6
    ]
    for row in read:
        row.version, row.on, row.noted_by = version, day, by.reference
    Acknowledgement.unscoped.bulk_create(read, batch_size=500)
