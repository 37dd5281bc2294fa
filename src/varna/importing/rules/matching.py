"""Which person in the register does a row mean? Pure.

By the source's own id if the file has one, else by e-mail address, else by name. Nobody is merged
on a name that two people have, and a name is a match only where party and body do not contradict:
otherwise somebody is asked. Addresses come here as keyed tokens, never in clear.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from varna.importing.rules.cells import Reason, Row
from varna.importing.rules.questions import Namesakes, of_name
from varna.organisation.rules.roles import Group, read_role


@dataclass(slots=True, eq=False)
class Someone:
    """A person in the register, or about to come into it."""

    id: uuid.UUID
    external: str = ""
    given: str = ""
    family: str = ""
    name_key: str = ""
    email_token: str = ""
    phone_token: str = ""
    protected: bool = False
    fresh: bool = False
    changed: bool = False
    email: str = ""  # only what a file has said just now
    phone: str = ""
    said: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)  # folded
    posts: set[tuple[str, str]] = field(default_factory=set)  # body and role, folded

    def contradicts(self, row: Row) -> bool:
        return bool(row.party_key and self.parties and row.party_key not in self.parties)

    def agrees(self, row: Row) -> bool:
        return bool(row.party_key) and row.party_key in self.parties

    def sits(self, row: Row) -> bool:
        return (row.body_key, row.role_key) in self.posts


@dataclass(slots=True)
class People:
    """Everybody there is, found by id, by address and by name."""

    token: Callable[[str], str]
    new_id: Callable[[], uuid.UUID]
    names: Mapping[str, Namesakes] = field(default_factory=dict)
    by_external: dict[str, Someone] = field(default_factory=dict)
    by_email: dict[str, list[Someone]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Someone]] = field(default_factory=lambda: defaultdict(list))
    touched: dict[uuid.UUID, Someone] = field(default_factory=dict)

    def add(self, person: Someone) -> Someone:
        if person.external:
            self.by_external[person.external] = person
        if person.email_token:
            self.by_email[person.email_token].append(person)
        self.by_name[person.name_key].append(person)
        return person

    # ── what a row says about the person it means ─────────────────────────────────────────────
    def take_in(self, person: Someone, row: Row) -> None:
        """What the file says first about each thing counts; a blank field takes nothing away, and
        protection is given by a file but never taken.
        """
        self.touched[person.id] = person
        if row.external or row.email:  # what a name alone says is no evidence for the next name
            self._take_evidence(person, row)
        if row.external and not person.external:
            person.external, person.changed = row.external, True
            self.by_external[row.external] = person
        if "name" not in person.said:
            self._take_name(person, row)
        if row.email and "email" not in person.said:
            self._take_email(person, row.email)
        elif row.email and person not in self.by_email[self.token(row.email)]:
            # Another address of the same person: found by it too, though only one is kept.
            self.by_email[self.token(row.email)].append(person)
        if row.phone and "phone" not in person.said:
            self._take_phone(person, row.phone)
        if row.protected and not person.protected:
            person.protected = person.changed = True

    def _take_evidence(self, person: Someone, row: Row) -> None:
        person.posts.add((row.body_key, row.role_key))
        if row.party_key:
            person.parties.add(row.party_key)

    def _take_name(self, person: Someone, row: Row) -> None:
        person.said.add("name")
        if person.name_key == row.name_key:
            return
        self.by_name[person.name_key].remove(person)
        person.given, person.family, person.name_key = row.given, row.family, row.name_key
        self.by_name[person.name_key].append(person)
        person.changed = True

    def _take_email(self, person: Someone, email: str) -> None:
        person.said.add("email")
        token = self.token(email)
        if token == person.email_token:
            return
        if person.email_token:
            self.by_email[person.email_token].remove(person)
        person.email, person.email_token, person.changed = email, token, True
        self.by_email[token].append(person)

    def _take_phone(self, person: Someone, phone: str) -> None:
        person.said.add("phone")
        token = self.token(phone)
        if token != person.phone_token:
            person.phone, person.phone_token, person.changed = phone, token, True

    def make(self, row: Row) -> Someone:
        return self.add(
            Someone(
                id=self.new_id(),
                external=row.external,
                given=row.given,
                family=row.family,
                name_key=row.name_key,
                fresh=True,
                parties={row.party_key} if row.party_key else set(),
            )
        )

    def answer(self, row: Row) -> Namesakes | None:
        """What somebody has said of this name."""
        return self.names.get(of_name(self.token, row.name_key)) if self.names else None


@dataclass(slots=True)
class Found:
    """The person each line means, and the lines that mean nobody in particular."""

    person: dict[int, Someone] = field(default_factory=dict)
    refused: dict[int, Reason] = field(default_factory=dict)
    made_on: dict[uuid.UUID, int] = field(default_factory=dict)
    changed_on: dict[uuid.UUID, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def taken_as_one(self) -> list[list[int]]:
        """Lines that were taken as one person by the name alone."""
        return [lines for lines in self.by_name.values() if len(lines) > 1]


@dataclass(frozen=True, slots=True)
class Alike:
    """What the file says of one name, on all its lines together."""

    strong: frozenset[str] = frozenset()  # ids and addresses
    parties: frozenset[str] = frozenset()  # of the lines that have neither
    double: frozenset[str] = frozenset()  # parties of whom one is member and deputy of one body

    @property
    def is_alone(self) -> bool:
        return len(self.strong) <= 1

    @property
    def differs(self) -> bool:
        return len(self.parties) > 1 or bool(self.double)


def _alike(rows: list[Row]) -> dict[str, Alike]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.name_key].append(row)
    return {name: _of_one_name(some) for name, some in found.items()}


def _of_one_name(rows: list[Row]) -> Alike:
    weak = [row for row in rows if not row.external and not row.email]
    return Alike(
        frozenset(row.external or row.email for row in rows if row.external or row.email),
        frozenset(row.party_key for row in weak if row.party_key),
        frozenset(row.party_key for row in weak if _is_double(row, weak)),
    )


def _is_double(row: Row, others: list[Row]) -> bool:
    """Nobody is a member and a deputy of the same body at the same time."""
    if _side(row) is not Group.DEPUTY:
        return False
    return any(
        _side(other) is Group.ELECTED
        and (other.body_key, other.party_key) == (row.body_key, row.party_key)
        and _at_once(row, other)
        for other in others
    )


def _side(row: Row) -> Group | None:
    return read_role(row.role).group


def _at_once(one: Row, other: Row) -> bool:
    first, last = dt.date.min, dt.date.max
    return (one.starts_on or first) <= (other.ends_on or last) and (other.starts_on or first) <= (
        one.ends_on or last
    )


def match(rows: Iterable[Row], people: People) -> Found:
    """Find or make the person of every row: first those with an id, then those with an address,
    then those with a name only, so that the order of the lines decides nothing.
    """
    rows = [row for row in rows if row.refused is None]
    found = Found()
    clashing = _clashes(rows)
    alike = _alike(rows)
    for wanted in (_by_external, _by_email, _by_name):
        for row in rows:
            if wanted is not _way(row):
                continue
            reason = _clash(row, clashing)
            person = None
            if reason is None:
                person, reason = wanted(row, people, alike[row.name_key])
            if reason is not None:
                found.refused[row.line] = reason
                continue
            if wanted is _by_name and not (person and person.sits(row)):
                found.by_name[row.name_key].append(row.line)
            _settle(row, person, people, found)
    return found


def _settle(row: Row, person: Someone | None, people: People, found: Found) -> None:
    if person is None:
        person = people.make(row)
        found.made_on[person.id] = row.line
    was = person.changed
    people.take_in(person, row)
    if person.changed and not was:
        found.changed_on[person.id] = row.line
    found.person[row.line] = person


Answer = tuple[Someone | None, Reason | None]


def _way(row: Row) -> Callable[..., Answer]:
    if row.external:
        return _by_external
    return _by_email if row.email else _by_name


def _clashes(rows: list[Row]) -> dict[str, Reason]:
    """One id that stands beside different names, or one address: then a row that has no id beside
    the address cannot be trusted to mean either of them.
    """
    by_id: dict[str, set[str]] = defaultdict(set)
    by_email: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_id[row.external].add(row.name_key)
        by_email[row.email].add(row.name_key)
    found = {f"id {key}": Reason.SHARED_ID for key, names in by_id.items() if len(names) > 1}
    return found | {
        f"at {key}": Reason.SHARED_EMAIL for key, names in by_email.items() if len(names) > 1
    }


def _clash(row: Row, clashing: dict[str, Reason]) -> Reason | None:
    if row.external:
        return clashing.get(f"id {row.external}")
    return clashing.get(f"at {row.email}") if row.email else None


def _by_external(row: Row, people: People, alike: Alike) -> Answer:
    known = people.by_external.get(row.external)
    if known is not None:
        return known, None
    same = [
        person
        for person in (people.by_email.get(people.token(row.email), []) if row.email else [])
        if not person.external and person.name_key == row.name_key
    ]
    if len(same) == 1:
        return same[0], None
    return _claim(row, people, alike)


def _by_email(row: Row, people: People, alike: Alike) -> Answer:
    same = people.by_email.get(people.token(row.email), [])
    if len(same) > 1:
        same = [person for person in same if person.name_key == row.name_key]
        if len(same) != 1:
            return None, Reason.AMBIGUOUS_EMAIL
    if same:
        return same[0], None
    return _claim(row, people, alike)


def _claim(row: Row, people: People, alike: Alike) -> Answer:
    """Somebody known by name only is who the file now gives an id or an address to, when the file
    and the register each know one person only by that name.
    """
    same = people.by_name.get(row.name_key, [])
    if not alike.is_alone or len(same) != 1:
        return None, None
    person = same[0]
    if person.external or (person.email_token and row.email):
        return None, None
    if person.contradicts(row):
        said = people.answer(row)
        return (person if said is Namesakes.ONE else None), (None if said else Reason.NAMESAKE)
    return person, None


def _by_name(row: Row, people: People, alike: Alike) -> Answer:
    same = people.by_name.get(row.name_key, [])
    fits = [person for person in same if not person.contradicts(row)]
    sure = [person for person in fits if person.sits(row)]
    if not sure and row.party_key not in alike.double:
        sure = [person for person in fits if person.agrees(row)]
    if len(sure) == 1:
        return sure[0], None
    if len(fits) == len(same) and not alike.differs:
        return _one_of(same)
    if len(same) > 1 and people.answer(row) is not Namesakes.SEVERAL:
        return None, Reason.AMBIGUOUS_NAME if fits else Reason.NAMESAKE
    return _as_answered(row, people, same, alike)


def _one_of(same: list[Someone]) -> Answer:
    if len(same) > 1:
        return None, Reason.AMBIGUOUS_NAME
    return (same[0] if same else None), None


def _as_answered(row: Row, people: People, same: list[Someone], alike: Alike) -> Answer:
    """Party or body contradicts: somebody is asked, and until then nobody is meant."""
    said = people.answer(row)
    if said is None:
        return None, Reason.NAMESAKE
    if said is Namesakes.ONE:
        return _one_of(same)
    if not row.party_key or row.party_key in alike.double:
        return None, Reason.AMBIGUOUS_NAME
    agreeing = [person for person in same if person.agrees(row)]
    return _one_of(agreeing)
