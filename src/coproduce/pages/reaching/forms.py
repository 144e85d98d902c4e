"""Forms for benchmarks and for the embedding map."""

from __future__ import annotations

from typing import Any

from django import forms

from coproduce.reach.models import Involved, MapEntry


class ReachFileForm(forms.Form):
    file = forms.FileField(
        label="A file", error_messages={"required": "Choose a file first."}, max_length=200
    )


class EntryForm(forms.Form):
    name = forms.CharField(
        label="The decision or the service",
        max_length=200,
        error_messages={"required": "Type the name of the decision or the service."},
    )
    kind = forms.ChoiceField(
        label="What is it?",
        choices=MapEntry.Kind.choices,
        widget=forms.RadioSelect,
        initial=MapEntry.Kind.DECISION,
    )
    source = forms.CharField(
        label="Where do you know it from? (you can leave this empty)",
        max_length=200,
        required=False,
    )


class StageForm(forms.Form):
    """One stage of one entry: a choice for each partner group."""

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for key, label in groups:
            self.fields[f"how_{key}"] = forms.ChoiceField(
                label=label, choices=[("", "Not known"), *Involved.choices], required=False
            )
        self.fields["note"] = forms.CharField(
            label="A note for those that you change (you can leave this empty)",
            max_length=300,
            required=False,
        )
        self.fields["other"] = forms.CharField(
            label="Another partner group (you can leave this empty)",
            max_length=80,
            required=False,
        )
        self.fields["how_other"] = forms.ChoiceField(
            label="How that one was involved",
            choices=[("", "Not known"), *Involved.choices],
            required=False,
        )

    def said(self) -> list[tuple[str, str, str]]:
        """Key, label and how, for each partner group."""
        found = [(key, label, str(self.cleaned_data[f"how_{key}"])) for key, label in self.groups]
        if self.cleaned_data["other"].strip() and self.cleaned_data["how_other"]:
            found.append(
                ("", self.cleaned_data["other"].strip(), str(self.cleaned_data["how_other"]))
            )
        return found
