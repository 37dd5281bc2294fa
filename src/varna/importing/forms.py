"""What the import's pages ask."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varna.foundation.ui.forms import OneChoice, OneFile, Setting
from varna.importing import words
from varna.importing.actions.answering import OpenName
from varna.importing.rules.columns import Choice, Column, why_not_use
from varna.importing.rules.questions import Namesakes
from varna.organisation.forms import KindsForm


class UploadForm(forms.Form):
    file = OneFile(
        label=_("File"),
        help_text=_("CSV or XLSX. Nothing is changed before you have seen what would change."),
        error_messages={"required": _("Choose a file that is not empty.")},
    )


class ColumnsForm(forms.Form):
    """One choice for each thing that the register can take from the file."""

    def __init__(self, *args: Any, headers: tuple[str, ...], choice: Choice, **kw: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kw)
        self.width = len(headers)
        places = [("", _("– not in the file –"))] + [
            (str(place), header or _("column %d") % (place + 1))
            for place, header in enumerate(headers)
        ]
        for column in Column:
            self.fields[column.value] = Setting(
                label=words.COLUMNS[column],
                choices=places,
                required=False,
                initial=str(choice.get(column, "")),
            )

    def choice(self) -> dict[Column, int]:
        return {Column(n): int(place) for n, place in self.cleaned_data.items() if place != ""}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            reason = why_not_use(self.choice(), self.width)
            if reason is not None:
                raise forms.ValidationError(words.MAPPING_REASONS[reason])
        return cleaned


class QuestionsForm(KindsForm):
    """What new bodies are, and whether a name is one person or several. Nothing is ticked."""

    def __init__(self, *args: Any, names: Sequence[OpenName], **kw: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kw)
        self.open = {f"namn-{one.key}": one for one in names}
        for name, one in self.open.items():
            self.fields[name] = OneChoice(
                label=one.name,
                help_text="; ".join(words.seat_of(row) for row in one.rows),
                choices=words.NAMESAKES.items(),
                widget=forms.RadioSelect,
                required=False,
            )

    def names(self) -> dict[str, Namesakes]:
        said = {n: self.cleaned_data.get(n) for n in self.open}
        return {self.open[n].key: Namesakes(one) for n, one in said.items() if one}
