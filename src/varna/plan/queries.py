"""Reading plans' files: those that come with Värna, by name, and others by their path."""

from pathlib import Path

from varna.plan.rules.loading import MOST_BYTES, load
from varna.plan.rules.terms import PlanFile


_SHIPPED = Path(__file__).resolve().parent / "plans"


def shipped() -> dict[str, Path]:
    """The plans that come with Värna, by name."""
    return {path.stem: path for path in sorted(_SHIPPED.glob("*.toml"))}


def plan_in(name: str) -> PlanFile:
    """A file where there is one, else a shipped plan. OSError, or PlanRefusedError with why not."""
    path = Path(name)
    if not path.exists():
        path = shipped().get(name, path)
    with path.open("rb") as file:
        # One byte more than may be, so that what is too large is refused and never read whole.
        return load(file.read(MOST_BYTES + 1))
