"""What a copy says of itself, how long copies are kept, and when one may be put back."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


KEYS_KEPT = dt.timedelta(days=35)  # what is destroyed is to be forgotten by the copies too
STAMP = "%Y%m%dT%H%M%SZ"
ALWAYS_KEPT = 3  # of the newest: a clock that leaps a year ahead must not take all copies with it


@dataclass(frozen=True, slots=True)
class Manifest:
    """What lies in a copy. It names nobody."""

    installation: str
    made_at: str  # ISO 8601, UTC
    version: str
    engine: str  # sqlite or postgresql
    database: str  # the file's name
    sha256: str  # of that file
    files: int
    heads: int
    destroyed: int  # owners whose keys had been destroyed by a decision; the figure only grows

    def written(self) -> str:
        return json.dumps(asdict(self), indent=2) + "\n"


def read_manifest(text: str) -> Manifest:
    """Raise ValueError when it is not one."""
    try:
        return Manifest(**json.loads(text))
    except TypeError as fault:
        raise ValueError(text) from fault


def stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime(STAMP)


def made_at(name: str) -> dt.datetime | None:
    """When the copy of this name was made; None for what is no copy."""
    try:
        return dt.datetime.strptime(name[:16], STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def outlived(names: Iterable[str], *, at: dt.datetime, kept: dt.timedelta) -> list[str]:
    """Those that have been kept long enough; the newest stay however old they are."""
    dated = sorted((moment, name) for name in names if (moment := made_at(name)) is not None)
    return [name for moment, name in dated[:-ALWAYS_KEPT] if moment < at - kept]


class Obstacle(StrEnum):
    """Why a copy is not put back."""

    OTHER_INSTALLATION = "other_installation"
    OTHER_ENGINE = "other_engine"
    CHANGED = "changed"
    OLDER_KEYS = "older_keys"
    NO_KEYS = "no_keys"


@dataclass(frozen=True, slots=True)
class Beside:
    """The keystore that a copy is to stand beside."""

    installation: str | None  # None: it does not say
    destroyed: int
    missing: int  # so many of the copy's owners have no keys in it, and were not destroyed


def why_not_restore(
    copy: Manifest, *, engine: str, sha256: str, keys: Beside | None
) -> Obstacle | None:
    """`sha256`: of the copy's database as it is now. `keys`: None where there is no keystore."""
    if engine != copy.engine:
        return Obstacle.OTHER_ENGINE
    if sha256 != copy.sha256:
        return Obstacle.CHANGED
    if keys is None:
        return Obstacle.NO_KEYS
    if keys.installation is not None and keys.installation != copy.installation:
        return Obstacle.OTHER_INSTALLATION
    older = keys.destroyed < copy.destroyed or keys.missing > 0
    return Obstacle.OLDER_KEYS if older else None
