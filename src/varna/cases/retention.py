"""How long cases are kept, and what is kept for ever."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="cases",
        title="Ärenden om hot, hat, våld och otillåten påverkan mot förtroendevalda",
        models=(
            "cases.Case", "cases.LinkedReport", "cases.Step", "cases.Assessment",
            "cases.Classification", "cases.Note", "cases.Closing",
        ),
        why="Stöd till den utsatta, uppföljning och prövning i efterhand.",
        keep_years=5,
        disposal="Nycklarna förstörs efter beslut; raderna blir kvar utan läsbart innehåll.",
    ),
    RecordSeries(
        key="lessons",
        title="Lärdomar ur avslutade ärenden, utan uppgifter som pekar ut någon",
        models=("cases.Lesson",),
        why="Planen ska revideras utifrån tidigare erfarenheter.",
        keep_years=None,
        disposal="Bevaras.",
    ),
]  # fmt: skip
