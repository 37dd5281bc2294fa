"""Reading plans: files that come with Värna or are given, and the versions that are followed."""

import datetime as dt
import functools
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet

from varna.foundation import clock
from varna.plan.models import Adoption, Edition, Event
from varna.plan.rules.history import Noted, Version, ruling
from varna.plan.rules.loading import MOST_BYTES, load
from varna.plan.rules.terms import PlanFile


_SHIPPED = Path(__file__).resolve().parent / "plans"


def shipped() -> dict[str, Path]:
    """The plans that come with Värna, by name."""
    return {path.stem: path for path in sorted(_SHIPPED.glob("*.toml"))}


def plan_in(name: str) -> PlanFile:
    """A file where there is one, else a shipped plan. OSError, or PlanRefusedError with why not."""
    return load(text_in(name))


def text_in(name: str) -> bytes:
    path = Path(name)
    if not path.exists():
        path = shipped().get(name, path)
    with path.open("rb") as file:
        # One byte more than may be, so that what is too large is refused and never read whole.
        return file.read(MOST_BYTES + 1)


@functools.lru_cache(maxsize=64)
def _read(text: str) -> PlanFile:
    """The same text is always the same plan: what was read once need not be read again."""
    return load(text.encode())


# ── what is followed ──────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Followed:
    """The versions that are or have been followed, the events, and since when Värna is used.

    `now` is the version that governs today; before the first day of the first one, the first.
    """

    history: tuple[Version, ...]
    now: Version
    noted: tuple[Noted, ...]
    started_on: dt.date


def followed(today: dt.date) -> Followed | None:
    """None until a plan has been adopted."""
    rows = list(Adoption.unscoped.select_related("edition"))
    if not rows:
        return None
    history = tuple(
        Version(_read(row.edition.text), row.from_on, str(row.edition_id)) for row in rows
    )
    return Followed(
        history,
        ruling(history, today),
        tuple(Noted(row.name, row.on) for row in events()),
        min(clock.day_of(row.at) for row in rows),
    )


def events() -> "QuerySet[Event]":
    return Event.unscoped.filter(taken_back_at=None)


def plan_of(edition: Edition) -> PlanFile:
    return _read(edition.text)


def find_edition(pk: uuid.UUID) -> Edition | None:
    return Edition.unscoped.filter(pk=pk).first()


def adoption_of(edition: uuid.UUID) -> Adoption | None:
    return Adoption.unscoped.filter(edition=edition).first()


def adoption_behind(version: Version) -> Adoption:
    """The decision by which a version is followed, with its edition."""
    return Adoption.unscoped.select_related("edition").get(edition=uuid.UUID(version.edition))


def editions() -> list[tuple[Edition, Adoption | None]]:
    """Every text that has been read, the latest first, with the decision to follow it."""
    adopted = {row.edition_id: row for row in Adoption.unscoped.all()}
    return [(edition, adopted.get(edition.pk)) for edition in Edition.unscoped.all()]
