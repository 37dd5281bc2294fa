"""What a new version changes, and which version each occurrence fell due under. Pure."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from varna.plan.rules.cadences import Anchored
from varna.plan.rules.calendar import (
    BOARDS_ELECTED,
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
    """A commitment in a period, as one version has it, with what that version asks for.

    `withdrawn_by`: the version that took these occurrences away, or the promise itself, before
    their day.
    """

    version: Version
    commitment: Commitment
    occurrences: tuple[Occurrence, ...]
    reign: Reign
    withdrawn_by: Version | None = None


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
    history: Sequence[Version],
    election: dt.date,
    noted: Iterable[Noted],
    today: dt.date,
    boards_sit_from: Iterable[dt.date] = (),
) -> list[Bound]:
    """Everything in a period, each occurrence under the version that it fell due under.

    A version decides about what falls due on the days it rules. What has no due day is asked for
    by the one that rules today; the others are there as well, for events that happened under them.
    What a version has dropped before its day stands beside, as withdrawn by it.

    `boards_sit_from`: the first days of boards' own periods, as the register has them.
    """
    found: list[Bound] = []
    period = period_from(history, election, today)
    mandate = ruling(history, today).plan.mandate
    known = _events([one for one in noted if election <= one.on < period.next_election])
    latest = dt.date(period.starts_on.year + 1, *mandate.boards_from)
    sit_from = min([latest, *(day for day in boards_sit_from if election < day)])
    presumed = _presume(known, sit_from, today)
    for number, (version, reign) in enumerate(_reigns(history)):
        try:
            rows = list(_asked_for(version.plan, election, known, presumed))
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
        if number + 1 < len(history):
            found += _withdrawn(version, history[number + 1], rows, period, reign, today)
    return found


# Two entries of one event so near each other are one event, the later of them a correction: no
# council elects its boards twice in two months.
SAME_EVENT = dt.timedelta(days=60)


def _presume(known: dict[str, list[dt.date]], sit_from: dt.date, today: dt.date) -> str | None:
    """Boards that sit have been elected, whatever nobody has entered, and no later than that day:
    what follows on it falls due all the same.
    """
    said = known.get(BOARDS_ELECTED, [])
    if today < sit_from or (said and said[0] <= sit_from):
        return None
    others = [day for day in said if day - sit_from > SAME_EVENT]
    known[BOARDS_ELECTED] = [sit_from, *others]
    return BOARDS_ELECTED


def _events(noted: Iterable[Noted]) -> dict[str, list[dt.date]]:
    """Each event's days in order: after an extra election there are two elections of boards."""
    found: dict[str, list[dt.date]] = {}
    for one in noted:
        days = found.setdefault(one.name, [])
        days[:] = [day for day in days if abs(day - one.on) > SAME_EVENT]
        days.append(one.on)
    return {name: sorted(days) for name, days in found.items()}


def _asked_for(
    plan: PlanFile, election: dt.date, known: dict[str, list[dt.date]], presumed: str | None
) -> Iterator[Occurrence]:
    """What the plan asks for; what follows on an event, once for each time it has happened."""
    anchors = {c.id: c.cadence.to for c in plan.commitments if isinstance(c.cadence, Anchored)}
    first = {name: days[0] for name, days in known.items()}
    for one in occurrences(plan, election, first):
        is_presumed = presumed is not None and anchors.get(one.commitment) == presumed
        yield dataclasses.replace(one, presumed=True) if is_presumed else one
    for name, days in known.items():
        for turn, day in enumerate(days[1:], 2):
            for one in occurrences(plan, election, {name: day}):
                if anchors.get(one.commitment) == name:
                    yield dataclasses.replace(one, turn=turn)


def _withdrawn(
    version: Version,
    after: Version,
    rows: Iterable[Occurrence],
    period: Period,
    reign: Reign,
    today: dt.date,
) -> Iterator[Bound]:
    """What the next version no longer has: windows that it closed while they were open, and what
    has no day of its own, from the day it began.
    """
    left = {one.id for one in after.plan.commitments}
    for one in version.plan.commitments:
        if one.id in left:
            continue
        mine = [row for row in rows if row.commitment == one.id]
        open_then = tuple(
            row
            for row in mine
            if row.opens_on and row.due_on and row.opens_on < after.from_on <= row.due_on
        )
        dateless = all(row.due_on is None for row in mine)
        began = after.from_on in period and after.from_on <= today
        if open_then or (dateless and began):
            whole = Occurrence(one.id, 1, opens_on=period.starts_on)
            yield Bound(version, one, open_then or (whole,), reign, after)


def _reigns(history: Sequence[Version]) -> Iterator[tuple[Version, Reign]]:
    for number, version in enumerate(history):
        after = history[number + 1].from_on if number + 1 < len(history) else None
        yield version, Reign(version.from_on if number else None, after)


# ── adopting ──────────────────────────────────────────────────────────────────────────────────
class WhyNotAdopt(StrEnum):
    """Why a version cannot be followed from a day."""

    BACKWARDS = "backwards"  # it would take over what has already fallen due
    SAME = "same"  # it is the one that is followed
    VERSION_TAKEN = "version_taken"  # another text is followed under this version and reading


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
    if any(_named(one.plan) == _named(new) for one in followed):
        return WhyNotAdopt.VERSION_TAKEN
    if from_on < max(today, followed[-1].from_on):
        return WhyNotAdopt.BACKWARDS
    return None


class WhyNotTie(StrEnum):
    """Why a file is no reading of an adopted text."""

    OTHER_TEXT = "other_text"  # the file names the hash of other words


def why_not_tie(source_sha256: str | None, text: str) -> WhyNotTie | None:
    """`source_sha256`: of the adopted text with its white space folded, where the file says it.
    Where only the text's file is kept, there are no words to compare.
    """
    if not source_sha256 or not text:
        return None
    said = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
    return None if said == source_sha256 else WhyNotTie.OTHER_TEXT


def _named(plan: PlanFile) -> tuple[str, str, int]:
    return plan.id, plan.version, plan.reading
