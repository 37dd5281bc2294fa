"""How long turns of duty are kept."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="handovers",
        title="Överlämning mellan jourer",
        models=("duty.Turn",),
        why="Den som går på jouren ska veta vad som väntar.",
        keep_years=2,
        disposal="Nycklarna förstörs efter fristen, därefter raderna.",
    )
]
