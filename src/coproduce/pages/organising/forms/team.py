"""Forms for the team of a conversation."""

from __future__ import annotations

from typing import Any

from django import forms

from coproduce.conversations.models import Conversation, PartnerGroup
from coproduce.people.models import Role

ROLE_HINTS = {
    Role.ORGANISER: "Makes and opens the conversation, invites the team, turns keys.",
    Role.FACILITATOR: "Looks at new words, puts them together, makes ideas.",
    Role.SAFEGUARDING: "Alone reads words that make somebody worry about someone’s safety.",
    Role.SPECIALIST: "Knows a subject, and answers questions about it.",
    Role.DECISION_MAKER: "Decides, and tells people what was decided and why.",
}


TWO_KEYS = "Two keys are turned by people of different partner groups."


class MemberForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label="What do they do here?",
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pick at least one role."},
    )
    partner_group = forms.ChoiceField(
        label="Which partner group do they stand for?",
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not conversation.runs_alone:
            self.fields["partner_group"].help_text = TWO_KEYS
        self.groups = {
            group.key: group
            for group in conversation.partner_groups.all()
            if group.retired_at is None
        }
        choices = [*((key, group.label) for key, group in self.groups.items()), ("", "None")]
        self.fields["partner_group"].choices = choices  # type: ignore[attr-defined]
        self.fields["roles"].choice_hints = {  # type: ignore[attr-defined]
            role.value: hint for role, hint in ROLE_HINTS.items()
        }

    def chosen_group(self) -> PartnerGroup | None:
        return self.groups.get(self.cleaned_data["partner_group"])


class InviteForm(MemberForm):
    name = forms.CharField(
        label="Their name", max_length=120, error_messages={"required": "Type their name."}
    )
    email = forms.EmailField(
        label="Their email address",
        help_text="They sign in with it. It is not shown to people who take part.",
        error_messages={
            "required": "Type their email address.",
            "invalid": "This is not an email address. One looks like hal@example.org.",
        },
    )
    field_order = ("name", "email", "roles", "partner_group")


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label="Why? (you can leave this empty)", required=False, max_length=300
    )
