"""How long requests for help are kept."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="requests",
        title="Förvaltningarnas begäran om hjälp, med svar",
        models=("requests.HelpRequest",),
        why="Visar att den som har bett om hjälp har fått svar i tid.",
        keep_years=5,
        disposal="Nycklarna förstörs fem år efter svaret, därefter raderna.",
    )
]
