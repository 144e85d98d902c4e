"""Forms for the lists that a conversation states: questions, partner groups, areas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from coproduce.conversations.models import Conversation
from coproduce.conversations.services.stating import MOST_GROUPS
from coproduce.conversations.starting import DEVON_DISTRICTS, SEND_GROUPS
from coproduce.conversations.stated import stated_value

MOST_QUESTIONS = 8
MOST_AREAS = 40


class Rows:
    """Several small forms, sent together. Behaves as one form towards the view."""

    def __init__(self, data: Any, rows: list[forms.Form]) -> None:
        self.is_bound = data is not None
        self.rows = rows
        self.problems: list[str] = []

    def __iter__(self) -> Iterator[forms.Form]:
        return iter(self.rows)

    def is_valid(self) -> bool:
        if not self.is_bound:
            return False
        fine = [row.is_valid() for row in self.rows].count(False) == 0  # every row says its problem
        if fine:
            self.problems = self.look_over()
        return fine and not self.problems

    def look_over(self) -> list[str]:
        """Problems of the rows together, once each is fine by itself."""
        return []

    def add_error(self, field: str | None, words: str) -> None:
        self.problems.append(words)


class QuestionRow(forms.Form):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Question", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    material = forms.CharField(
        label="Something to think about first",
        help_text="You can leave this empty.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QuestionsForm(Rows):
    def __init__(
        self, data: Any = None, *, conversation: Conversation, initial: Any = None
    ) -> None:
        there = stated_value(conversation, "questions")
        count = min(MOST_QUESTIONS, len(there) + 2)
        stated = [*there, *({} for _ in range(count - len(there)))]
        super().__init__(
            data,
            [
                QuestionRow(data, prefix=f"q{place}", initial=row)
                for place, row in enumerate(stated, start=1)
            ],
        )
        self.known = {row["id"] for row in there}

    def look_over(self) -> list[str]:
        return [
            f"Question {place} is empty, and has something to think about. Write the question, or "
            "empty both."
            for place, row in enumerate(self.rows, start=1)
            if row.cleaned_data["material"]
            and not row.cleaned_data["text"]
            # To stop asking a question, one empties its words.
            and row.cleaned_data["material"] != row.initial.get("material")
        ]

    def stated(self) -> dict[str, Any]:
        given = [row.cleaned_data for row in self.rows]
        return {
            "questions": [
                {
                    "id": row["id"] if row["id"] in self.known else None,
                    "text": row["text"].replace("\r\n", " ").replace("\n", " "),
                    "material": row["material"].replace("\r\n", "\n"),
                }
                for row in given
                if row["text"]
            ]
        }


class GroupRow(forms.Form):
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    invited = forms.BooleanField(label="Invited", required=False)
    label = forms.CharField(label="What you call it", required=False, max_length=80)
    is_children = forms.BooleanField(label="These are children and young people", required=False)

    @property
    def title(self) -> str:
        return str(self.initial.get("title", ""))


class GroupsForm(Rows):
    """The starting set, what is invited beside it, and room for own ones."""

    def __init__(
        self, data: Any = None, *, conversation: Conversation, initial: Any = None
    ) -> None:
        there = stated_value(conversation, "partner_groups")
        keys = {row["key"] for row in there}
        stated: list[dict[str, Any]] = [
            {**row, "invited": True, "title": row["label"]} for row in there
        ]
        stated += [
            {**group.as_stated(), "invited": False, "title": group.label}
            for group in SEND_GROUPS
            if group.key not in keys
        ]
        self.fixed_children = {row["key"]: row["is_children"] for row in stated}
        stated += [{"key": "", "invited": False, "title": ""} for _ in range(3)]
        super().__init__(
            data,
            [
                GroupRow(data, prefix=f"g{place}", initial=row)
                for place, row in enumerate(stated, start=1)
            ],
        )

    def look_over(self) -> list[str]:
        chosen = self._chosen()
        labels = [row["label"].casefold() for row in chosen]
        for row in self.rows:
            if row.cleaned_data["invited"] and not row.cleaned_data["label"]:
                name = row.initial.get("title") or "another partner group"
                return [f"You invite “{name}”. Write what you call it, or take the tick away."]
        if len(set(labels)) < len(labels):
            return ["Two partner groups have the same name. Give each its own."]
        if len(chosen) > MOST_GROUPS:
            return [f"Invite at most {MOST_GROUPS} partner groups. There are {len(chosen)}."]
        return []

    def _chosen(self) -> list[dict[str, Any]]:
        """Rows that are invited: ticked, or a new one that was given a name."""
        rows = [row.cleaned_data for row in self.rows]
        return [row for row in rows if row["invited"] or (not row["key"] and row["label"])]

    def stated(self) -> dict[str, Any]:
        return {
            "partner_groups": [
                {
                    "key": row["key"] if row["key"] in self.fixed_children else None,
                    "label": row["label"],
                    "is_children": self.fixed_children.get(row["key"], row["is_children"]),
                }
                for row in self._chosen()
            ]
        }


class AreasForm(forms.Form):
    areas = forms.CharField(
        label="Areas, one on each line",
        help_text="People may say where they live. Leave it empty if you do not ask.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(
        self, data: Any = None, *, conversation: Conversation, initial: Any = None
    ) -> None:
        self.there = stated_value(conversation, "areas")
        lines = "\n".join(area["label"] for area in self.there)
        if data is not None and data.get("ready") == "devon":
            typed = [line.strip() for line in data.get("areas", "").splitlines() if line.strip()]
            known = {line.casefold() for line in typed}
            more = [one for one in DEVON_DISTRICTS if one.casefold() not in known]
            data, lines = None, "\n".join([*typed, *more])
        super().__init__(data, initial={"areas": lines})

    def clean_areas(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["areas"].splitlines()]
        labels = list(dict.fromkeys(line for line in lines if line))
        if len(labels) > MOST_AREAS:
            raise forms.ValidationError(f"At most {MOST_AREAS} areas. There are {len(labels)}.")
        long = next((label for label in labels if len(label) > 80), None)
        if long:
            raise forms.ValidationError(f"This area's name is too long: “{long[:40]}…”.")
        return labels

    def stated(self) -> dict[str, Any]:
        keys = {area["label"].casefold(): area["key"] for area in self.there}
        return {
            "areas": [
                {"key": keys.get(label.casefold()), "label": label}
                for label in self.cleaned_data["areas"]
            ]
        }
