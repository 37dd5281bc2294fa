"""How long it is kept who may do what, what was done, and what was sent."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="accounts",
        title="Konton och roller",
        models=(
            "accounts.Account",
            "accounts.KeyTag",
            "accounts.PersonChange",
            "accounts.RoleGrant",
        ),
        why="Visar i efterhand vem som hade vilken behörighet; loggen hänvisar till kontot.",
        keep_years=10,
        disposal="Raderas efter fristen, räknad från att den sista rollen upphörde.",
    ),
    RecordSeries(
        key="sessions",
        title="Inloggningar som pågår, och den senast mejlade koden",
        models=("accounts.Session", "accounts.SentCode"),
        why="En inloggning ska kunna hållas vid liv och avslutas. Innehållet är krypterat.",
        keep_years=0,
        disposal="Raderas när inloggningen upphör; loggen visar att någon har loggat in.",
    ),
    RecordSeries(
        key="duty",
        title="Jourlista",
        models=("accounts.Shift",),
        why="Visar i efterhand vem som hade jouren när en anmälan kom.",
        keep_years=2,
        disposal="Raderas efter fristen.",
    ),
    RecordSeries(
        key="access",
        title="Behörighet till anmälningar och ärenden",
        models=("access.Grant", "access.KeptOut", "access.Matter"),
        why="Visar i efterhand vem som har kunnat se ett ärende, och varför.",
        keep_years=5,
        disposal="Raderas med ärendet.",
    ),
    RecordSeries(
        key="log",
        title="Logg över vad som har gjorts och vem som har läst, med signaturer",
        models=(
            "audit.Event", "audit.Waiting", "audit.Leaf", "audit.Range", "audit.Checkpoint",
        ),
        why="Intrång och fel ska kunna upptäckas och prövas. Inga rader går att ta bort.",
        keep_years=None,
        disposal="Bevaras. Raderna innehåller hänvisningar, inte vad någon har skrivit.",
    ),
    RecordSeries(
        key="installation",
        title="Vilken installation databasen hör till",
        models=("keys.Installation",),
        why="Databas och nyckelförråd ska inte kunna blandas ihop med en annan installations.",
        keep_years=None,
        disposal="Finns så länge installationen finns.",
    ),
    RecordSeries(
        key="mails",
        title="Utgående mejl, påminnelser och driftsignaler",
        models=("outbox.Mail", "outbox.Pulse", "audit.Clock", "notices.Reminder"),
        why="Ett mejl ska kunna skickas om, och samma påminnelse inte komma två gånger.",
        keep_years=1,
        disposal="Innehållet raderas när mejlet har skickats; raderna efter fristen.",
    ),
]  # fmt: skip
