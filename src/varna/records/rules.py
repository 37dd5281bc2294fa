"""Kinds of records: what, why, how long they are kept, how they are disposed of. Pure."""

from dataclasses import dataclass


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
