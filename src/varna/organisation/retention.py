"""How long the register is kept."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="register-bodies",
        title="Organ, förvaltningar, partier och mandatperioder",
        models=(
            "organisation.Body", "organisation.Administration", "organisation.Party",
            "organisation.MandatePeriod", "organisation.Vouching",
        ),
        why="Visar i efterhand vem planen gällde, och när.",
        keep_years=None,
        disposal="Bevaras.",
    ),
    RecordSeries(
        key="register-people",
        title="Förtroendevalda och andra i registret, deras kontaktuppgifter och uppdrag",
        models=("organisation.Person", "organisation.Assignment"),
        why="Den som har ett uppdrag ska kunna kallas, och det som har gjorts ska kunna räknas.",
        keep_years=5,
        disposal="Kontaktuppgifterna raderas när uppdragen upphör, namn och uppdrag efter fristen.",
    ),
]  # fmt: skip
