"""How often and by when (takt): the six forms a promise can have. Pure."""

from dataclasses import dataclass
from enum import StrEnum


MOST_MONTHS = 120
MOST_COUNT = 100
MOST_DAYS = 3660


class Form(StrEnum):
    EVERY = "every"
    QUOTA = "quota"
    ANCHORED = "anchored"
    DEADLINE = "deadline"
    CONTINUOUS = "continuous"
    ON_EVENT = "on-event"


class Start(StrEnum):
    """What windows are counted from."""

    MANDATE_START = "mandate-start"
    CALENDAR = "calendar"


class Spread(StrEnum):
    MANDATE_YEAR = "mandate-year"
    ANY = "any"


class Before(StrEnum):
    """The event that a deadline comes before."""

    ELECTION = "election"
    MANDATE_END = "mandate-end"


class By(StrEnum):
    """Which day before it."""

    END_OF_PREVIOUS_YEAR = "end-of-previous-year"
    DAY_BEFORE = "day-before"
    ON_THE_DAY = "on-the-day"


class Happening(StrEnum):
    """What starts the time of a promise that is kept case by case."""

    REPORT_RECEIVED = "report-received"
    CASE_OPENED = "case-opened"
    CASE_CLOSED = "case-closed"
    DOCUMENT_ADOPTED = "document-adopted"
    ASSIGNMENT_STARTED = "assignment-started"
    SUPPORT_REQUESTED = "support-requested"


class Limit(StrEnum):
    """What a length of time is counted in, as a file says it."""

    MONTHS = "within-months"
    DAYS = "within-days"
    WORKDAYS = "within-workdays"
    HOURS = "within-hours"


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, in windows of the same length."""

    months: int
    start: Start = Start.MANDATE_START


@dataclass(frozen=True, slots=True)
class Quota:
    """A number of times in the period."""

    count: int
    spread: Spread
    last_before_election: bool = False


@dataclass(frozen=True, slots=True)
class Anchored:
    """Once, after an event: within a time, or in the window of another commitment."""

    to: str
    limit: Limit | None = None
    within: int = 0
    counts_in: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """Once a period, by a day; a warning is counted back from the event itself."""

    before: Before
    by: By
    warn_months: int | None = None
    warn_days: int | None = None


@dataclass(frozen=True, slots=True)
class Continuous:
    """Always: nothing older than this, and so great a share."""

    max_age_months: int | None = None
    coverage: float | None = None

    @property
    def share(self) -> float:
        """So many of all: where the file says nothing, all of them."""
        return 1.0 if self.coverage is None else self.coverage


@dataclass(frozen=True, slots=True)
class OnEvent:
    """Each time something happens, within a time."""

    event: Happening
    limit: Limit
    within: int


Cadence = Every | Quota | Anchored | Deadline | Continuous | OnEvent
