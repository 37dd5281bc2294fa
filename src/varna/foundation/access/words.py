"""Words for what somebody is to a report or case, and why they were let in."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from varna.foundation.access.rules import GrantReason, Relation


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise


RELATIONS: dict[Relation, "Promise"] = {
    Relation.REPORTER: _("has reported"),
    Relation.EXPOSED: _("is exposed"),
    Relation.TRIAGE: _("takes new reports"),
    Relation.ASSIGNED: _("handles the case"),
    Relation.LEAD: _("leads the work"),
    Relation.SHARED: _("the administration's contact, after sharing"),
}
GRANT_REASONS: dict[GrantReason, "Promise"] = {
    GrantReason.DUTY: _("on duty for new reports"),
    GrantReason.ROLE: _("leads the work"),
    GrantReason.HANDLES: _("handles the case"),
    GrantReason.TAKEN: _("took the case"),
    GrantReason.SUBSTITUTE: _("stands in for somebody"),
    GrantReason.SECOND: _("second opinion on an assessment"),
    GrantReason.ADMINISTRATION: _("the administration carries out a measure"),
    GrantReason.OWN: _("own matter"),
}
