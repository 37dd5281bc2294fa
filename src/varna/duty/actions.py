"""Plan the duty, change a turn, and hand over."""

import datetime as dt
import uuid
from collections.abc import Sequence
from contextlib import AbstractContextManager

from varna.duty.models import RECEIVERS, Turn
from varna.duty.queries import begins, find, handlers
from varna.duty.rules import Length, Reason, rota, why_not_take
from varna.foundation.accounts import actions as accounts
from varna.foundation.accounts.queries import has_shift_between, in_shift
from varna.foundation.accounts.rules import Actor, Role
from varna.foundation.deeds import deed, held, leave, let, part, refuse
from varna.foundation.notices.actions import tell
from varna.foundation.vault import service as vault


@deed("duty.planned")
def fill(
    people: Sequence[uuid.UUID],
    *,
    first: dt.date,
    turns: int,
    length: Length,
    phone: str,
    by: Actor,
    at: dt.datetime,
) -> list[uuid.UUID]:
    """Fill the list from a simple rota: the people in their order, each with the next one as
    substitute. Nothing is written if any of the turns cannot be.
    """
    let(by.has(Role.LEAD))
    refuse(None if people else Reason.NOBODY)
    made = []
    for turn in rota(people, first=first, turns=turns, length=length):
        since, until = begins(turn.first), begins(turn.ends)
        made.append(
            _set(None, turn.account, turn.substitute, since=since, until=until, phone=phone, at=at)
        )
    leave("duty.planned", n=len(made))
    tell(set(people) - {by.account}, at=at)
    return made


@part()
def _set(
    pk: uuid.UUID | None,
    account: uuid.UUID,
    substitute: uuid.UUID | None,
    *,
    since: dt.datetime,
    until: dt.datetime,
    phone: str,
    at: dt.datetime,
) -> uuid.UUID:
    taken = has_shift_between(since, until, but=pk)
    refuse(why_not_take(account, substitute, handlers=set(handlers(at=at)) - {None}, taken=taken))  # type: ignore[arg-type]
    pk = accounts.set_shift(pk, account, substitute, since=since, until=until)
    Turn.unscoped.update_or_create(pk=pk, defaults={"phone": phone})
    return pk


@deed("duty.changed")
def change(
    turn: Turn,
    account: uuid.UUID,
    substitute: uuid.UUID | None,
    *,
    phone: str,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Give a turn to somebody else, or another substitute or number: whoever leads does, or whoever
    has the turn.
    """
    turn = held(Turn.visible_to, turn.pk)
    line = find(by, turn.pk, at=at)
    let(line is not None and line.is_in_the_hands_of(by))
    assert line is not None  # noqa: S101 (it was just asked)
    _set(turn.pk, account, substitute, since=line.since, until=line.until, phone=phone, at=at)
    leave("duty.changed", about=turn.pk)
    told = {one for one in (account, substitute, line.account) if one}
    tell(told - {by.account}, at=at)


@deed("duty.cancelled")
def cancel(turn: Turn, *, by: Actor, at: dt.datetime) -> None:
    """Take a turn out of the list. What was handed over in it goes with it."""
    let(by.has(Role.LEAD))
    turn = held(Turn.visible_to, turn.pk)
    leave("duty.cancelled", about=turn.pk)
    tell(in_shift(turn.pk) - {by.account}, at=at)
    accounts.end_shift(turn.pk)
    turn.delete()


@deed("duty.handed_over")
def hand_over(turn: Turn, text: str, *, by: Actor, at: dt.datetime) -> None:
    """Write what the next one needs to know; the newest words replace the earlier ones."""
    turn = held(Turn.visible_to, turn.pk)
    line = find(by, turn.pk, at=at)
    let(line is not None and line.is_in_the_hands_of(by))
    vault.writer(turn.pk).seal(turn, "note", text)
    turn.noted_at, turn.noted_by = at, by.account
    turn.save(update_fields=["note", "noted_at", "noted_by"])
    leave("duty.handed_over", about=turn.pk)


def reading(turn: Turn, *, by: Actor, at: dt.datetime) -> AbstractContextManager[vault.Handle]:
    """Open what was handed over in one turn."""
    may = by.has(*RECEIVERS) and find(by, turn.pk, at=at) is not None
    return vault.opened_for(turn.pk, may=may, act="duty.read", about=turn.pk, by=by, at=at)
