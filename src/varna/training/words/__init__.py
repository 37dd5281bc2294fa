"""What the training pages call things."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from varna.training.rules import How, Subject, What


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise


HOW: dict[How, "Promise"] = {
    How.LIST: _("ticked on the list"),
    How.CODE: _("wrote the code in the room"),
    How.COURSE: _("went through the self-study"),
}
WHAT: dict[What, "Promise"] = {
    What.COMPETENCE: _("Has the training that is needed, and knows how the risks are avoided"),
    What.RISK: _("An individual risk assessment has been made"),
}
SUBJECT: dict[Subject, "Promise"] = {
    Subject.DETECT: _("to notice threats and unlawful influence"),
    Subject.PREVENT: _("to prevent them"),
    Subject.HANDLE: _("to handle what happens"),
}
RESULTS: dict[str, "Promise"] = {
    "wrong_code": _(
        "That is not the code. Look at it once more, or ask whoever holds the session."
    ),
    "not_now": _("The code counts on the day of the session. Talk to whoever holds it."),
    "too_many": _("That was many tries. Ask whoever holds the session to tick you on the list."),
}
