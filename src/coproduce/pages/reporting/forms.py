from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import F

from coproduce.conversations.models import Conversation, Phase


class AnnualForm(forms.Form):
    """What a yearly report is about."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Give the report a title."},
    )
    first_day = forms.DateField(
        label="First day",
        help_text="Comments that were given from this day on.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the first day.", "invalid": "This is not a date."},
    )
    last_day = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the last day.", "invalid": "This is not a date."},
    )
    conversations = forms.ModelMultipleChoiceField(
        label="Which conversations?",
        help_text="Statements in them that were noted as about the Local Offer come in.",
        queryset=Conversation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one conversation."},
    )
    introduction = forms.CharField(
        label="Introduction",
        help_text="In your own words. It may stay empty.",
        widget=forms.Textarea,
        max_length=5000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["conversations"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Conversation.objects.exclude(phases=[Phase.DRAFT]).order_by(
            F("opened_at").desc(nulls_last=True), "name", "pk"
        )
