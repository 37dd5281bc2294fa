"""How long it is kept what was done together with others."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="cooperation",
        title="Samverkan: parter, kontakter, möten, uppgifter och det som har delats",
        models=(
            "cooperation.Partner", "cooperation.PartyAlone", "cooperation.PartnerContact",
            "cooperation.Checked",
            "cooperation.Touch", "cooperation.Meeting", "cooperation.Task", "cooperation.Sharing",
        ),
        why="Visar att samverkan har ägt rum, och vad som har lämnats ut på vilken grund.",
        keep_years=5,
        disposal="Raderna tas bort fem år efter att parten eller mötet har upphört.",
    )
]  # fmt: skip
