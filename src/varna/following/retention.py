"""How long what is said about the promises is kept."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="compliance",
        title="Intyganden, avvikelser, överväganden och rapporter om hur planen följs",
        models=(
            "following.Statement", "following.Deviation", "following.Consideration",
            "following.ConsideredLesson", "following.Report", "following.Publication",
            "following.TermsLine", "following.TermsReview", "following.RecordsCheck",
        ),
        why="Visar i efterhand vad som var känt om planens efterlevnad och vad som gjordes åt det.",
        keep_years=None,
        disposal="Bevaras.",
    ),
    RecordSeries(
        key="compliance-addresses",
        title="Vem som svarar för planens roller, och kalenderadresser",
        models=("following.Responsible", "following.Feed"),
        why="Påminnelser når den som ska göra något.",
        keep_years=2,
        disposal="Raderas.",
    ),
]  # fmt: skip
