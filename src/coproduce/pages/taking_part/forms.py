"""What people fill in while taking part. One question a form."""

from __future__ import annotations

from typing import Any

from django import forms

from coproduce.conversations.models import Conversation
from coproduce.genuineness.models import CheckInAnswer, FeltRung
from coproduce.pages.taking_part.page import new_form_key
from coproduce.people.models import WhoseWords
from coproduce.refused import Refused
from coproduce.responses.models import Answer
from coproduce.words.services import LONGEST, required


class WordsField(forms.CharField):
    """People's own words. Too long is said, never cut: there is no `maxlength` on the control."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, required=False, **kwargs)
        self.validators = []
        self.max_length = LONGEST

    def clean(self, value: Any) -> str:
        try:
            return required(str(value or ""))
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


class WhoseForm(forms.Form):
    """Whose words these will be."""

    whose = forms.ChoiceField(
        label="Whose words will these be?",
        widget=forms.RadioSelect,
        choices=[(key, label) for key, label in WhoseWords.choices if key != WhoseWords.PAPER],
        error_messages={"required": "Choose one. You can go back and change it."},
    )


class WhoForm(forms.Form):
    """Who somebody is: any number of partner groups, own words, or nothing."""

    groups = forms.MultipleChoiceField(
        label="Who are you?",
        help_text="Pick as many as you like. You can also pick none.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    description = forms.CharField(
        label="Or say it in your own words",
        help_text="You do not have to. Leave out your name.",
        required=False,
        max_length=200,
    )
    form_key = forms.CharField(widget=forms.HiddenInput, initial=new_form_key, required=False)

    def __init__(
        self, *args: Any, conversation: Conversation, whose_words: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        adult = whose_words in WhoseWords.never_a_childs()
        self.offered = [
            group
            for group in conversation.partner_groups.all()
            if group.retired_at is None and not (adult and group.is_children)
        ]
        field = self.fields["groups"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(group.key, group.label) for group in self.offered]
        if adult:
            field.help_text = (
                "This is about you, the adult. Pick as many as you like. You can also pick none."
            )


class AreaForm(forms.Form):
    """Where somebody lives or works, if they like to say."""

    area = forms.ChoiceField(label="Which area are you from?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.required = False
        field.choices = [
            ("", "I don’t want to say"),
            *((area.key, area.label) for area in conversation.areas.all()),
        ]


class SayForm(forms.Form):
    """Words in answer to a question."""

    words = WordsField(label="Your words")
    form_key = forms.CharField(widget=forms.HiddenInput, initial=new_form_key, required=False)


class ReasonForm(forms.Form):
    """A reason, with the answer that it is for."""

    answer = forms.ChoiceField(
        label="What do you think?",
        widget=forms.RadioSelect,
        choices=[(answer.value, answer.label) for answer in Answer],
        error_messages={"required": "Choose what you think. What you typed is still here."},
    )
    words = WordsField(label="Why?")
    form_key = forms.CharField(widget=forms.HiddenInput, initial=new_form_key, required=False)


class CodeForm(forms.Form):
    """A private code."""

    code = forms.CharField(
        label="Your private code",
        help_text="Four words. Capital letters do not matter.",
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class JoinCodeForm(forms.Form):
    """The short code of a conversation."""

    code = forms.CharField(
        label="The code of the conversation",
        help_text="Six letters and numbers, on the screen or on your paper. Of a slip: the 16 that "
        "stand after “slip”.",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class WordsForm(forms.Form):
    """A few words more, where somebody wants to."""

    words = WordsField(label="Your words")
    form_key = forms.CharField(widget=forms.HiddenInput, initial=new_form_key, required=False)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label


class HowFarForm(forms.Form):
    """How far it went, in the words of the ladder of participation."""

    rung = forms.ChoiceField(
        label="How far did it go?",
        widget=forms.RadioSelect,
        choices=[
            *FeltRung.choices,
            (CheckInAnswer.Choice.NOT_SURE, CheckInAnswer.Choice.NOT_SURE.label),
            (CheckInAnswer.Choice.RATHER_NOT, CheckInAnswer.Choice.RATHER_NOT.label),
        ],
        error_messages={"required": "Choose one. You can also skip this."},
    )

    def clean_rung(self) -> str:
        """Empty where somebody does not know, or does not want to say."""
        said: str = self.cleaned_data["rung"]
        return said if said in FeltRung.values else ""


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="Your email address",
        max_length=254,
        error_messages={
            "required": "Type your email address.",
            "invalid": "This does not look like an email address. It has an @, such as "
            "amina@example.org.",
        },
    )
