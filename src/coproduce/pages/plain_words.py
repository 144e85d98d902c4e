"""What a form says when something is wrong and the form has no words of its own for it."""

from __future__ import annotations

from django import forms
from django.core import validators

OF_FIELDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Fill this in."},
    forms.IntegerField: {"invalid": "Write a whole number, in figures."},
    forms.DateField: {"invalid": "Write a date with day, month and year: 2027-03-31."},
    forms.ChoiceField: {"invalid_choice": "Pick one that stands here."},
    forms.MultipleChoiceField: {"invalid_choice": "Pick from what stands here."},
    forms.ModelChoiceField: {"invalid_choice": "Pick one that stands here."},
    forms.ModelMultipleChoiceField: {"invalid_choice": "Pick from what stands here."},
    forms.FileField: {
        "required": "Choose a file first.",
        "missing": "Choose a file first.",
        "empty": "This file is empty. Choose another.",
    },
}
OF_VALIDATORS: dict[type[validators.BaseValidator] | type[validators.EmailValidator], str] = {
    validators.MinValueValidator: "Write %(limit_value)s or a larger number.",
    validators.MaxValueValidator: "Write %(limit_value)s or a smaller number.",
    validators.MaxLengthValidator: "This is %(show_value)s characters long. There is room for "
    "%(limit_value)s.",
    validators.EmailValidator: "Write an email address, such as you@example.org.",
}


def speak_plainly() -> None:
    """Put our words in the place of Django's, for every form and once for all."""
    for field, words in OF_FIELDS.items():
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **words}
    for validator, sentence in OF_VALIDATORS.items():
        validator.message = sentence
