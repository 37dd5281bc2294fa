"""How forms are drawn: label, hint, error beside the field, then the field."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Fields are drawn by `ui/components/field.html`."""

    field_template_name = "ui/components/field.html"
