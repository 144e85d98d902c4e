"""Forms for slips: to print, and to type in."""

from __future__ import annotations

from typing import Any

from django import forms

from coproduce.conversations.models import Conversation, PartnerGroup, Question
from coproduce.people.models import WhoseWords
from coproduce.people.services.slips import MOST_AT_ONCE
from coproduce.statements.services.typing_in import MOST_DOTS
from coproduce.words.services.keeping import LONGEST

# How words were given, as the writer ticks it on paper: nobody else could say it afterwards.
ON_SLIPS = {
    WhoseWords.PAPER: "My own",
    WhoseWords.HELPER_TYPED: "My own, a helper wrote them",
    WhoseWords.SYMBOLS: "Symbols or photos",
    WhoseWords.OBSERVATION: "An adult says what they saw of a child",
    WhoseWords.SPEAKS_FOR: "An adult speaks for a child",
}


class JoinSlipsForm(forms.Form):
    count = forms.IntegerField(
        label="How many slips?",
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=40,
        error_messages={
            "required": "Type how many.",
            "invalid": "Type a number, such as 40.",
            "min_value": f"Print 1 to {MOST_AT_ONCE} slips at a time.",
            "max_value": f"Print 1 to {MOST_AT_ONCE} slips at a time.",
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )
    each_page = forms.TypedChoiceField(
        label="Slips on a page (A4)",
        choices=[("8", "8"), ("10", "10")],
        initial="8",
        coerce=int,
        widget=forms.RadioSelect,
    )


class PaperSlipsForm(forms.Form):
    first = forms.IntegerField(
        label="First number",
        help_text="Higher than on any slip that you printed before. Two slips with one number "
        "count as one person’s.",
        min_value=1,
        max_value=99999,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )
    count = forms.IntegerField(
        label="How many slips?",
        min_value=1,
        max_value=MOST_AT_ONCE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )


class TypeInForm(forms.Form):
    """One slip. What was picked for the last one is picked for the next."""

    words = forms.CharField(
        label="Words on the slip",
        help_text="Exactly as they were written.",
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
        error_messages={
            "required": "Type the words of the slip.",
            "max_length": f"There is room for {LONGEST:,} characters. Put the rest on a second "
            "slip with the same number.",
        },
    )
    number = forms.IntegerField(
        label="Number of the slip",
        help_text="The same number is the same person. Empty: a person of its own.",
        required=False,
        min_value=1,
        max_value=99999,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
    )
    dots = forms.IntegerField(
        label="Dots on it",
        required=False,
        min_value=0,
        max_value=MOST_DOTS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )
    question = forms.ChoiceField(
        label="Question",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the question that the slip answers."},
    )
    groups = forms.MultipleChoiceField(
        label="Partner groups ticked on it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    how_given = forms.ChoiceField(
        label="Whose words are these?",
        help_text="As it is ticked on the slip.",
        choices=list(ON_SLIPS.items()),
        initial=WhoseWords.PAPER,
        widget=forms.RadioSelect,
    )
    form_key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {
            str(question.pk): question
            for question in conversation.questions.all()
            if question.retired_at is None
        }
        self.invited: dict[str, PartnerGroup] = {
            group.key: group
            for group in conversation.partner_groups.all()
            if group.retired_at is None
        }
        asked = [(key, question.text) for key, question in self.questions.items()]
        self.fields["question"].choices = asked  # type: ignore[attr-defined]
        if len(asked) == 1:
            self.fields["question"].widget = forms.HiddenInput()
            self.fields["question"].initial = asked[0][0]
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            (key, group.label) for key, group in self.invited.items()
        ]

    def chosen_question(self) -> Question:
        return self.questions[self.cleaned_data["question"]]

    def chosen_groups(self) -> list[PartnerGroup]:
        return [self.invited[key] for key in self.cleaned_data["groups"]]
