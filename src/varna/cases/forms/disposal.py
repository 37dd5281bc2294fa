"""What asking for a disposal asks."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    decision = forms.CharField(
        label=_("The decision's reference"),
        max_length=80,
        help_text=_("For example KS 2026/123. No names: whoever runs the server can read it."),
        error_messages={"required": _("Without a decision nothing is destroyed.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
