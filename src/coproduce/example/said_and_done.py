"""What became of people's words in the example: agreed, decided, done, disputed, how it felt."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.utils import timezone

from coproduce.agreeing import counts as agreeing_counts
from coproduce.agreeing.models import LineAnswer
from coproduce.agreeing.queries.disputes import open_disputes
from coproduce.agreeing.services import answer_wording, let_stand
from coproduce.conversations.models import Conversation, Rung
from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import Action, ActionStep, Decision
from coproduce.decisions.services import (
    add_action,
    answer_questions,
    check_action,
    decide,
    move_action,
    reply,
)
from coproduce.example.script import Script
from coproduce.genuineness.counts import move_public_counts
from coproduce.genuineness.models import Asked, CheckIn, CheckInAnswer
from coproduce.genuineness.services import answer, due, offer, say_how_far
from coproduce.ideas.models import Idea
from coproduce.ideas.services.tagging import tag_statements
from coproduce.people.models import Participant, TeamMember
from coproduce.statements.models import Statement
from coproduce.understanding.queries.draft import draft_row
from coproduce.understanding.services.wording import word_together
from coproduce.words.models import Words

# Not everybody is asked how it felt, and not everybody who is asked answers.
ASKED, ANSWERED = 0.9, 0.8
MANY_GO_THROUGH_THE_DRAFT = 0.5
# Somebody of another partner group felt that less was shared than was promised.
FELT = {"education": Rung.CONSULTATION}


@dataclass
class SaidAndDone:
    """The second half of an example. `decides` and `knows` are team members with those roles."""

    script: Script
    facilitator: TeamMember
    decides: TeamMember
    knows: TeamMember
    people: list[tuple[Participant, list[str]]]
    statements: dict[str, Statement]
    ideas: dict[str, Idea]
    show: Callable[[Words], None]
    chance: Random = field(default_factory=lambda: Random("said and done"))

    def note(self) -> None:
        for about in self.script["tag"]:
            tag_statements(
                statements=[self.statements[key] for key in about["statements"]],
                tag=about["tag"],
                by=self.facilitator,
            )

    def agree(self) -> None:
        """A wording, what its writers and others say of it, and the dispute that stands."""
        conversation = self.facilitator.conversation
        for about in self.script.get("wording", []):
            wording = word_together(
                member=self.facilitator,
                revision=draft_row(conversation).revision,
                idea=self.ideas[about["idea"]],
                text=about["text"],
                statements=[self.statements[key].pk for key in about["statements"]],
            )
            disputes = self._writer(about["disputed_by"])
            writers = {self._writer(key).pk for key in about["statements"]}
            for person, _ in self.people:
                if person.pk == disputes.pk:
                    said = answer_wording(
                        participant=person,
                        wording=wording,
                        choice=LineAnswer.Choice.NOT_QUITE,
                        why=about["why"],
                        form_key="example-dispute",
                    )
                    if said.words is not None:
                        self.show(said.words)
                elif person.pk in writers or self.chance.random() < MANY_GO_THROUGH_THE_DRAFT:
                    answer_wording(
                        participant=person, wording=wording, choice=LineAnswer.Choice.YES
                    )
            let_stand(
                member=self.facilitator,
                revision=draft_row(conversation).revision,
                wording=wording,
                disputes=open_disputes(conversation).values_list("pk", flat=True),
                reason=about["answer"],
            )
        agreeing_counts.move_due(conversation)

    def decide(self) -> None:
        decisions = {each["key"]: self._decide(each) for each in self.script["decision"]}
        for number, about in enumerate(self.script["action"]):
            action = add_action(
                by=self.decides,
                what=about["what"],
                owner=about["owner"],
                owner_group=self._group(about["owner_group"]),
                due_on=_in_weeks(about["due_in_weeks"]),
                decision=decisions[about["decision"]],
                rests_on=self._grounds(about),
                form_key=f"example-action-{number}",
            )
            self.actions.append((action, about))
        for number, about in enumerate(self.script["reply"]):
            reply(
                by=self.facilitator,
                text=about["text"],
                rests_on=self._grounds(about),
                form_key=f"example-reply-{number}",
            )
        for number, about in enumerate(self.script["question_answer"]):
            answer_questions(
                by=self.knows,
                questions=[self._question(text) for text in about["questions"]],
                text=about["text"],
                answered_by=about["answered_by"],
                form_key=f"example-answer-{number}",
            )

    def do(self) -> None:
        """Some weeks later: what is under way, said to be done, confirmed and disputed."""
        for action, about in self.actions:
            if "progress" in about:
                self._step(action, ActionStep.Kind.PROGRESS, about["progress"])
            if "said_done" in about:
                self._step(action, ActionStep.Kind.SAID_DONE, about["said_done"])
            for key in about.get("confirmed_by", []):
                check_action(participant=self._writer(key), action=action, confirms=True)
            if "disputed_by" in about:
                said = check_action(
                    participant=self._writer(about["disputed_by"]),
                    action=action,
                    confirms=False,
                    why=about["why"],
                    form_key="example-not-done",
                )
                if said.words is not None:
                    self.show(said.words)

    def feel(self) -> None:
        for person, groups in self.people:
            if self.chance.random() > ASKED:
                continue
            asked = offer(participant=person)
            if asked is None or self.chance.random() > ANSWERED:
                continue
            for question, pattern in self.script["check_in"].items():
                choice = self._felt(pattern, groups)
                answer(check_in=asked, participant=person, asked=Asked(question), choice=choice)
            if not asked.child_wording:
                rung = next((FELT[group] for group in groups if group in FELT), Rung.CO_DESIGN)
                say_how_far(check_in=asked, participant=person, rung=rung)
        move_public_counts(Conversation.objects.get(pk=self.facilitator.conversation_id))

    def look_back(self) -> None:
        """The Four Cornerstones, asked of those who were not asked something else on that day."""
        for person, groups in self.people:
            found = due(person, timezone.now())
            if found is None or found[0] != CheckIn.Occasion.YEARLY:
                continue
            asked = offer(participant=person)
            if asked is None or self.chance.random() > ANSWERED:
                continue
            for question, pattern in self.script["cornerstones"].items():
                choice = self._felt(pattern, groups)
                answer(check_in=asked, participant=person, asked=Asked(question), choice=choice)
        move_public_counts(Conversation.objects.get(pk=self.facilitator.conversation_id))

    def __post_init__(self) -> None:
        self.actions: list[tuple[Action, dict[str, Any]]] = []

    def _decide(self, about: dict[str, Any]) -> Decision:
        weeks = about.get("by_when_in_weeks")
        return decide(
            by=self.decides,
            what=about["what"],
            why=about["why"],
            decided_on=timezone.localdate(),
            decided_by=about["decided_by"],
            outcome=about["outcome"],
            rests_on=self._grounds(about),
            note=about.get("note", ""),
            passed_to=about.get("passed_to", ""),
            by_when=_in_weeks(weeks) if weeks else None,
            settled_without_appeal=about.get("settled_without_appeal", False),
            form_key=f"example-{about['key']}",
        )

    def _grounds(self, about: dict[str, Any]) -> list[Ground]:
        ideas = [self.ideas[name] for name in about.get("ideas", [])]
        said = [self._as_it_stands(key) for key in about.get("statements", [])]
        return [*map(Ground.of, ideas), *map(Ground.of, said)]

    def _as_it_stands(self, key: str) -> Statement:
        return Statement.objects.select_related("words").get(pk=self.statements[key].pk)

    def _step(self, action: Action, kind: str, note: str) -> None:
        move_action(action=Action.objects.get(pk=action.pk), by=self.decides, kind=kind, note=note)

    def _writer(self, key: str) -> Participant:
        writer = self.statements[key].words.participant_id
        return next(person for person, _ in self.people if person.pk == writer)

    def _group(self, key: str) -> Any:
        return self.facilitator.conversation.partner_groups.get(key=key)

    def _question(self, text: str) -> Words:
        return Words.objects.get(
            conversation=self.facilitator.conversation,
            kind=Words.Kind.QUESTION,
            kept_text__text=text,
        )

    def _felt(self, pattern: dict[str, list[float]], groups: list[str]) -> str:
        named = next((group for group in groups if group in pattern), "all")
        drawn = self.chance.random()
        choices = (
            CheckInAnswer.Choice.YES,
            CheckInAnswer.Choice.A_BIT,
            CheckInAnswer.Choice.NO,
        )
        for choice, share in zip(choices, pattern[named], strict=True):
            if drawn < share:
                return choice
            drawn -= share
        return CheckInAnswer.Choice.NOT_SURE


def _in_weeks(weeks: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(weeks=weeks)
