"""How long reports are kept."""

from varna.foundation.series import RecordSeries


REPORTS = RecordSeries(
    key="reports",
    title="Anmälningar om otillåten påverkan och meddelanden med anmälaren",
    models=("reports.Report", "reports.Entry"),
    why="Handläggningen av ärendet och anmälarens rätt att se vad som hände.",
    keep_years=5,
    disposal=(
        "Nycklarna förstörs när ärendet gallras, därefter raderna. En anmälan som har lagts åt "
        "sidan gallras för sig, räknat från dagen då den lades åt sidan."
    ),
)
SERIES = [REPORTS]
