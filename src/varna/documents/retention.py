"""How long adopted texts, and who was told of them, are kept."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="documents",
        title="Handlingsplan, riktlinje och andra styrdokument med sina versioner",
        models=("documents.Document", "documents.Version"),
        why="Kommunens egna beslut; vad som gällde en viss dag ska kunna visas.",
        keep_years=None,
        disposal="Gallras inte.",
    ),
    RecordSeries(
        key="acknowledgements",
        title="Kvittenser på att styrdokument är kända",
        models=("documents.Asking", "documents.Acknowledgement", "documents.AdviceCheck"),
        why="Visar att planens åtaganden om att göra den känd är uppfyllda.",
        keep_years=5,
        disposal="Raderna tas bort; antalen står kvar i rapporten om åtagandena.",
    ),
]
