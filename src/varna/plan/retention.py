"""How long the plan's rows are kept."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="plan",
        title="Handlingsplanens läsning: versioner, beslut att följa dem och händelsers dagar",
        models=("plan.Edition", "plan.Adoption", "plan.Event"),
        why="Visar i efterhand vad som var utlovat när.",
        keep_years=None,
        disposal="Bevaras.",
    ),
]
