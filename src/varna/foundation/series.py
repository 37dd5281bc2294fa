"""Kinds of records: what, why, how long they are kept, and how they are disposed of.

Each room declares its own, in its `retention.py`; whoever lists them knows no room by name.
"""

from dataclasses import dataclass

from varna.foundation import rooms


@dataclass(frozen=True, slots=True)
class RecordSeries:
    """One kind of record (handlingsslag) in the municipality's plan for its information.

    `keep_years` counts from the closing of what the record belongs to; None: kept for ever.
    Disposal needs a decision by the municipality (arkivlagen 10 §); `decision` names it, empty
    until it is taken.
    """

    key: str
    title: str
    models: tuple[str, ...]
    why: str
    keep_years: int | None
    disposal: str
    decision: str = ""


def series() -> list[RecordSeries]:
    """Every series, from each room's retention."""
    return [one for room in rooms.modules("retention") for one in room.SERIES]
