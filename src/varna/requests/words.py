"""Words for what help is about, and where it stands."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from varna.requests.rules import Reason, Standing, Subject


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise


SUBJECTS: dict[Subject, "Promise"] = {
    Subject.MEETING: _("A meeting or a visit that worries us"),
    Subject.PREMISES: _("Premises, doors and alarms"),
    Subject.PERSON: _("How we support somebody"),
    Subject.TRAINING: _("Training for our board or staff"),
    Subject.ROUTINES: _("Our own routines"),
    Subject.OTHER: _("Something else"),
}
REFUSAL: dict[Reason, "Promise"] = {
    Reason.ANSWERED: _("Somebody else has answered. Their answer stands above."),
}
STANDINGS: dict[Standing, "Promise"] = {
    Standing.WAITING: _("waits for an answer"),
    Standing.LATE: _("the answer is late"),
    Standing.ANSWERED: _("answered in time"),
    Standing.ANSWERED_LATE: _("answered late"),
}
