"""What an occasion is, when it can be answered, and who has a place. Pure."""

import datetime as dt
import re
import uuid
from dataclasses import dataclass
from enum import StrEnum


class InviteeKind(StrEnum):
    """What the invited is; its id is a row in the room that knows it."""

    PERSON = "person"  # in the register; the address is looked up there, each time
    PARTNER = "partner"
    BODY = "body"
    UNIT = "unit"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


class Standing(StrEnum):
    """What has become of one invitation. Only LEFT and GIVEN mean that somebody was asked."""

    QUEUED = "queued"  # in the outbox
    LEFT = "left"  # the mail server has taken it
    BOUNCED = "bounced"  # the mail server took it, and somebody has said that it came back
    NOT_SENT = "not_sent"  # the outbox has given up
    TO_GIVE = "to_give"  # no address: somebody must hand it over
    GIVEN = "given"  # and somebody has


OFFERED = frozenset({Standing.LEFT, Standing.GIVEN})
# There is nothing to give to whoever has it already, or has it on its way.
TO_HAND_OVER = frozenset({Standing.TO_GIVE, Standing.NOT_SENT, Standing.BOUNCED})


class Reason(StrEnum):
    """Why an invitation cannot be answered any more."""

    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Invitee:
    """`address` is for those who are not in the register."""

    kind: InviteeKind
    id: uuid.UUID
    address: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """What everybody who is invited is told. Without a time it is something to read or do."""

    title: str
    text: str = ""
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    place: str = ""
    link: str = ""
    seats: int | None = None
    language: str = "sv"
    remind_days: int = 3  # before it begins; 0: nobody is reminded


ADDRESS = re.compile(r"[^\s@<>,;\x00-\x1f]+@[^\s@<>,;\x00-\x1f]+")


def can_be_written_to(address: str) -> bool:
    """One that cannot is handled by hand; it must not stop the mails to everybody else."""
    return ADDRESS.fullmatch(address) is not None


def must_be_told(was: Details, now: Details) -> bool:
    """A new time, place, link or name is told to everybody; a comma in the text is not."""
    return (was.title, was.starts_at, was.ends_at, was.place, was.link) != (
        now.title, now.starts_at, now.ends_at, now.place, now.link,
    )  # fmt: skip


def is_over(starts_at: dt.datetime | None, ends_at: dt.datetime | None, at: dt.datetime) -> bool:
    """What has no time is never over."""
    over = ends_at or starts_at
    return over is not None and at >= over


def why_not_answer(
    *,
    cancelled: bool,
    starts_at: dt.datetime | None,
    ends_at: dt.datetime | None,
    at: dt.datetime,
) -> Reason | None:
    if cancelled:
        return Reason.CANCELLED
    return Reason.OVER if is_over(starts_at, ends_at, at) else None


def places_left(seats: int | None, taken: int) -> int | None:
    """None: there is room for everybody."""
    return None if seats is None else max(0, seats - taken)


def time_to_remind(starts_at: dt.datetime | None, days: int, at: dt.datetime) -> bool:
    if starts_at is None or not days:
        return False
    return starts_at - dt.timedelta(days=days) <= at < starts_at


def came_through(left: dt.datetime | None, bounced: dt.datetime | None) -> bool:
    """Whether a mail that left has not come back: one that left after it is another."""
    return left is not None and (bounced is None or left > bounced)


def standing(
    *, mail: bool, left: bool, given_up: bool, given: bool, bounced: bool = False
) -> Standing:
    if given:
        return Standing.GIVEN
    if not mail:
        return Standing.TO_GIVE
    if left:
        return Standing.BOUNCED if bounced else Standing.LEFT
    return Standing.NOT_SENT if given_up else Standing.QUEUED
