"""How long it is kept who was whose contact."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="contacts",
        title="Namngivna kontakter och när de har kontrollerats",
        models=("contacts.Contact", "contacts.Verification"),
        why="Visar att varje nämnd, förvaltning och funktion har haft en kontakt.",
        keep_years=5,
        disposal="Raderna tas bort fem år efter att kontakten har slutat.",
    )
]
