"""Bringing statements in: the file, and which column holds what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from coproduce.exchange.statement_import.columns import Field
from coproduce.exchange.statement_import.plan import Choices, column_letter
from coproduce.exchange.statement_import.tables import Table
from coproduce.statements.models import Source

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation


class FileForm(forms.Form):
    file = forms.FileField(
        label="A file with statements",
        help_text="Of the kind .csv or .xlsx, with one statement in each row. At most 10 megabytes "
        "and 20,000 rows.",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. Choose a file with at least one statement.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )


class ColumnsForm(forms.Form):
    """How the file is read. Sent by GET, so that the page with its preview can be loaded again."""

    headings = forms.TypedChoiceField(
        label="Is the first row headings?",
        choices=[("yes", "Yes"), ("no", "No, it is a statement")],
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, table: Table, conversation: Conversation, guessed: Choices, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "headings": "yes" if guessed.headings else "no",
            **{f"column_{field}": column for field, column in guessed.columns.items()},
        }
        super().__init__(*args, **kwargs)
        first = table.rows[0]
        columns = [
            (number, f"{column_letter(number)}: {first.cell(number).strip()[:60] or '(empty)'}")
            for number in range(table.width)
        ]
        for field in Field:
            self.fields[f"column_{field}"] = forms.TypedChoiceField(
                label=field.label,
                choices=[("", "Not in the file"), *columns],
                coerce=int,
                empty_value=None,
                required=False,
            )
        questions = [(q.pk, q.text) for q in conversation.questions.filter(retired_at=None)]
        self.fields["question"] = forms.TypedChoiceField(
            label="Rows that name no question answer",
            choices=questions,
            coerce=int,
            required=False,
            empty_value=None,
            initial=questions[0][0] if questions else None,
        )

    def choices(self) -> Choices:
        """What was chosen; needs a valid form."""
        given = self.cleaned_data
        return Choices(
            headings=given["headings"] == "yes",
            columns={
                field: given[f"column_{field}"]
                for field in Field
                if given.get(f"column_{field}") is not None
            },
            question_id=given.get("question"),
        )


class ConfirmForm(forms.Form):
    show = forms.TypedChoiceField(
        label="Who may see them at once?",
        choices=[
            ("wait", "They wait until somebody has looked at them"),
            ("show", "Show them at once: these words were already published"),
        ],
        coerce=lambda value: value == "show",
        widget=forms.RadioSelect,
        initial="wait",
    )
    source = forms.ChoiceField(
        label="Rows without a person come from",
        choices=[
            (Source.COLLECTIVE, "People in a room, together"),
            (Source.UNKNOWN, "We do not know"),
        ],
        widget=forms.RadioSelect,
        initial=Source.COLLECTIVE,
        help_text="They carry no answers, since we cannot count people in them.",
    )
