"""What a new version changes, and which version each occurrence fell due under. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from varna.plan.rules.calendar import (
    NotAnElectionError,
    Occurrence,
    Period,
    election_of,
    occurrences,
    period_after,
)
from varna.plan.rules.terms import Commitment, PlanFile


class Fate(StrEnum):
    """What becomes of a commitment when a version is replaced."""

    KEPT = "kept"
    CHANGED = "changed"
    NEW = "new"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """One commitment's fate; `keys` says what differs, as the file names it."""

    commitment: str
    fate: Fate
    keys: tuple[str, ...] = ()


def changes(old: PlanFile | None, new: PlanFile) -> list[Change]:
    """Every commitment of either version: the new one's in its order, then what is withdrawn."""
    before = {one.id: one for one in old.commitments} if old else {}
    told = [_fate(old, before.get(one.id), new, one) for one in new.commitments]
    left = before.keys() - {one.id for one in new.commitments}
    return told + [Change(name, Fate.WITHDRAWN) for name in before if name in left]


def _fate(old: PlanFile | None, was: Commitment | None, new: PlanFile, now: Commitment) -> Change:
    if old is None or was is None:
        return Change(now.id, Fate.NEW)
    keys = [
        field.name.rstrip("_").replace("_", "-")
        for field in dataclasses.fields(Commitment)
        if _meaning(old, was, field.name) != _meaning(new, now, field.name)
    ]
    if old.mandate != new.mandate:
        keys.append("mandate")
    return Change(now.id, Fate.CHANGED if keys else Fate.KEPT, tuple(keys))


def _meaning(plan: PlanFile, one: Commitment, field: str) -> object:
    """A group with the same name and other people in it is another promise; so is a role."""
    said = getattr(one, field)
    if field in {"for_", "with_"} and said:
        return plan.groups[said]
    return plan.roles[said] if field == "by" else said


# ── which version governs ─────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Version:
    """A plan as adopted, and the first day it is followed."""

    plan: PlanFile
    from_on: dt.date
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """An event that somebody has entered: `boards-elected` or one of the owner's own."""

    name: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Reign:
    """The days on which a version rules: from and with the first, to the day before the last.
    None: since always, until further notice.
    """

    first: dt.date | None
    after: dt.date | None

    def __contains__(self, day: object) -> bool:
        return (
            isinstance(day, dt.date)
            and (self.first is None or day >= self.first)
            and (self.after is None or day < self.after)
        )


@dataclass(frozen=True, slots=True)
class Bound:
    """A commitment in a period, as one version has it, with what that version asks for."""

    version: Version
    commitment: Commitment
    occurrences: tuple[Occurrence, ...]
    reign: Reign


def ruling(history: Sequence[Version], day: dt.date) -> Version:
    """The version that is followed on a day; before the first one's first day, the first."""
    return next(version for version, reign in _reigns(history) if day in reign)


def period_of(history: Sequence[Version], day: dt.date) -> tuple[dt.date, Period]:
    """The election and the council's period that a day lies in."""
    mandate = ruling(history, day).plan.mandate
    election = election_of(mandate, day)
    return election, period_after(mandate, election)


def period_from(history: Sequence[Version], election: dt.date, today: dt.date) -> Period:
    """The period that an election gives rise to, as the version that rules today counts."""
    return period_after(ruling(history, today).plan.mandate, election)


def bound(
    history: Sequence[Version], election: dt.date, noted: Iterable[Noted], today: dt.date
) -> list[Bound]:
    """Everything in a period, each occurrence under the version that it fell due under.

    A version decides about what falls due on the days it rules. What has no due day is asked for
    by the one that rules today; the others are there as well, for events that happened under them.
    """
    found: list[Bound] = []
    period = period_from(history, election, today)
    # Events from this election until the next. Said twice, the later entry counts.
    events = {one.name: one.on for one in noted if election <= one.on < period.next_election}
    for version, reign in _reigns(history):
        try:
            rows = occurrences(version.plan, election, events)
        except NotAnElectionError:
            continue  # this version counted other periods
        mine: dict[str, list[Occurrence]] = {}
        for row in rows:
            if (row.due_on or today) in reign:
                mine.setdefault(row.commitment, []).append(row)
        found += [
            Bound(version, one, tuple(mine.get(one.id, ())), reign)
            for one in version.plan.commitments
        ]
    return found


def _reigns(history: Sequence[Version]) -> Iterator[tuple[Version, Reign]]:
    for number, version in enumerate(history):
        after = history[number + 1].from_on if number + 1 < len(history) else None
        yield version, Reign(version.from_on if number else None, after)


# ── adopting ──────────────────────────────────────────────────────────────────────────────────
class WhyNotAdopt(StrEnum):
    """Why a version cannot be followed from a day."""

    BACKWARDS = "backwards"  # it would take over what has already fallen due
    SAME = "same"  # it is the one that is followed
    VERSION_TAKEN = "version_taken"  # another text has been followed under this version


def why_not_adopt(
    followed: Sequence[Version], new: PlanFile, from_on: dt.date, today: dt.date
) -> WhyNotAdopt | None:
    """The first version may begin on any day; the next ones not before today, nor before one
    that is already decided.
    """
    if not followed:
        return None
    if followed[-1].plan == new:
        return WhyNotAdopt.SAME
    if any((one.plan.id, one.plan.version) == (new.id, new.version) for one in followed):
        return WhyNotAdopt.VERSION_TAKEN
    if from_on < max(today, followed[-1].from_on):
        return WhyNotAdopt.BACKWARDS
    return None
