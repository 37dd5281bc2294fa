"""Words for turns of duty, and for why one cannot be."""

from django.utils.translation import gettext_lazy as _

from varna.duty.rules import Length, Reason


LENGTHS = {Length.DAY: _("a day"), Length.WEEK: _("a week")}
REFUSAL = {
    Reason.TAKEN: _("Somebody has the duty on some of these days already. Choose other days."),
    Reason.NO_HANDLER: _("Only handlers have the duty. Choose somebody else."),
    Reason.SAME: _("Nobody stands in for themselves. Choose somebody else, or nobody."),
    Reason.NOBODY: _("Choose at least one person."),
}
