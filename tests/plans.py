"""A small plan to try and to break, and what the tests of the plan ask again and again."""

import datetime as dt

from varna.plan.rules.faults import PlanRefusedError
from varna.plan.rules.loading import load


ELECTION = dt.date(2026, 9, 13)
PLAN = """
format = 1

[plan]
id = "test/plan"
version = "1"
title = { sv = "Plan", en = "Plan" }
reference = "KS 1"
adopted-on = 2026-01-31
adopted-by = "board"
owner = "office"

[mandate]
elections = { month = 9, weekday = "sunday", nth = 2, every-years = 4, known = 2026-09-13 }
council-from = "10-15"
boards-from = "01-01"

[roles.office]
title = { sv = "Kansli", en = "Office" }
[roles.board]
title = { sv = "Styrelse", en = "Board" }
part-of = "office"

[groups.people]
title = { sv = "Alla", en = "All" }
assignments = ["elected"]
[groups.partners]
title = { sv = "Partner", en = "Partners" }
organisations = ["police"]

[[commitments]]
id = "training"
anchor = "A"
title = { sv = "Utbildning", en = "Training" }
basis = "plan"
by = "office"
for = "people"
modal = "shall"
does = "offer-training"
cadence = { form = "every", months = 6 }
"""


def commitment(cadence, name="one", does='"attest"'):
    """One more commitment with this cadence, as text."""
    return f"""
[[commitments]]
id = "{name}"
anchor = "A"
title = {{ sv = "Ett", en = "One" }}
basis = "plan"
by = "office"
modal = "shall"
does = {does}
cadence = {{ {cadence} }}
"""


def loaded(*more):
    return load((PLAN + "".join(more)).encode())


def faults_of(text):
    """What the file is refused for."""
    try:
        load(text.encode() if isinstance(text, str) else text)
    except PlanRefusedError as refusal:
        return refusal.faults
    return ()
