"""In whatever order things happen: nobody sees more than they may, a conflict of interest is never
lost, and every report has a reader or an alarm.
"""

import os

from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import pytest

from moves import Moves


pytestmark = pytest.mark.django_db
LENGTH = 40  # deeds in one history


def test_no_order_of_deeds_shows_too_much_or_leaves_a_report_unread():
    Moves.steps = 0
    deep = bool(os.environ.get("DEEP"))
    histories = 600 if deep else 60
    how = settings(
        max_examples=histories,
        stateful_step_count=LENGTH,
        # What fails is made short only when somebody asks for it: that takes minutes.
        phases=(Phase.generate, Phase.shrink) if deep else (Phase.generate,),
    )
    run_state_machine_as_test(Moves, settings=how)
    assert Moves.steps >= 1000, f"only {Moves.steps} deeds"
    print(f"{Moves.steps} deeds in {histories} histories")
