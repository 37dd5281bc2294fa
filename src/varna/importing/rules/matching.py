"""Which person in the register does a row mean? Pure.

By the source's own id if the file has one, else by e-mail address, else by name. Nobody is merged
on a name that two people have. Addresses come here as keyed tokens, never in clear.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from varna.importing.rules.cells import Reason, Row


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


@dataclass(slots=True)
class People:
    """Everybody there is, found by id, by address and by name."""

    token: Callable[[str], str]
    new_id: Callable[[], uuid.UUID]
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
            )
        )


@dataclass(slots=True)
class Found:
    """The person each line means, and the lines that mean nobody in particular."""

    person: dict[int, Someone] = field(default_factory=dict)
    refused: dict[int, Reason] = field(default_factory=dict)
    made_on: dict[uuid.UUID, int] = field(default_factory=dict)
    changed_on: dict[uuid.UUID, int] = field(default_factory=dict)


def match(rows: Iterable[Row], people: People) -> Found:
    """Find or make the person of every row: first those with an id, then those with an address,
    then those with a name only, so that the order of the lines decides nothing.
    """
    rows = [row for row in rows if row.refused is None]
    found = Found()
    clashing = _clashes(rows)
    strong: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.external or row.email:
            strong[row.name_key].add(row.external or row.email)
    for wanted in (_by_external, _by_email, _by_name):
        for row in rows:
            if wanted is not _way(row):
                continue
            reason = _clash(row, clashing)
            person = None
            if reason is None:
                person, reason = wanted(row, people, alone=len(strong[row.name_key]) <= 1)
            if reason is not None:
                found.refused[row.line] = reason
                continue
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


def _by_external(row: Row, people: People, *, alone: bool) -> Answer:
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
    return _claim(row, people, alone=alone), None


def _by_email(row: Row, people: People, *, alone: bool) -> Answer:
    same = people.by_email.get(people.token(row.email), [])
    if len(same) > 1:
        same = [person for person in same if person.name_key == row.name_key]
        if len(same) != 1:
            return None, Reason.AMBIGUOUS_EMAIL
    if same:
        return same[0], None
    return _claim(row, people, alone=alone), None


def _claim(row: Row, people: People, *, alone: bool) -> Someone | None:
    """Somebody known by name only is who the file now gives an id or an address to, when the file
    and the register each know one person only by that name.
    """
    same = people.by_name.get(row.name_key, [])
    if not alone or len(same) != 1:
        return None
    person = same[0]
    if person.external or (person.email_token and row.email):
        return None
    return person


def _by_name(row: Row, people: People, *, alone: bool) -> Answer:  # noqa: ARG001 (one shape)
    same = people.by_name.get(row.name_key, [])
    if len(same) > 1:
        return None, Reason.AMBIGUOUS_NAME
    return (same[0] if same else None), None
