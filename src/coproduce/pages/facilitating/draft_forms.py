"""What the team writes around people's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from coproduce.understanding.models import Draft
from coproduce.understanding.services import raising, wording

if TYPE_CHECKING:
    from coproduce.ideas.models import Idea, Wording


class RevisionForm(forms.Form):
    """A form that carries the revision that its page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class DraftForm(RevisionForm):
    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="For instance: What we understand together about getting to school.",
        error_messages={"required": "Write a title."},
    )
    introduction = forms.CharField(
        label="Introduction",
        widget=forms.Textarea,
        max_length=6000,
        help_text="What this is about, when it was, and who ran it. An empty line starts a new "
        "paragraph.",
        error_messages={"required": "Write an introduction."},
    )
    how_it_was_done = forms.CharField(
        label="How it was done",
        widget=forms.Textarea,
        max_length=6000,
        required=False,
        help_text="How people could take part, and what was done so that everybody could.",
    )
    asked = forms.IntegerField(
        label="How many people were asked",
        min_value=1,
        max_value=10_000_000,
        required=False,
        help_text="As far as you know. Leave it empty if you do not know. How many took part is "
        "worked out, and rounded.",
    )
    order = forms.ChoiceField(
        label="The order of the lines under a heading",
        choices=Draft.Order.choices,
        widget=forms.RadioSelect,
        help_text="The page says which one you chose.",
    )
    what_changed = forms.CharField(
        label="A note about what changed",
        widget=forms.Textarea,
        max_length=2000,
        required=False,
        help_text="For the next version. Lines and figures that changed are listed by themselves.",
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["what_changed"]


class SummaryForm(RevisionForm):
    summary = forms.CharField(
        label="A sentence or two under the heading",
        widget=forms.Textarea,
        max_length=600,
        required=False,
        help_text="In your words, to lead in. People's own words stand below it.",
    )


class WordingForm(RevisionForm):
    text = forms.CharField(
        label="Combined wording",
        widget=forms.Textarea,
        max_length=wording.MOST_LETTERS,
        help_text="One sentence that says what all of them say, and no more. It is shown as yours.",
        error_messages={"required": "Write the wording."},
    )
    statements = forms.TypedMultipleChoiceField(
        label="The words that it rests on",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the words that the wording rests on."},
    )

    def __init__(
        self, *args: Any, idea: Idea, replaces: Wording | None = None, **kwargs: Any
    ) -> None:
        if replaces is not None:
            kwargs["initial"] = {
                "text": replaces.text,
                "statements": [s.pk for s in replaces.rests_on.all()],
                **kwargs.get("initial", {}),
            }
        super().__init__(*args, **kwargs)
        placements = (
            idea.placements.held()
            .filter(statement__words__standing="shown")
            .select_related("statement__words__kept_text")
            .prefetch_related("statement__words__maskings")
        )
        self.fields["statements"].choices = [  # type: ignore[attr-defined]
            (placement.statement_id, placement.statement.text) for placement in placements
        ]


class RaisedForm(RevisionForm):
    text = forms.CharField(
        label="Add a question that people raised",
        widget=forms.Textarea,
        max_length=raising.MOST_LETTERS,
        help_text="As they raised it. Questions that people ask here, in their words, stand in the "
        "document by themselves once they are shown.",
        error_messages={"required": "Write the question."},
    )
