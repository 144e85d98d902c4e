"""A form for each part of what a conversation states. All give plain JSON (`stated`)."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from coproduce.conversations.models import Conversation, Rung
from coproduce.conversations.stated import stated_value
from coproduce.pages.organising.forms.lists import AreasForm, GroupsForm, QuestionsForm

TEXT = 4000
# Those of councils take several pages.
NOTICE = 20_000


def _long(label: str, help_text: str = "", rows: int = 4, longest: int = TEXT) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _short(label: str, help_text: str = "", longest: int = 200) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=longest)


def _date(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Type a date as day/month/year, such as 31/03/2027."},
    )


class PartForm(forms.Form):
    """Filled in from what is stated; a form may be sent with gaps while it is a draft."""

    def __init__(
        self, data: Any = None, *, conversation: Conversation, initial: dict[str, Any] | None = None
    ) -> None:
        stated = {name: self._shown(stated_value(conversation, name)) for name in self.base_fields}
        super().__init__(data, initial={**stated, **(initial or {})})
        self.conversation = conversation

    @staticmethod
    def _shown(value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}[value] if _is_yes_or_no(value) else value

    def stated(self) -> dict[str, Any]:
        """What was filled in, as `conversations.services.state` takes it."""
        return {name: _plain(value) for name, value in self.cleaned_data.items()}


def _is_yes_or_no(value: Any) -> bool:
    return value is None or isinstance(value, bool)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


class YesNoField(forms.TypedChoiceField):
    def __init__(self, *, label: str, yes: str, no: str, help_text: str = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            choices=[("yes", yes), ("no", no)],
            coerce=lambda given: given == "yes",
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )


class AboutForm(PartForm):
    name = forms.CharField(
        label="Name of the conversation",
        max_length=120,
        error_messages={"required": "Give it a name."},
    )
    purpose = _long("What is it for?", "What you want to find out, and what will come of it.")
    one_room = YesNoField(
        label="Does everybody sit in one room?",
        yes="Yes, in one room",
        no="No, or not only",
        help_text=(
            "We say what a partner group thinks when enough of its people have answered: "
            "3 in one room, 5 otherwise. This is fixed when it opens."
        ),
    )
    listed = YesNoField(
        label="Is it shown in the public list?",
        yes="Yes, anybody can find it",
        no="No, people need the link or the code",
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not self.conversation.is_draft:
            del self.fields["one_room"]

    def stated(self) -> dict[str, Any]:
        # Neither is ever unknown: left alone, it stays as it was.
        return {
            name: getattr(self.conversation, name) if value is None else value
            for name, value in super().stated().items()
        }


class ChangeForm(PartForm):
    can_change = _long("What can change?")
    cannot_change = _long(
        "What cannot change?", "Say it now. People are more upset when they learn it later."
    )
    options_fixed = YesNoField(
        label="Are there options that are fixed already?",
        yes="Yes, some options are fixed",
        no="No, nothing is fixed yet",
        help_text="People ask this. Either answer is fine; not saying it is not.",
    )
    options_fixed_since = _date("If yes: since when?")
    rung = forms.ChoiceField(
        label="How much say do people have?",
        help_text=(
            "Pick what you can keep, not what sounds best. "
            "(From the Ladder of Co-production by Think Local Act Personal.)"
        ),
        choices=Rung.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    who_decides = _long("Who decides, and when?", rows=2)
    hear_back_by = _date("By when do people hear what came of it?")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("options_fixed") is not True:
            cleaned["options_fixed_since"] = None
        return cleaned


class RunningForm(PartForm):
    who_runs_it = _long("Who runs it, and how can people reach you?", rows=3)
    runs_alone = YesNoField(
        label="Does one partner run it alone?",
        yes="Yes. One key is enough, and the pages say so",
        no="No. Opening and publishing need two people of different partner groups",
    )
    time_and_money = _long("What time and money is there?", rows=3)
    thanks = _long("How are people thanked?", rows=2)

    def stated(self) -> dict[str, Any]:
        stated = super().stated()
        if stated["runs_alone"] is None:
            stated["runs_alone"] = self.conversation.runs_alone
        return stated


class PrivacyForm(PartForm):
    who_can_read = _long("Who can read what?")
    data_controller = _short(
        "Who is responsible for the data?",
        "The organisation that the law calls the data controller.",
    )
    delete_on = _date(
        "When is the data deleted?",
        "It happens by itself on that day, and the conversation closes. What is published stays.",
    )
    privacy_notice = _long(
        "Privacy notice",
        "A starting text. Let the person who looks after data protection read it.",
        rows=14,
        longest=NOTICE,
    )


class SafetyForm(PartForm):
    safeguarding_name = _short(
        "Who is the safeguarding contact?",
        "A person with a name. People read it when they worry about someone.",
        longest=120,
    )
    safeguarding_contact = _short(
        "How can people reach them?", "A phone number or an address that somebody answers."
    )


FORMS: dict[str, type[PartForm | QuestionsForm | GroupsForm | AreasForm]] = {
    "about": AboutForm,
    "questions": QuestionsForm,
    "change": ChangeForm,
    "groups": GroupsForm,
    "areas": AreasForm,
    "running": RunningForm,
    "privacy": PrivacyForm,
    "safety": SafetyForm,
}
