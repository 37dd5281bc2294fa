"""What the pages of contacts ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.contacts.actions import Named


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    title = forms.CharField(label=_("Role at work"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=60)
    verified = forms.BooleanField(label=_("I have asked today, and this is right"), required=False)

    def said(self) -> Named:
        said = self.cleaned_data
        return Named(said["name"], said["title"], said["email"], said["phone"])


class FunctionForm(forms.Form):
    function = forms.SlugField(
        label=_("Id of the function"),
        help_text=_("What the plan's file calls it: letters a–z, digits and hyphens."),
        max_length=60,
    )
