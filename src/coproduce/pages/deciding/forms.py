"""What the team fills in about decisions, actions, replies and answers."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from coproduce.conversations.models import Conversation, PartnerGroup
from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import ActionStep, Outcome
from coproduce.decisions.queries.naming import find_grounds, ideas_to_choose, named
from coproduce.pages.taking_part.page import new_form_key

HINTS = {
    Outcome.TRY: "Say below by when you tell people how it went.",
    Outcome.NOT_OURS: "Say below whom you passed it on to.",
    Outcome.NOT_YET: "Say below by when.",
    Outcome.CANNOT: "The reason below is what people read first.",
}


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {})["invalid"] = (
            "Write the date with numbers: the year, the month and the day, such as 2027-03-31."
        )
        super().__init__(**kwargs)


class OnceForm(forms.Form):
    """A form that is kept once, however often it is sent."""

    form_key = forms.CharField(widget=forms.HiddenInput, initial=new_form_key, required=False)


class GroundsForm(OnceForm):
    """A form about lines, ideas and words: those it came with, the ideas, and by reference."""

    on = forms.MultipleChoiceField(
        label="What does it rest on?", widget=forms.CheckboxSelectMultiple, required=False
    )
    more = forms.CharField(
        label="Other lines or words, by their numbers",
        help_text="Each line and each statement has a number at the end of its address, such as "
        "K7PM-2XQW. One on a line.",
        required=False,
        widget=forms.Textarea,
    )

    def __init__(
        self, *args: Any, conversation: Conversation, given: list[str], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"on": given, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.conversation = conversation
        asked = self.data.getlist("on") if self.is_bound else given  # type: ignore[attr-defined]
        self.found: dict[str, Ground] = find_grounds(conversation, asked)
        chosen = {key: _label(ground) for key, ground in self.found.items()}
        ideas = {key: f"Idea: {name}" for key, name in ideas_to_choose(conversation)}
        field = self.fields["on"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list({**chosen, **ideas}.items())

    def clean_more(self) -> list[Ground]:
        typed = [one for one in re.split(r"[\s,;]+", self.cleaned_data["more"]) if one]
        # "K7PM 2XQW" typed with a space is one number.
        text = self.cleaned_data["more"]
        pairs = re.findall(r"\b[0-9A-Za-z]{4}[ -]?[0-9A-Za-z]{4}\b", text)
        typed = pairs if pairs and not re.sub(_REF, "", text).strip(" \r\n,;") else typed
        found = find_grounds(self.conversation, typed)
        unknown = [one for one in typed if one not in found]
        if unknown:
            raise forms.ValidationError(
                f"“{unknown[0]}” is not the number of a line or of words here. Look at it again."
            )
        return list(found.values())

    @property
    def grounds(self) -> list[Ground]:
        chosen = [self.found[key] for key in self.cleaned_data["on"] if key in self.found]
        return [*chosen, *self.cleaned_data["more"]]


_REF = r"\b[0-9A-Za-z]{4}[ -]?[0-9A-Za-z]{4}\b"


def _label(ground: Ground) -> str:
    said = named(ground)
    if said.kind == "idea":
        return f"Idea: {said.text}"
    return f"{'Line' if said.kind == 'line' else 'Words'} {said.ref}: {said.text}"


class StepForm(forms.Form):
    """Where a decision stands, with what its outcome needs."""

    outcome = forms.ChoiceField(
        label="What was decided?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was decided."},
    )
    passed_to = forms.CharField(
        label="If it is not yours to decide: whom did you pass it on to?", required=False
    )
    by_when = Day(
        label="If you try it, or not yet: by when do people hear more?",
        required=False,
    )
    note = forms.CharField(
        label="More about it",
        help_text="What comes next, or what is different from what people asked for.",
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choice_hints = HINTS  # type: ignore[attr-defined]


class MoveDecisionForm(StepForm):
    """A new step: why it changed is asked for."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].label = "Where does it stand now?"
        self.fields["note"].label = "What has changed, and why?"
        self.fields["note"].help_text = ""


class DecisionForm(GroundsForm, StepForm):
    what = forms.CharField(
        label="What was decided?",
        help_text="In plain words, as you would say it to the people who asked.",
        widget=forms.Textarea,
        error_messages={"required": "Write what was decided."},
    )
    why = forms.CharField(
        label="Why?",
        help_text="A decision without a reason is not kept.",
        widget=forms.Textarea,
        error_messages={"required": "Write why. A decision without a reason is not kept."},
    )
    decided_on = Day(label="When was it decided?", error_messages={"required": "Say when."})
    decided_by = forms.CharField(
        label="Who decided?", help_text="A post or a body, such as the transport board."
    )
    settled_without_appeal = forms.BooleanField(
        label="A problem was settled by this, without an appeal or a tribunal", required=False
    )

    field_order: tuple[str, ...] = (
        "what",
        "why",
        "outcome",
        "passed_to",
        "by_when",
        "note",
        "decided_on",
        "decided_by",
        "on",
        "more",
        "settled_without_appeal",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].label = "What does it mean?"
        self.fields["decided_by"].error_messages["required"] = "Write who decided."


class ActionForm(GroundsForm):
    what = forms.CharField(
        label="What will be done?",
        widget=forms.Textarea,
        error_messages={"required": "Write what will be done."},
    )
    owner = forms.CharField(
        label="Who does it?",
        help_text="A post or a body, not a person’s name.",
        error_messages={"required": "Write who does it: a post or a body."},
    )
    owner_group = forms.ChoiceField(
        label="Which partner group are they from?",
        help_text="“Done” counts when people of another partner group say so.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one, or “None of these”."},
    )
    due_on = Day(label="By when?", error_messages={"required": "Say by when it is done."})

    field_order = ("what", "owner", "owner_group", "due_on", "on", "more")

    def __init__(
        self, *args: Any, of_decision: bool, now: PartnerGroup | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {
            group.key: group
            for group in self.conversation.partner_groups.all()
            if group.retired_at is None or group == now
        }
        field = self.fields["owner_group"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *((key, group.label) for key, group in self.groups.items()),
            ("none", "None of these"),
        ]
        if of_decision:
            self.fields["on"].label = "Does it rest on less than the decision does?"
            self.fields["on"].help_text = "Leave all of it empty if it rests on the same."

    @property
    def group(self) -> PartnerGroup | None:
        return self.groups.get(self.cleaned_data["owner_group"])


class MoveActionForm(forms.Form):
    kind = forms.ChoiceField(
        label="What do you want to say?",
        choices=[
            (ActionStep.Kind.PROGRESS, "How it goes"),
            (ActionStep.Kind.SAID_DONE, "It is done"),
            (ActionStep.Kind.NEW_DATE, "There is a new date"),
            (ActionStep.Kind.STOPPED, "It stops"),
            (ActionStep.Kind.REOPENED, "It is taken up again"),
        ],
        error_messages={"required": "Choose what you want to say."},
    )
    note = forms.CharField(label="Say more", widget=forms.Textarea, required=False)
    link = forms.CharField(
        label="A page where people can see it",
        help_text="It may stay empty. It begins with https://",
        required=False,
    )
    due_on = Day(label="The new date, if there is one", required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReplyForm(GroundsForm):
    text = forms.CharField(label="Your reply", widget=forms.Textarea, required=False)

    field_order: tuple[str, ...] = ("text", "on", "more")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "What do you reply to?"


class WhyCorrected(forms.Form):
    """A correction says why. What stood before can still be read."""

    why_corrected = forms.CharField(
        label="Why do you correct it?",
        help_text="Everybody can read this, beside what stood before.",
        required=False,
        widget=forms.Textarea,
    )


class AnswerForm(OnceForm):
    text = forms.CharField(
        label="The answer",
        help_text="For everybody. Explain every word of your trade.",
        widget=forms.Textarea,
        required=False,
    )
    answered_by = forms.CharField(label="Who answers? Your post, not your name", required=False)


class StandsForm(forms.Form):
    reason = forms.CharField(
        label="Why does it still stand?", required=False, widget=forms.Textarea
    )


class CorrectDecisionForm(DecisionForm, WhyCorrected):
    field_order = ("what", "why_corrected")


class CorrectActionForm(ActionForm, WhyCorrected):
    """The day is not here: a new one is a step, with its reason."""

    due_on = None  # type: ignore[assignment]
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("what", "owner", "owner_group", "why_corrected", "on", "more")


class CorrectReplyForm(ReplyForm, WhyCorrected):
    field_order = ("text", "why_corrected")


class CorrectAnswerForm(AnswerForm, WhyCorrected):
    field_order = ("text", "answered_by", "why_corrected")
