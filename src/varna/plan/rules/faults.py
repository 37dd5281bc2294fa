"""Why a plan's file is refused, and the careful reading of one table of it. Pure."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from varna.plan.rules.terms import Words


class Reason(StrEnum):
    NOT_UTF8 = "not_utf8"
    NOT_TOML = "not_toml"
    TOO_LARGE = "too_large"
    WRONG_FORMAT = "wrong_format"
    MISSING = "missing"
    UNKNOWN_KEY = "unknown_key"
    NOT_TEXT = "not_text"
    TOO_LONG = "too_long"
    NOT_WHOLE = "not_whole"
    NOT_SHARE = "not_share"
    NOT_A_DAY = "not_a_day"
    NOT_MONTH_AND_DAY = "not_month_and_day"
    NOT_TABLE = "not_table"
    NOT_LIST = "not_list"
    NOT_ONE_OF = "not_one_of"
    NOT_ID = "not_id"
    NOT_SHA256 = "not_sha256"
    TWICE = "twice"
    NO_SUCH_ROLE = "no_such_role"
    NO_SUCH_GROUP = "no_such_group"
    NO_SUCH_COMMITMENT = "no_such_commitment"
    NOT_EVERY = "not_every"
    RING = "ring"
    EMPTY_GROUP = "empty_group"
    WRONG_GROUP = "wrong_group"
    EXACTLY_ONE = "exactly_one"
    AT_LEAST_ONE = "at_least_one"
    NOT_DIVISOR = "not_divisor"
    NOT_THE_YEARS = "not_the_years"
    NOT_ELECTION_DAY = "not_election_day"
    COUNCIL_BEFORE_ELECTION = "council_before_election"
    LAW_MISSING = "law_missing"
    LAW_WITHOUT_BASIS = "law_without_basis"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which table, at which key, and what would be right."""

    table: str
    key: str
    reason: Reason
    said: str = ""


class PlanRefusedError(Exception):
    """Nothing is loaded from a file with a fault."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PLAN_ID = re.compile(r"[a-z0-9]+([-/][a-z0-9]+)*")
LONGEST_ID = 100  # of a role, a group or a commitment
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MONTH_AND_DAY = re.compile(r"(\d\d)-(\d\d)")
Choice = TypeVar("Choice", bound=StrEnum)
_NO_DAY = dt.date(2000, 1, 1)


class Reader:
    """One table: each key is asked for once, and what nobody asked for is a fault.

    A fault is noted and something harmless answered, so that all faults are told at once.
    """

    def __init__(self, faults: list[Fault], table: str, content: object) -> None:
        self.faults, self.table, self.asked = faults, table, set[str]()
        self.content: Mapping[str, object] = content if isinstance(content, dict) else {}
        if not isinstance(content, dict):
            *above, key = table.split(".")
            faults.append(Fault(".".join(above), key, Reason.NOT_TABLE))
            self.faults = []  # what such a table lacks would only be noise

    def wrong(self, key: str, reason: Reason, said: str = "") -> None:
        self.faults.append(Fault(self.table, key, reason, said))

    def has(self, key: str) -> bool:
        self.asked.add(key)
        return key in self.content

    def _value(self, key: str) -> object:
        if not self.has(key):
            self.wrong(key, Reason.MISSING)
        return self.content.get(key)

    def finish(self) -> None:
        for key in self.content:
            if key not in self.asked:
                self.wrong(key, Reason.UNKNOWN_KEY, ", ".join(sorted(self.asked)))

    def text(self, key: str, most: int | None = None) -> str:
        value = self._value(key)
        if isinstance(value, str) and value.strip():
            if most is not None and len(value) > most:
                self.wrong(key, Reason.TOO_LONG, str(most))
            return value
        if key in self.content:
            self.wrong(key, Reason.NOT_TEXT)
        return ""

    def id(self, key: str, form: re.Pattern[str] = ID, most: int = LONGEST_ID) -> str:
        value = self.text(key, most)
        if value and not form.fullmatch(value):
            self.wrong(key, Reason.NOT_ID, value)
        return value

    def sha256(self, key: str) -> str | None:
        if not self.has(key):
            return None
        value = self.text(key)
        if value and not _SHA256.fullmatch(value):
            self.wrong(key, Reason.NOT_SHA256)
        return value

    def whole(self, key: str, most: int) -> int:
        value = self._value(key)
        if type(value) is int and 1 <= value <= most:
            return value
        if key in self.content:
            self.wrong(key, Reason.NOT_WHOLE, f"1–{most}")
        return 1

    def share(self, key: str) -> float:
        value = self._value(key)
        if type(value) in {int, float} and 0 < value <= 1:  # type: ignore[operator]
            return float(value)  # type: ignore[arg-type]
        self.wrong(key, Reason.NOT_SHARE)
        return 1.0

    def day(self, key: str) -> dt.date:
        value = self._value(key)
        if type(value) is dt.date:
            return value
        if key in self.content:
            self.wrong(key, Reason.NOT_A_DAY)
        return _NO_DAY

    def month_and_day(self, key: str) -> tuple[int, int]:
        value = self.text(key)
        found = _MONTH_AND_DAY.fullmatch(value)
        try:
            # 29 February is not a day of every year, and so no day that a period can begin.
            day = dt.date(2001, int(found[1]), int(found[2])) if found else None
        except ValueError:
            day = None
        if value and day is None:
            self.wrong(key, Reason.NOT_MONTH_AND_DAY, value)
        return (day.month, day.day) if day else (1, 1)

    def choice(self, key: str, among: type[Choice], default: Choice | None = None) -> Choice:
        if default is not None and not self.has(key):
            return default
        return self._one_of(key, self._value(key), among)

    def _one_of(self, key: str, value: object, among: type[Choice]) -> Choice:
        # Not `value in among`: a list or a number is no member, and must not stop the reading.
        if isinstance(value, str) and value in {str(each) for each in among}:
            return among(value)
        if key in self.content:
            self.wrong(key, Reason.NOT_ONE_OF, ", ".join(among))
        return next(iter(among))

    def items(self, key: str) -> list[object]:
        value = self._value(key)
        if isinstance(value, list) and value:
            return value
        if key in self.content:
            self.wrong(key, Reason.NOT_LIST)
        return []

    def choices(self, key: str, among: type[Choice]) -> tuple[Choice, ...]:
        if not self.has(key):
            return ()
        return tuple(self._one_of(key, item, among) for item in self.items(key))

    def ids(self, key: str) -> tuple[str, ...]:
        if not self.has(key):
            return ()
        found = self.items(key)
        for item in found:
            if not isinstance(item, str) or not ID.fullmatch(item):
                self.wrong(key, Reason.NOT_ID, str(item)[:60])
        return tuple(str(item) for item in found)

    def within(self, key: str) -> "Reader":
        found = self._value(key)
        faults = self.faults if key in self.content else []
        return Reader(faults, f"{self.table}.{key}".lstrip("."), {} if found is None else found)

    def words(self, key: str) -> Words:
        table = self.within(key)
        said = Words(table.text("sv"), table.text("en"))
        table.finish()
        return said

    def exactly_one(self, *keys: str) -> str | None:
        found = [key for key in keys if self.has(key)]
        if len(found) == 1:
            return found[0]
        self.wrong(found[1] if found else keys[0], Reason.EXACTLY_ONE, ", ".join(keys))
        return None
