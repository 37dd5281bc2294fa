"""What a note asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.cases.forms.fields import text


class NoteForm(forms.Form):
    text = text(_("Note"), rows=3, error_messages={"required": _("Write something first.")})
    private = forms.BooleanField(
        label=_("Only for me"),
        required=False,
        help_text=_("A private reminder. What the case rests on belongs in a note for the team."),
    )
