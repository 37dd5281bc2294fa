"""A cadence as a file says it: each form with its own keys, and nothing impossible. Pure."""

from collections.abc import Callable

from varna.plan.rules.cadences import (
    MOST_COUNT,
    MOST_DAYS,
    MOST_MONTHS,
    Anchored,
    Before,
    By,
    Cadence,
    Continuous,
    Deadline,
    Every,
    Form,
    Happening,
    Limit,
    OnEvent,
    Quota,
    Spread,
    Start,
)
from varna.plan.rules.faults import Reader, Reason


def read_cadence(table: Reader, years: int) -> Cadence:
    """`years`: how many a mandate period has."""
    form = table.choice("form", Form)
    if form is Form.QUOTA:
        made: Cadence = _quota(table, years)
    else:
        made = _READERS[form](table)
    table.finish()
    return made


def _every(table: Reader) -> Every:
    months = table.whole("months", MOST_MONTHS)
    start = table.choice("from", Start, Start.MANDATE_START)
    if start is Start.CALENDAR and 12 % months:
        table.wrong("months", Reason.NOT_DIVISOR)
    return Every(months, start)


def _quota(table: Reader, years: int) -> Quota:
    count = table.whole("count", MOST_COUNT)
    spread = table.choice("spread", Spread)
    if spread is Spread.MANDATE_YEAR and count != years:
        table.wrong("count", Reason.NOT_THE_YEARS, str(years))
    last = table.has("last-before")
    if last and table.content["last-before"] != Before.ELECTION:
        table.wrong("last-before", Reason.NOT_ONE_OF, Before.ELECTION)
    return Quota(count, spread, last)


def _anchored(table: Reader) -> Anchored:
    to = table.id("to")
    key = table.exactly_one(Limit.MONTHS, Limit.DAYS, "counts-in")
    if key is None:
        return Anchored(to)
    if key == "counts-in":
        return Anchored(to, counts_in=table.id(key))
    limit = Limit(key)
    return Anchored(to, limit, _length(table, limit))


def _deadline(table: Reader) -> Deadline:
    before, by = table.choice("before", Before), table.choice("by", By)
    if not table.has("warn"):
        return Deadline(before, by)
    warn = table.within("warn")
    key = warn.exactly_one("months", "days")
    length = warn.whole(key, MOST_MONTHS if key == "months" else MOST_DAYS) if key else 0
    warn.finish()
    if key == "months":
        return Deadline(before, by, warn_months=length)
    return Deadline(before, by, warn_days=length)


def _continuous(table: Reader) -> Continuous:
    age, share = table.has("max-age-months"), table.has("coverage")
    if not age and not share:
        table.wrong("max-age-months", Reason.AT_LEAST_ONE, "max-age-months, coverage")
    return Continuous(
        table.whole("max-age-months", MOST_MONTHS) if age else None,
        table.share("coverage") if share else None,
    )


def _on_event(table: Reader) -> OnEvent:
    event = table.choice("event", Happening)
    key = table.exactly_one(Limit.HOURS, Limit.WORKDAYS, Limit.DAYS)
    limit = Limit(key or Limit.DAYS)
    return OnEvent(event, limit, _length(table, limit) if key else 1)


def _length(table: Reader, limit: Limit) -> int:
    return table.whole(limit, MOST_MONTHS if limit is Limit.MONTHS else MOST_DAYS)


_READERS: dict[Form, Callable[[Reader], Cadence]] = {
    Form.EVERY: _every,
    Form.ANCHORED: _anchored,
    Form.DEADLINE: _deadline,
    Form.CONTINUOUS: _continuous,
    Form.ON_EVENT: _on_event,
}
