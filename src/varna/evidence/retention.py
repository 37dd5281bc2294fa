"""How long originals are kept: as long as the case they belong to."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="evidence",
        title="Original och bilagor i ärenden om otillåten påverkan",
        models=("evidence.Item",),
        why="Bevis för den utsatta, polisen och en senare prövning.",
        keep_years=5,
        disposal="Nycklarna förstörs med ärendet, därefter filerna.",
    )
]
