"""What the team does about a disputed wording: three forms on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from coproduce.agreeing.services import disputes
from coproduce.pages.facilitating.draft_forms import RevisionForm
from coproduce.understanding.services import wording as wordings

if TYPE_CHECKING:
    from coproduce.statements.models import Statement


class _WithReason(RevisionForm):
    reason = forms.CharField(
        label="Why",
        max_length=disputes.MOST_LETTERS,
        help_text="The people whose words these are read it on their own page.",
        error_messages={"required": "Say why. The people whose words these are read it."},
    )


class RewordForm(_WithReason):
    text = forms.CharField(
        label="The new wording",
        widget=forms.Textarea,
        max_length=wordings.MOST_LETTERS,
        error_messages={"required": "Write the wording."},
    )
    field_order = ["revision", "text", "reason"]


class SplitForm(_WithReason):
    take_out = forms.TypedMultipleChoiceField(
        label="Words that shall stand on their own",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the words that shall stand on their own."},
    )
    field_order = ["revision", "take_out", "reason"]

    def __init__(self, *args: Any, statements: list[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["take_out"].choices = [  # type: ignore[attr-defined]
            (statement.pk, statement.text) for statement in statements
        ]


class StandForm(_WithReason):
    """`seen`: keys of the disputes that the page showed."""

    seen = forms.RegexField(r"^\d{1,15}(,\d{1,15})*$", widget=forms.HiddenInput)

    def disputes(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["seen"].split(",")]
