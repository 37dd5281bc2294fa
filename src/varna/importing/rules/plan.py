"""What a file would change in the register: every row accounted for. Pure.

A person who is gone has the assignment ended, never deleted, and only in bodies that the file
names: a file about one board says nothing about the others. Whoever stands on a refused row has
nothing ended, for the fault may be a slip of the pen.
"""

import datetime as dt
import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from varna.importing.rules.cells import Reason, Refused, Row
from varna.importing.rules.matching import Found, People, Someone, match
from varna.importing.rules.questions import NOTHING, NOTHING_ANSWERED, Answers, Size, of_body
from varna.organisation.rules.names import fold
from varna.organisation.rules.periods import last_day
from varna.organisation.rules.roles import BodyKind, body_kind, counts_nobody, read_role


class Outcome(StrEnum):
    """What becomes of a row. Each row has exactly one."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(slots=True)
class Held:
    """An assignment in the register, or about to come into it."""

    id: uuid.UUID
    person: uuid.UUID
    body: uuid.UUID
    role_key: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    party: uuid.UUID | None
    full_time: bool
    role: str = ""
    group: str = ""
    position: str = ""

    @property
    def key(self) -> tuple[uuid.UUID, uuid.UUID, str, dt.date | None]:
        return self.person, self.body, self.role_key, self.starts_on


@dataclass(slots=True)
class Known:
    """The register as it stands."""

    people: list[Someone]
    bodies: dict[str, tuple[uuid.UUID, BodyKind]]  # by folded name
    parties: dict[str, uuid.UUID]
    assignments: list[Held]
    answers: Answers = NOTHING_ANSWERED  # what somebody has said of new bodies and of names


@dataclass(frozen=True, slots=True)
class Says:
    """Which days the file has a column for; where it has none, what is there stays."""

    starts: bool = True
    ends: bool = True


@dataclass(slots=True)
class Plan:
    """Everything that applying the file would do."""

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    people_new: list[Someone] = field(default_factory=list)
    people_changed: list[Someone] = field(default_factory=list)
    bodies_new: dict[uuid.UUID, tuple[str, BodyKind]] = field(default_factory=dict)
    parties_new: dict[uuid.UUID, str] = field(default_factory=dict)
    new: list[Held] = field(default_factory=list)
    changed: list[Held] = field(default_factory=list)
    ended: list[Held] = field(default_factory=list)
    said: set[uuid.UUID] = field(default_factory=set)  # new bodies whose kind somebody has said
    open_bodies: list[int] = field(default_factory=list)  # lines of those nobody has said it of
    open_names: list[list[int]] = field(default_factory=list)
    taken_as_one: list[list[int]] = field(default_factory=list)
    nobody: Counter[str] = field(default_factory=Counter)  # roles that count nobody, and why
    size: Size = NOTHING

    @property
    def changes_nothing(self) -> bool:
        return not (self.outcomes[Outcome.NEW] or self.outcomes[Outcome.CHANGED] or self.ended)

    def counts(self) -> dict[str, int]:
        return {
            "rows": self.rows,
            **{outcome.value: self.outcomes[outcome] for outcome in Outcome},
            "ended": len(self.ended),
            "people_new": len(self.people_new),
            "people_changed": len(self.people_changed),
            "bodies_new": len(self.bodies_new),
            "parties_new": len(self.parties_new),
            "open_bodies": len(self.open_bodies),
            **{f"nobody_{why}": count for why, count in sorted(self.nobody.items())},
        }

    def digest(self) -> str:
        """The same file against the same register has the same digest."""
        said = [
            sorted(self.counts().items()),
            sorted(str(held.id) for held in self.changed),
            sorted(str(held.id) for held in self.ended),
            sorted(str(person.id) for person in self.people_changed),
            [(refused.line, refused.reason) for refused in self.refused],
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()


Progress = Callable[[int, int], None]
EVERY = 5000


def plan(
    rows: list[Row],
    known: Known,
    *,
    day: dt.date,
    says: Says,
    token: Callable[[str], str],
    progress: Progress = lambda _done, _of: None,
) -> Plan:
    """Compare the file's rows with the register, as on this day."""
    people = People(token, uuid.uuid4, known.answers.names)
    _remind(known)
    for person in known.people:
        people.add(person)
    found = match(rows, people)
    draft = _Draft(known, day, says, found)
    draft.kinds = {
        key: known.answers.kinds.get(of_body(token, key)) for key in _new_bodies(rows, known)
    }
    for number, row in enumerate(rows, start=1):
        draft.take(row)
        if number % EVERY == 0:
            progress(number, len(rows))
    draft.end_who_is_gone(people, rows)
    made = draft.made
    made.people_new = [person for person in people.touched.values() if person.fresh]
    made.people_changed = [
        person for person in people.touched.values() if person.changed and not person.fresh
    ]
    made.open_names = _asked(rows, made)
    made.taken_as_one = found.taken_as_one
    made.size = Size(
        len(known.people), len(people.touched), len(made.people_new),
        len(known.bodies), len(draft.named_bodies - set(made.bodies_new)),
    )  # fmt: skip
    progress(len(rows), len(rows))
    return made


def _remind(known: Known) -> None:
    """Which parties and posts everybody has: what tells people of one name apart."""
    people = {person.id: person for person in known.people}
    bodies = {pk: key for key, (pk, _kind) in known.bodies.items()}
    parties = {pk: key for key, pk in known.parties.items()}
    for held in known.assignments:
        person = people[held.person]
        person.posts.add((bodies[held.body], held.role_key))
        if held.party:
            person.parties.add(parties[held.party])


def _new_bodies(rows: Iterable[Row], known: Known) -> set[str]:
    return {row.body_key for row in rows if row.body} - set(known.bodies)


def _asked(rows: Iterable[Row], made: Plan) -> list[list[int]]:
    """The lines of each name that somebody must be asked about."""
    lines = {row.line for row in made.refused if row.reason is Reason.NAMESAKE}
    names: dict[str, list[int]] = {}
    for row in rows:
        if row.line in lines:
            names.setdefault(row.name_key, []).append(row.line)
    return list(names.values())


class _Draft:
    """A plan while it is being made."""

    def __init__(
        self,
        known: Known,
        day: dt.date,
        says: Says,
        found: Found,
    ) -> None:
        self.made = Plan()
        self.day = day
        self.says = says
        self.found = found
        self.known = known
        self.bodies = dict(known.bodies)
        self.parties = dict(known.parties)
        self.held = {held.key: held for held in known.assignments}
        self.loose: dict[tuple[uuid.UUID, uuid.UUID, str], Held] = {}
        if not says.starts:
            for held in sorted(known.assignments, key=_still_here):
                self.loose[held.key[:3]] = held
        self.seen: set[uuid.UUID] = set()
        self.alone: set[uuid.UUID] = set()
        self.named_bodies: set[uuid.UUID] = set()
        self.kinds: dict[str, BodyKind | None] = {}  # what somebody has said of new bodies

    # ── a row ─────────────────────────────────────────────────────────────────────────────────
    def take(self, row: Row) -> None:
        self.made.rows += 1
        refused = row.refused
        if refused is None and (reason := self.found.refused.get(row.line)):
            refused = Refused(row.line, reason)
        if refused is None:
            outcome = self._assignment(row) if row.body else self._person_only(row)
        else:
            outcome = self._refuse(refused)
        self.made.outcomes[outcome] += 1

    def _refuse(self, refused: Refused) -> Outcome:
        self.made.refused.append(refused)
        return Outcome.REFUSED

    def _about_person(self, row: Row) -> Outcome:
        person = self.found.person[row.line]
        if self.found.made_on.get(person.id) == row.line:
            return Outcome.NEW
        if self.found.changed_on.get(person.id) == row.line and not person.fresh:
            return Outcome.CHANGED
        return Outcome.UNCHANGED

    def _person_only(self, row: Row) -> Outcome:
        person = self.found.person[row.line]
        outcome = self._about_person(row)
        if outcome is Outcome.UNCHANGED and person.id in self.alone:
            return Outcome.DUPLICATE
        self.alone.add(person.id)
        return outcome

    def _assignment(self, row: Row) -> Outcome:
        person = self.found.person[row.line]
        body, kind = self._body(row)
        wanted = self._wanted(row, person, body, kind)
        held = self._held(wanted)
        if held is None:
            self._keep_new(wanted)
            return Outcome.NEW
        self._leave_unsaid(held, wanted, row)
        differs = _differs(held, wanted)
        about = self._about_person(row)
        if held.id in self.seen:
            if differs:
                return self._refuse(Refused(row.line, Reason.CONTRADICTS))
            return Outcome.DUPLICATE if about is Outcome.UNCHANGED else about
        self.seen.add(held.id)
        if not differs:
            return about
        held.ends_on, held.party = wanted.ends_on, wanted.party
        held.full_time = wanted.full_time
        self.made.changed.append(held)
        return Outcome.CHANGED

    def _keep_new(self, wanted: Held) -> None:
        self.seen.add(wanted.id)
        self.held[wanted.key] = wanted
        if not self.says.starts:
            self.loose[wanted.key[:3]] = wanted
        self.made.new.append(wanted)

    def _leave_unsaid(self, held: Held, wanted: Held, row: Row) -> None:
        """What the file has no column for stays as it is."""
        if row.party is None:
            wanted.party = held.party
        if row.full_time is None:
            wanted.full_time = held.full_time
        if not self.says.ends and (held.ends_on is None or held.ends_on > self.day):
            wanted.ends_on = held.ends_on

    def _held(self, wanted: Held) -> Held | None:
        if self.says.starts:
            return self.held.get(wanted.key)
        return self.loose.get(wanted.key[:3])

    def _wanted(self, row: Row, person: Someone, body: uuid.UUID, kind: BodyKind) -> Held:
        role = read_role(row.role, kind)
        if why := counts_nobody(row.role, kind):
            self.made.nobody[why.value] += 1
        return Held(
            id=uuid.uuid4(),
            person=person.id,
            body=body,
            role_key=row.role_key,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            party=self._party(row),
            full_time=role.full_time if row.full_time is None else row.full_time,
            role=row.role,
            group=role.group or "",
            position=role.position or "",
        )

    def _body(self, row: Row) -> tuple[uuid.UUID, BodyKind]:
        key = row.body_key
        if key not in self.bodies:
            said = self.kinds[key]
            self.bodies[key] = (uuid.uuid4(), said or body_kind(row.body))
            self.made.bodies_new[self.bodies[key][0]] = (row.body, self.bodies[key][1])
            if said:
                self.made.said.add(self.bodies[key][0])
            else:
                self.made.open_bodies.append(row.line)
        self.named_bodies.add(self.bodies[key][0])
        return self.bodies[key]

    def _party(self, row: Row) -> uuid.UUID | None:
        if not row.party:
            return None
        key = fold(row.party)
        if key not in self.parties:
            self.parties[key] = uuid.uuid4()
            self.made.parties_new[self.parties[key]] = row.party
        return self.parties[key]

    # ── who is gone ───────────────────────────────────────────────────────────────────────────
    def end_who_is_gone(self, people: People, rows: Iterable[Row]) -> None:
        spared, spared_bodies = self._spared(people, rows)
        for held in self.known.assignments:
            if (
                held.id in self.seen
                or held.body not in self.named_bodies
                or held.body in spared_bodies
                or held.person in spared
                or not self._can_end(held)
            ):
                continue
            held.ends_on = last_day(held.starts_on, self.day)
            self.made.ended.append(held)

    def _can_end(self, held: Held) -> bool:
        if held.ends_on is None:
            return True
        never = held.starts_on is not None and held.ends_on < held.starts_on
        return held.ends_on > self.day and not never

    def _spared(self, people: People, rows: Iterable[Row]) -> tuple[set[uuid.UUID], set[uuid.UUID]]:
        """People, and whole bodies where a row does not even say whom it means."""
        spared: set[uuid.UUID] = set()
        bodies: set[uuid.UUID] = set()
        refused = {row.line for row in self.made.refused}
        for row in rows:
            if row.line not in refused:
                continue
            meant = list(people.by_name.get(row.name_key, []))
            if row.external and row.external in people.by_external:
                meant.append(people.by_external[row.external])
            if row.email:
                meant += people.by_email.get(people.token(row.email), [])
            spared |= {person.id for person in meant}
            if not meant and row.body_key in self.bodies:
                bodies.add(self.bodies[row.body_key][0])
        return spared, bodies


def _differs(held: Held, wanted: Held) -> bool:
    return (held.ends_on, held.party, held.full_time) != (
        wanted.ends_on,
        wanted.party,
        wanted.full_time,
    )


def _still_here(held: Held) -> tuple[bool, dt.date]:
    """Sorts what has been taken back or ended first, so that what is in force is found."""
    return held.ends_on is None, held.ends_on or dt.date.min
