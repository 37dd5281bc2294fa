"""How long reports are kept."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="reports",
        title="Anmälningar om otillåten påverkan och meddelanden med anmälaren",
        models=("reports.Report", "reports.Entry"),
        why="Handläggningen av ärendet och anmälarens rätt att se vad som hände.",
        keep_years=5,
        disposal="Nycklarna förstörs när ärendet gallras, därefter raderna.",
    )
]
