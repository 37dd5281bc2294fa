"""What can be asked of documents: by those who read them, and by the plan for its evidence."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from varna.documents.models import (
    Acknowledgement,
    AdviceCheck,
    Asking,
    Document,
    Version,
    notes,
)
from varna.documents.rules import versions as rules
from varna.documents.rules.versions import Standing, State
from varna.documents.words import STANDING
from varna.foundation.accounts.rules import Actor
from varna.invitations import queries as invitations
from varna.invitations.rules import Standing as Invited
from varna.organisation import queries as organisation
from varna.organisation.models import GROUP_LABELS
from varna.organisation.rules.roles import Group


@dataclass(frozen=True, slots=True)
class Adoption:
    """An adopted version, as the plan's evidence wants it."""

    reference: str
    version_id: uuid.UUID
    document: str
    version: str
    adopted_on: dt.date
    adopted_by: str  # a role's id, or words
    decision: str  # as written; may be empty
    in_force_on: dt.date
    replaced_on: dt.date | None
    differs: bool = True  # its text, from the version before
    sha256: str = ""  # of its file


@dataclass(frozen=True, slots=True)
class Acknowledged:
    version_id: uuid.UUID
    who: uuid.UUID
    kind: str  # person | unit
    on: dt.date


def adoptions() -> list[Adoption]:
    """Every adopted version, in the order in which they came into force."""
    rows = list(
        Version.unscoped.filter(state=State.ADOPTED)
        .select_related("document")
        .without_file()
        .order_by("in_force_on", "document__code")
    )
    days = in_force_days()
    same = _same_as_before(rows)
    return [
        Adoption(
            reference=f"version:{row.pk}",
            version_id=row.pk,
            document=row.document.code,
            version=row.number,
            adopted_on=row.adopted_on,
            adopted_by=row.adopted_by,
            decision=", ".join(filter(None, (row.decision, row.reference))),
            in_force_on=row.in_force_on,
            replaced_on=rules.replaced_on(row.in_force_on, days[row.document_id]),
            differs=row.pk not in same,
            sha256=row.sha256,
        )
        for row in rows
        if row.adopted_on and row.in_force_on
    ]


def adopted_text(version: uuid.UUID) -> str:
    """The words of an adopted version; empty where only its file is kept, or there is none."""
    adopted = Version.unscoped.filter(state=State.ADOPTED, pk=version)
    return adopted.values_list("text", flat=True).first() or ""


def _same_as_before(rows: list[Version]) -> set[uuid.UUID]:
    """Adopted again in the same words, but for the spaces between them."""
    same, before = set(), dict[uuid.UUID, tuple[list[str], str]]()
    for row in rows:
        said = (row.text.split(), "" if row.text else row.sha256)
        if before.get(row.document_id) == said:
            same.add(row.pk)
        before[row.document_id] = said
    return same


def asked() -> list[Acknowledged]:
    """Whom each version has been sent to, or given by hand, and when."""
    versions = dict(Asking.unscoped.values_list("pk", "version"))
    return [
        Acknowledged(versions[occasion], who, "", on)
        for occasion, sent in invitations.sent_days(versions).items()
        for who, on in sent.items()
    ]


def acknowledgements() -> list[Acknowledged]:
    rows = Acknowledgement.unscoped.values_list("version", "who", "kind", "on")
    return [Acknowledged(*row) for row in rows]


def in_force_days() -> dict[uuid.UUID, list[dt.date]]:
    """The days on which each document's adopted versions come into force."""
    found: dict[uuid.UUID, list[dt.date]] = defaultdict(list)
    adopted = Version.unscoped.filter(state=State.ADOPTED)
    for document, day in adopted.values_list("document", "in_force_on"):
        if day:
            found[document].append(day)
    return found


# ── for the pages ─────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Line:
    """A version as a list shows it."""

    version: Version
    standing: Standing
    replaced_on: dt.date | None

    @property
    def said(self) -> str:
        return str(STANDING[self.standing])


@dataclass(frozen=True, slots=True)
class Shelf:
    """A document with the versions that its reader may see, the latest first."""

    document: Document
    lines: list[Line]

    @property
    def in_force(self) -> Line | None:
        return next((one for one in self.lines if one.standing is Standing.IN_FORCE), None)

    @property
    def others(self) -> list[Line]:
        """Drafts, and what is adopted and waits for its day."""
        coming = {Standing.DRAFT, Standing.SENT, Standing.COMING}
        return [one for one in self.lines if one.standing in coming]


def shelves(actor: Actor, day: dt.date) -> list[Shelf]:
    lines: dict[uuid.UUID, list[Line]] = defaultdict(list)
    days = in_force_days()
    for row in Version.visible_to(actor).without_file():
        lines[row.document_id].append(_line(row, days[row.document_id], day))
    return [
        Shelf(document, sorted(lines[document.pk], key=_latest_first))
        for document in Document.unscoped.all()
    ]


def shelf(actor: Actor, document: uuid.UUID, day: dt.date) -> Shelf | None:
    return next((one for one in shelves(actor, day) if one.document.pk == document), None)


def find_version(actor: Actor, version: uuid.UUID) -> Version | None:
    return Version.visible_to(actor).filter(pk=version).select_related("document").first()


def line_of(version: Version, day: dt.date) -> Line:
    return _line(version, in_force_days()[version.document_id], day)


def in_force(code: str, day: dt.date) -> Version | None:
    """The version of a document that is in force on a day."""
    adopted = Version.unscoped.filter(
        document__code=code, state=State.ADOPTED, in_force_on__lte=day
    )
    return adopted.select_related("document").without_file().order_by("-in_force_on").first()


def _line(row: Version, days: list[dt.date], day: dt.date) -> Line:
    replaced = rules.replaced_on(row.in_force_on, days) if row.in_force_on else None
    return Line(row, row.standing(replaced, day), replaced)


def _latest_first(line: Line) -> tuple[int, float]:
    """Drafts first, then by the day in force; a draft has none."""
    day = line.version.in_force_on or dt.date.max
    return -day.toordinal(), -line.version.made_at.timestamp()


def advice_confirmed(name: str) -> dt.date | None:
    """When a piece of advice was last found to be right, by somebody here."""
    days = AdviceCheck.unscoped.filter(name=name).order_by("-on")
    return days.values_list("on", flat=True).first()


# ── made known ────────────────────────────────────────────────────────────────────────────────
# A party group says it in its own minutes; the plan of Västerås is for them too.
BODY_KINDS = ("council", "executive", "board", "administration", "company", "party-group")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group, or of the bodies, have taken part of a version."""

    name: str
    done: int
    of: int

    @property
    def percent(self) -> int:
        """Rounded down: a hundred means everybody."""
        return self.done * 100 // self.of if self.of else 0


def asking_of(version: uuid.UUID) -> Asking | None:
    return Asking.unscoped.filter(version=version).select_related("version__document").first()


def asking_behind(occasion: uuid.UUID) -> Asking | None:
    return Asking.unscoped.filter(pk=occasion).select_related("version__document").first()


def askings(day: dt.date) -> list[Asking]:
    """Those whose version is in force: what has been replaced is asked for no more."""
    found = Asking.unscoped.select_related("version__document")
    days = in_force_days()
    return [
        asking
        for asking in found
        if _line(asking.version, days[asking.version.document_id], day).standing
        is Standing.IN_FORCE
    ]


def people_asked(asking: Asking, day: dt.date) -> set[uuid.UUID]:
    """Everybody in office in one of its groups on the day."""
    groups = [Group(code) for code in asking.groups]
    return organisation.people_in_office(day, *groups) if groups else set()


def bodies(day: dt.date) -> list[organisation.UnitLife]:
    return [
        unit
        for unit in organisation.units()
        if unit.kind in BODY_KINDS and (unit.until is None or unit.until >= day)
    ]


def who_has(version: uuid.UUID, kind: str) -> dict[uuid.UUID, Acknowledgement]:
    rows = Acknowledgement.unscoped.filter(version=version, kind=kind)
    return {row.who: row for row in rows}


def coverage(asking: Asking, day: dt.date) -> list[Share]:
    """By group, of those in office on the day; somebody in two groups counts in both."""
    known = set(who_has(asking.version_id, Acknowledgement.Kind.PERSON))
    found = []
    for code in asking.groups:
        people = organisation.people_in_office(day, Group(code))
        found.append(Share(str(GROUP_LABELS[Group(code)]), len(people & known), len(people)))
    if asking.bodies:
        units = {unit.id for unit in bodies(day)}
        minutes = set(who_has(asking.version_id, Acknowledgement.Kind.UNIT))
        found.append(Share(_("bodies"), len(units & minutes), len(units)))
    return found


def body_rows(
    actor: Actor, version: uuid.UUID, day: dt.date, *, at: dt.datetime
) -> list[tuple[organisation.UnitLife, Acknowledgement | None]]:
    """Each body with what its minutes say; an administration's contact sees the own."""
    rows = who_has(version, Acknowledgement.Kind.UNIT)
    units = bodies(day)
    if not notes(actor):
        own = organisation.own_units(actor, at=at)
        units = [unit for unit in units if unit.id in own]
    return sorted(
        ((unit, rows.get(unit.id)) for unit in units), key=lambda pair: pair[1] is not None
    )


def by_hand(
    actor: Actor, asking: Asking, *, at: dt.datetime
) -> list[tuple[uuid.UUID, uuid.UUID, str]]:
    """Invitations that nobody could be sent: (invitation, person, name or mask)."""
    lines = invitations.lines(actor, asking.pk, at=at)
    waiting = {Invited.TO_GIVE, Invited.NOT_SENT}
    rows = [line.invitation for line in lines if line.standing in waiting]
    names = organisation.names_for(actor, [row.invitee for row in rows], at=at)
    return sorted(
        ((row.pk, row.invitee, names[row.invitee]) for row in rows), key=lambda row: row[2]
    )
