"""How something is done: in one transaction, by somebody who was asked, and with a line left.

An action that people do is a deed:

    @deed("help.answered")
    def answer(row: HelpRequest, text: str, *, by: Actor, at: dt.datetime) -> None:
        let(by.has(*ANSWERERS))                      # Forbidden: the page is not there
        row = held(HelpRequest.visible_to, row.pk)   # locked, and only if this actor sees it
        refuse(why_not_answer(row))                  # WhyNot: the form says why
        ...
        leave("help.answered", about=row.pk)

One that has not asked who does it, or leaves no line, cannot end: what it wrote is taken back. What
several deeds do alike is a part: it stands inside a deed that has asked, or it is not done.
"""

import datetime as dt
import functools
import inspect
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import models, transaction

from varna.foundation import clock
from varna.foundation.audit import actions as audit


Given = ParamSpec("Given")
Answer = TypeVar("Answer")
Row = TypeVar("Row", bound=models.Model)


class Forbidden(Exception):  # noqa: N818 (an answer to somebody, not a fault in the code)
    """This actor may not, or there is nothing there; nobody is told which (404)."""


class WhyNot(Exception):  # noqa: N818 (an answer too)
    """A rule says no. `reason` is the rule's own word for it, and has words for the page."""

    def __init__(self, reason: StrEnum) -> None:
        super().__init__(reason)
        self.reason: Any = reason  # each room has an enum of its own


class Doer(audit.Doer, Protocol):
    """Whoever acts, as this floor needs to know of them."""

    @property
    def is_strong(self) -> bool: ...


class DeedError(Exception):
    """A fault in the code: a deed that does not ask, or that leaves no line."""


@dataclass(slots=True)
class Frame:
    """A deed while it is being done."""

    name: str
    by: Doer
    at: dt.datetime
    acts: tuple[str, ...]
    its_parts: list[tuple[str, ...]] = field(default_factory=list)  # the lines of open parts
    asked: bool = False
    left: set[str] = field(default_factory=set)  # its lines, and those of deeds inside it
    unchanged: bool = False
    marks: list[str] = field(default_factory=list)  # of what it has sealed, for its next line

    def end(self) -> None:
        if not self.asked:
            raise DeedError(f"{self.name} never asked who does it")
        if not self.unchanged and self.left.isdisjoint(self.acts):
            raise DeedError(f"{self.name} left no line")
        self.say_marks()

    def say_marks(self) -> None:
        marks = self.taken()
        if marks:
            audit.record("sealed", by=self.by, at=self.at, seals=marks)

    def taken(self) -> list[str] | None:
        """The marks that no line has yet."""
        marks, self.marks = self.marks, []
        return marks or None


@dataclass(frozen=True, slots=True)
class Deed:
    """What is known of a deed without doing it."""

    name: str
    acts: tuple[str, ...]
    do: Callable[..., Any]
    weak: bool = False


# Every deed that has been imported, and every part, by its whole name: the suite walks them.
DEEDS: dict[str, Deed] = {}
PARTS: dict[str, Deed] = {}
UPKEEP: dict[str, Callable[..., Any]] = {}
_frame: ContextVar[Frame | None] = ContextVar("frame", default=None)


def deed(
    *acts: str, weak: bool = False, keys_first: bool = False
) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Frame an action; `acts` are the lines that it may leave. Whoever has not signed in strongly
    is refused, unless it is `weak`: also for a code, a link, or nobody known.

    `keys_first`: it makes keys before its transaction, which it begins itself with `written()`: a
    keystore that waits for its disk must not keep everybody from the database.
    """

    def framed(action: Callable[Given, Answer]) -> Callable[Given, Answer]:
        name = f"{action.__module__}.{action.__qualname__}"
        _who_and_when(action, name)

        @functools.wraps(action)
        def done(*args: Given.args, **named: Given.kwargs) -> Answer:
            by, at = named["by"], named["at"]
            frame = Frame(name, by, at, acts)  # type: ignore[arg-type]
            if not (weak or frame.by.is_strong):
                raise Forbidden
            outer = _frame.get()
            token = _frame.set(frame)
            try:
                if keys_first:
                    answer = action(*args, **named)
                    frame.end()
                else:
                    with transaction.atomic():
                        answer = action(*args, **named)
                        frame.end()
            finally:
                _frame.reset(token)
            if outer is not None:
                outer.left |= frame.left
            return answer

        done.deed = DEEDS[name] = Deed(name, acts, done, weak)  # type: ignore[attr-defined]
        return done

    return framed


def _who_and_when(action: Callable[..., object], name: str) -> None:
    parameters = inspect.signature(action).parameters
    for wanted in ("by", "at"):
        found = parameters.get(wanted)
        if (
            found is None
            or found.kind is not found.KEYWORD_ONLY
            or found.default is not found.empty
        ):
            raise DeedError(f"{name} does not take {wanted}= as it must")


@contextmanager
def written() -> Iterator[None]:
    """The transaction of a deed that makes its keys first; it ends as every deed does."""
    frame = _here("written()")
    try:
        with transaction.atomic():
            yield
            frame.end()
    except BaseException:
        frame.marks.clear()  # what it sealed was not written
        raise


def part(*acts: str) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """What deeds do alike, in the room or in rooms above. It asks nobody: its deed has. `acts`: the
    lines that it may leave, beside the deed's own.
    """

    def framed(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
        name = f"{function.__module__}.{function.__qualname__}"

        @functools.wraps(function)
        def done(*args: Given.args, **named: Given.kwargs) -> Answer:
            frame = _here(name)
            if not frame.asked:
                raise DeedError(f"{name} is a part of a deed, which must ask who does it first")
            frame.its_parts.append(acts)
            try:
                return function(*args, **named)
            finally:
                frame.its_parts.pop()

        done.part = PARTS[name] = Deed(name, acts, done)  # type: ignore[attr-defined]
        return done

    return framed


def upkeep(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """What the system does for itself: it sweeps, sends, comes back after a stop. No page does."""
    UPKEEP[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def _here(what: str) -> Frame:
    frame = _frame.get()
    if frame is None:
        raise DeedError(f"{what} stands only inside a deed")
    return frame


# ── what a deed says ──────────────────────────────────────────────────────────────────────────
def let(may: bool) -> None:  # noqa: FBT001 (a sentence: let(by.has(Role.LEAD)))
    """Go on if this actor may."""
    _here("let()").asked = True
    if not may:
        raise Forbidden


def held(scope: Callable[..., models.QuerySet[Row]], pk: object) -> Row:
    """The row as it is now, held until the deed is done, if this actor is one who sees it. `scope`:
    the model's `visible_to`, or another of its scopes.
    """
    frame = _here("held()")
    frame.asked = True
    row = scope(frame.by, at=frame.at).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise Forbidden
    return row


def locked(rows: models.Manager[Row] | models.QuerySet[Row], pk: object) -> Row:
    """The row as it is now, held until the deed is done, where who may has been asked already."""
    if not _here("locked()").asked:
        raise DeedError("A row is locked after it has been asked who does it")
    row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise Forbidden
    return row


def refuse(reason: StrEnum | None) -> None:
    """Go on if no rule has anything against it."""
    if reason is not None:
        raise WhyNot(reason)


def leave(act: str, *, about: uuid.UUID | None = None, **facts: audit.Fact) -> None:
    """Leave the deed's line. `facts`: references, codes and counts, never what somebody wrote."""
    frame = _here("leave()")
    if act not in frame.acts and not any(act in acts for acts in frame.its_parts):
        raise DeedError(f"{frame.name} says nothing of a line {act}")
    audit.record(act, by=frame.by, at=frame.at, about=about, seals=frame.taken(), **facts)
    frame.left.add(act)


def mark(mark: str) -> None:
    """Something sealed is being written: the deed's next line says so. Where nobody does a deed, it
    has a line of its own.
    """
    frame = _frame.get()
    if frame is None:
        audit.record("sealed", by=audit.VAULT, at=clock.now(), seals=[mark])
    else:
        frame.marks.append(mark)


def seal_line() -> None:
    """A long deed that commits a little at a time says at each commit what it has sealed."""
    _here("seal_line()").say_marks()


def moment() -> dt.datetime:
    """When the deed is done, for a part of it."""
    return _here("moment()").at


def unchanged() -> None:
    """Said again, it stands as it stood: nothing is written, and no line is left."""
    _here("unchanged()").unchanged = True
