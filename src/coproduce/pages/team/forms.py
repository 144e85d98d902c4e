"""Forms of the door, and for making a conversation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from coproduce.conversations.starting import SEND_GROUPS, TEMPLATES
from coproduce.people.models import Account


class SignInForm(forms.Form):
    email = forms.EmailField(
        label="Email address",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": "Type your email address."},
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password."},
    )


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label="Choose a password",
        help_text="12 letters or more. Four or five words that do not belong together are good.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Type a password."},
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Type the password again."},
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise ValidationError("The two passwords are not the same.")
        return again


class ChangePasswordForm(NewPasswordForm):
    now = forms.CharField(
        label="Your password now",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password."},
    )
    field_order = ("now", "password", "again")

    def clean_now(self) -> str:
        now: str = self.cleaned_data["now"]
        if not self.account.check_password(now):
            raise ValidationError("This is not your password.")
        return now


class NewConversationForm(forms.Form):
    name = forms.CharField(
        label="What is the conversation called?",
        help_text="A few plain words, such as: Getting to school.",
        max_length=120,
        error_messages={"required": "Give it a name. You can change it until it opens."},
    )
    template = forms.ChoiceField(
        label="How will you run it?",
        choices=[(each.key, each.title) for each in TEMPLATES],
        widget=forms.RadioSelect,
        error_messages={"required": "Pick one. You can change everything afterwards."},
    )
    stands_for = forms.ChoiceField(
        label="Which partner group do you stand for?",
        help_text=(
            "Two people of different partner groups open a conversation together. "
            "You are one of them."
        ),
        choices=[*((group.key, group.label) for group in SEND_GROUPS), ("", "None of these")],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {each.key: each.about for each in TEMPLATES}
        self.fields["template"].choice_hints = hints  # type: ignore[attr-defined]
