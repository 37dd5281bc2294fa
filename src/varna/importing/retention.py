"""How long it is kept what files have been read into the register."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="register-imports",
        title="Inläsningar till registret: vem, när, antal och vad som ändrades",
        models=("importing.Import", "importing.Before", "importing.RememberedColumns"),
        why="Ett fel i registret ska kunna följas till filen som det kom från.",
        keep_years=2,
        disposal="Filen raderas när den har lästs in eller lagts bort, det som stod i registret "
        "före när nästa fil läses in, raderna efter fristen.",
    )
]
