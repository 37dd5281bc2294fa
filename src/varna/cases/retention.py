"""How long cases are kept, and what is kept for ever."""

from varna.foundation.series import RecordSeries


CASES = RecordSeries(
    key="cases",
    title="Ärenden om hot, hat, våld och otillåten påverkan mot förtroendevalda",
    models=(
        "cases.Case",
        "cases.LinkedReport",
        "cases.Step",
        "cases.Assessment",
        "cases.Classification",
        "cases.Note",
        "cases.Closing",
    ),
    why="Stöd till den utsatta, uppföljning och prövning i efterhand.",
    keep_years=5,
    disposal="Nycklarna förstörs efter beslut; raderna blir kvar utan läsbart innehåll.",
)
SERIES = [
    CASES,
    RecordSeries(
        key="disposals",
        title="Beslut om gallring av ärenden och anmälningar, och när de verkställdes",
        models=("cases.Disposal",),
        why="Visar i efterhand att det som är borta gallrades efter beslut, av vilka och när.",
        keep_years=None,
        disposal="Bevaras.",
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
