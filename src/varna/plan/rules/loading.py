"""A plan's file, read strictly: either a whole plan, or every fault that it has. Pure."""

import tomllib
from collections.abc import Mapping

from varna.plan.rules.cadences import Anchored, Every
from varna.plan.rules.calendar import election_day
from varna.plan.rules.faults import LONGEST_ID, PLAN_ID, Fault, PlanRefusedError, Reader, Reason
from varna.plan.rules.reading import read_cadence
from varna.plan.rules.terms import (
    SWEDISH_MANDATE,
    UNKNOWN,
    Assignment,
    Basis,
    Commitment,
    Confirmation,
    Does,
    Elections,
    Group,
    Mandate,
    Modal,
    PlanFile,
    Role,
    Subject,
    Unit,
    Weekday,
)


FORMAT = 1
MOST_BYTES = 10 * 1024 * 1024
MOST_YEARS = 10
MOST_READINGS = 1000
LONGEST_PLAN_ID, LONGEST_VERSION, LONGEST_REFERENCE = 200, 100, 200
# What the proof of a deed cannot do without.
NEEDS: Mapping[Does, tuple[str, ...]] = {
    Does.OFFER_TRAINING: ("for",),
    Does.INVITE_PARTNERS: ("with",),
    Does.REVISE_DOCUMENT: ("what",),
    Does.ADOPT_DOCUMENT: ("what",),
    Does.MAKE_KNOWN: ("for", "what"),
    Does.KEEP_CONTACT: ("with",),
    Does.CONFIRM_EACH: ("for",),
}


def load(content: bytes) -> PlanFile:
    """Answer the plan, or raise PlanRefusedError with all that is wrong in the file."""
    faults: list[Fault] = []
    top = Reader(faults, "", _parsed(content))
    if top.has("format") and (type(top.content["format"]), top.content["format"]) != (int, FORMAT):
        top.wrong("format", Reason.WRONG_FORMAT, str(FORMAT))
    elif not top.has("format"):
        top.wrong("format", Reason.MISSING)
    mandate = _mandate(top.within("mandate")) if top.has("mandate") else SWEDISH_MANDATE
    roles = {key: _role(table, key) for key, table in _named(top, "roles")}
    groups = {}
    if top.has("groups"):
        groups = {key: _group(table, key) for key, table in _named(top, "groups")}
    _refuse_bad_parts(top, roles)
    reading = _Commitments(faults, roles, groups, mandate.elections.every_years)
    commitments = reading.read(top.items("commitments"))
    plan = _plan(top.within("plan"), mandate, roles, groups, commitments)
    top.finish()
    if faults:
        raise PlanRefusedError(faults)
    return plan


def _parsed(content: bytes) -> object:
    if len(content) > MOST_BYTES:
        raise PlanRefusedError([Fault("", "", Reason.TOO_LARGE, f"{MOST_BYTES // 1024**2} MB")])
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise PlanRefusedError([Fault("", "", Reason.NOT_UTF8, str(fault.start))]) from None
    except (ValueError, RecursionError) as fault:
        # ValueError: also a number with thousands of digits. Recursion: thousands of brackets.
        said = str(fault) if isinstance(fault, tomllib.TOMLDecodeError) else type(fault).__name__
        raise PlanRefusedError([Fault("", "", Reason.NOT_TOML, said)]) from None


def _plan(
    table: Reader,
    mandate: Mandate,
    roles: Mapping[str, Role],
    groups: Mapping[str, Group],
    commitments: tuple[Commitment, ...],
) -> PlanFile:
    plan = PlanFile(
        id=table.id("id", PLAN_ID, LONGEST_PLAN_ID),
        version=table.text("version", LONGEST_VERSION),
        title=table.words("title"),
        reference=table.text("reference", LONGEST_REFERENCE),
        adopted_on=table.day("adopted-on"),
        adopted_by=table.text("adopted-by"),
        owner=table.text("owner"),
        source_sha256=table.sha256("source-sha256"),
        mandate=mandate,
        roles=roles,
        groups=groups,
        commitments=commitments,
        reading=table.whole("reading", MOST_READINGS) if table.has("reading") else 1,
    )
    if plan.adopted_by and plan.adopted_by != UNKNOWN and plan.adopted_by not in roles:
        table.wrong("adopted-by", Reason.NO_SUCH_ROLE, plan.adopted_by)
    if plan.owner and plan.owner not in roles:
        table.wrong("owner", Reason.NO_SUCH_ROLE, plan.owner)
    table.finish()
    return plan


# ── the mandate ───────────────────────────────────────────────────────────────────────────────
def _mandate(table: Reader) -> Mandate:
    before = len(table.faults)
    said = table.within("elections")
    elections = Elections(
        month=said.whole("month", 12),
        weekday=said.choice("weekday", Weekday),
        nth=said.whole("nth", 4),  # not every month has a fifth
        every_years=said.whole("every-years", MOST_YEARS),
        known=said.day("known"),
    )
    said.finish()
    made = Mandate(
        elections, table.month_and_day("council-from"), table.month_and_day("boards-from")
    )
    table.finish()
    if len(table.faults) == before:
        if election_day(elections, elections.known.year) != elections.known:
            said.wrong("known", Reason.NOT_ELECTION_DAY, elections.known.isoformat())
        if made.council_from <= (elections.month, elections.nth * 7):
            table.wrong("council-from", Reason.COUNCIL_BEFORE_ELECTION)
    return made


# ── roles and groups ──────────────────────────────────────────────────────────────────────────
def _named(top: Reader, key: str) -> list[tuple[str, Reader]]:
    """The tables in a table, by their names, each of them an id."""
    table = top.within(key)
    for name in table.content:
        if not PLAN_ID.fullmatch(name) or "/" in name:
            table.wrong(name, Reason.NOT_ID, name)
        elif len(name) > LONGEST_ID:
            table.wrong(name, Reason.TOO_LONG, str(LONGEST_ID))
    return [
        (name, Reader(top.faults, f"{key}.{name}", content))
        for name, content in table.content.items()
    ]


def _role(table: Reader, key: str) -> Role:
    part_of = table.text("part-of") if table.has("part-of") else None
    each = table.choice("each", Unit) if table.has("each") else None
    role = Role(key, table.words("title"), part_of, each)
    table.finish()
    return role


def _refuse_bad_parts(top: Reader, roles: Mapping[str, Role]) -> None:
    """A role is part of one that is declared, and never of itself by a ring."""
    for role in roles.values():
        seen, above = {role.id}, role.part_of
        if above is not None and above not in roles:
            top.faults.append(Fault(f"roles.{role.id}", "part-of", Reason.NO_SUCH_ROLE, above))
        while above is not None and above in roles and above not in seen:
            seen.add(above)
            above = roles[above].part_of
        if above == role.id:
            top.faults.append(Fault(f"roles.{role.id}", "part-of", Reason.RING))


def _group(table: Reader, key: str) -> Group:
    group = Group(
        key,
        table.words("title"),
        table.choices("assignments", Assignment),
        table.choices("units", Unit),
        table.ids("organisations"),
    )
    kinds = ("assignments", "units", "organisations")
    if not any(kind in table.content for kind in kinds):
        table.wrong(kinds[0], Reason.EMPTY_GROUP, ", ".join(kinds))
    for kind, items in zip(
        kinds, (group.assignments, group.units, group.organisations), strict=True
    ):
        if len(set(items)) < len(items) and not table.faults:
            table.wrong(kind, Reason.TWICE)
    table.finish()
    return group


# ── commitments ───────────────────────────────────────────────────────────────────────────────
class _Commitments:
    """Reads them one by one, and then asks whether those that lean on each other can."""

    def __init__(
        self,
        faults: list[Fault],
        roles: Mapping[str, Role],
        groups: Mapping[str, Group],
        years: int,
    ) -> None:
        self.faults, self.roles, self.groups, self.years = faults, roles, groups, years
        self.numbers: dict[str, int] = {}
        self.leaning: list[tuple[Reader, str]] = []

    def read(self, items: list[object]) -> tuple[Commitment, ...]:
        made = tuple(self._one(number, item) for number, item in enumerate(items, 1))
        found = {commitment.id: commitment for commitment in made}
        for table, leans_on in self.leaning:
            other = found.get(leans_on)
            if other is None:
                table.wrong("counts-in", Reason.NO_SUCH_COMMITMENT, leans_on)
            elif not isinstance(other.cadence, Every):
                table.wrong("counts-in", Reason.NOT_EVERY, leans_on)
        return made

    def _one(self, number: int, item: object) -> Commitment:
        name = item.get("id") if isinstance(item, dict) else None
        place = f"commitments[{number}]" + (f" ({name})" if isinstance(name, str) else "")
        table = Reader(self.faults, place, item)
        id_ = table.id("id")
        if id_ in self.numbers:
            table.wrong("id", Reason.TWICE, f"{id_}: {self.numbers[id_]}, {number}")
        self.numbers.setdefault(id_, number)
        scale = table.within("cadence")
        confirms = _confirms(table) if table.content.get("does") == Does.CONFIRM_EACH else ()
        made = Commitment(
            id=id_,
            anchor=table.text("anchor"),
            title=table.words("title"),
            basis=table.choice("basis", Basis),
            by=table.text("by"),
            modal=table.choice("modal", Modal),
            does=table.choice("does", Does),
            cadence=read_cadence(scale, self.years),
            for_=self._optional(table, "for"),
            with_=self._optional(table, "with"),
            what=None if confirms or not table.has("what") else table.id("what"),
            law=self._optional(table, "law"),
            note=table.words("note") if table.has("note") else None,
            passage_sha256=table.sha256("passage-sha256"),
            subject=table.choices("subject", Subject),
            confirms=confirms,
        )
        table.finish()
        self._refuse_what_does_not_fit(table, made)
        if isinstance(made.cadence, Anchored) and made.cadence.counts_in:
            self.leaning.append((scale, made.cadence.counts_in))
        return made

    def _optional(self, table: Reader, key: str) -> str | None:
        return table.text(key) if table.has(key) else None

    def _refuse_what_does_not_fit(self, table: Reader, made: Commitment) -> None:
        if made.by and made.by not in self.roles:
            table.wrong("by", Reason.NO_SUCH_ROLE, made.by)
        if made.basis is Basis.LAW and not table.has("law"):
            table.wrong("law", Reason.LAW_MISSING)
        if made.basis is Basis.PLAN and "basis" in table.content and table.has("law"):
            table.wrong("law", Reason.LAW_WITHOUT_BASIS)
        for key in NEEDS.get(made.does, ()):
            if not table.has(key):
                table.wrong(key, Reason.MISSING)
        self._refuse_groups(table, made)

    def _refuse_groups(self, table: Reader, made: Commitment) -> None:
        for key, name in (("for", made.for_), ("with", made.with_)):
            if not name:
                continue
            group = self.groups.get(name)
            if group is None:
                table.wrong(key, Reason.NO_SUCH_GROUP, name)
            elif wanted := _lacking(key, made.does, group):
                table.wrong(key, Reason.WRONG_GROUP, f"{name}: {wanted}")


def _confirms(table: Reader) -> tuple[Confirmation, ...]:
    """Both, unless the file names some."""
    return table.choices("what", Confirmation) or tuple(Confirmation)


def _lacking(key: str, does: Does, group: Group) -> str:
    """What the group must hold for the proof to have somebody to count, or nothing."""
    if key == "with" and not group.organisations:
        return "organisations"
    of_people = {Does.OFFER_TRAINING, Does.CONFIRM_EACH}
    if key == "for" and does in of_people and not group.assignments:
        return "assignments"
    if key == "for" and does is Does.MAKE_KNOWN and not group.assignments + group.units:
        return "assignments, units"
    return ""
