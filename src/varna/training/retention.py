"""How long it is kept who was trained."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="training",
        title="Utbildningar: tillfällen, närvaro och självstudier",
        models=("training.Session", "training.Attendance", "training.CourseStep"),
        why="Visar att planens åtaganden har hållits.",
        keep_years=5,
        disposal="Raderas efter beslut; antalen finns kvar i uppföljningen av planen.",
    ),
    RecordSeries(
        key="confirmations",
        title="Intyg om kompetens och individuella riskbedömningar för heltidsförtroendevalda",
        models=("training.Confirmation",),
        why="Kommunallagen 4 kap. 18 a §.",
        keep_years=5,
        disposal="Nycklarna förstörs efter beslut, därefter raderna.",
    ),
]
