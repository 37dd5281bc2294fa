"""How long it is kept who was invited to what."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="invitations",
        title="Kallelser till utbildningar och möten, och svar på dem",
        models=("invitations.Occasion", "invitations.Invitation"),
        why="Visar att planens åtaganden har hållits.",
        keep_years=5,
        disposal="Raderas efter beslut; antalen finns kvar i uppföljningen av planen.",
    )
]
