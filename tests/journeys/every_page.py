"""Every page of the service, opened on the example: who opens it, and its address.

Addresses are read from the URLconf. One that is neither here nor among those that are no pages
fails `test_every_page.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from coproduce.agreeing.models import LineAnswer
from coproduce.agreeing.services import answer_wording
from coproduce.conversations.models import Conversation
from coproduce.conversations.stated import PARTS
from coproduce.decisions.models import Action, ActionCheck, Decision, QuestionAnswer, Reply
from coproduce.genuineness.services import ask_for
from coproduce.ideas.models import Placement
from coproduce.pages.device import COOKIE, remember
from coproduce.pages.taking_part.views.checking_in import _steps
from coproduce.people.models import Account, Participant
from coproduce.reach.models import MapEntry
from coproduce.reports.models import AnnualReport
from coproduce.understanding.models import PassageSource
from coproduce.understanding.queries.draft import draft_row
from coproduce.understanding.services import word_together
from coproduce.words.models import Words

# What only takes a form, answers with a file or a small part of a page, or lets somebody in.
NO_PAGES = {
    "facilitating:draft_change_raised",
    "facilitating:draft_end_wording",
    "facilitating:draft_raise",
    "facilitating:move",
    "facilitating:open_concern",
    "facilitating:order",
    "facilitating:place",
    "facilitating:retire",
    "facilitating:review",
    "facilitating:undo",
    "public:feed",
    "organising:copy_csv",
    "organising:copy_json",
    "organising:copy_polis",
    "organising:leave",
    "organising:member_link",
    "organising:qr_code",
    "organising:room_count",
    "organising:take_back",
    "organising:turn",
    "facilitating:pair",
    "reach:answer_likeness",
    "reach:prefill",
    "reach:retire_benchmarks",
    "reach:retire_entry",
    "reach:retire_theme",
    "reach:take_out_of_theme",
    "reporting:annual_draft_file",
    "reporting:annual_file",
    "reporting:annual_finish",
    "reporting:annual_leave_out",
    "reporting:data_conversations",
    "reporting:data_set",
    "reporting:embed_font",
    "reporting:openapi",
    "reporting:pack_file",
    "reporting:version_file",
    "taking_part:ask_again",
    "taking_part:not_the_same",
    "telling:again",
    "team:sign_out",
}
# The example holds none: other journeys open them. The page of how things look is for developing.
NOT_IN_THE_EXAMPLE = {
    "about:style",
    "facilitating:bring_in_check",
    "facilitating:concern",
    "public:stop_telling",
    "public:version_changes",
    "telling:letter",
    "telling:preview",
}


class EveryPage:
    """The example with the draft open, somebody who took part, and somebody with every role."""

    def __init__(self, conversation: Conversation, organiser: Account) -> None:
        self.conversation = conversation
        self.organiser = organiser
        conversation.phases = sorted({*conversation.phases, "agreeing"})
        conversation.save(update_fields=["phases"])
        check = ActionCheck.objects.filter(
            action__conversation=conversation, ended_at=None
        ).order_by("pk")[0]
        self.action: Action = check.action
        self.person: Participant = check.participant
        self.mine = (
            self.person.words.filter(kind=Words.Kind.STATEMENT, standing="shown")
            .order_by("pk")[0]
            .statement
        )
        self.wording = self._dispute()

    def _dispute(self) -> Any:
        member = self.conversation.team.get(account=self.organiser)
        held = Placement.objects.held().filter(statement__cluster=self.mine.cluster_id)
        idea = held.select_related("idea").order_by("pk")[0].idea
        beside = [
            one.statement_id
            for one in idea.placements.held().exclude(statement=self.mine).order_by("pk")[:1]
        ]
        wording = word_together(
            member=member,
            revision=draft_row(self.conversation).revision,
            idea=idea,
            text="What we all said, in one line that the team wrote.",
            statements=[self.mine.pk, *beside],
        )
        answer_wording(
            participant=self.person,
            wording=wording,
            choice=LineAnswer.Choice.NOT_QUITE,
            why="It leaves out the half of it.",
            form_key="every-page",
        )
        return wording

    def cookies(self, who: str) -> dict[str, str]:
        """What a browser of theirs holds: "anyone", "person" or "team"."""
        if who == "team":
            client = Client()
            client.force_login(self.organiser)
            return {name: kept.value for name, kept in client.cookies.items()}
        if who == "person":
            answer = HttpResponse()
            remember(RequestFactory().get("/"), answer, self.person)
            return {COOKIE: answer.cookies[COOKIE].value}
        return {}

    def address(self, name: str, parameters: dict[str, str]) -> tuple[str, str]:
        """Who opens it, and where. Raises LookupError where nothing is said of it."""
        space = name.split(":")[0]
        own = {"taking_part": "person", "public": "anyone", "about": "anyone"}.get(space, "team")
        if name in PUBLIC:
            own = "anyone"
        values: dict[str, Any] = {}
        for parameter in parameters:
            values[parameter] = (
                self.conversation.slug if parameter == "slug" else self._value(name, parameter)
            )
        return own, reverse(name, kwargs=values) + QUERIES.get(name, "")

    def _value(self, name: str, parameter: str) -> Any:
        for key in (f"{name}.{parameter}", name):
            if key in VALUES:
                return VALUES[key](self)
        raise LookupError(f"{name}: say in every_page.py which {parameter} to open.")

    def first(self, model: Any, **of: Any) -> Any:
        found = model._default_manager.filter(**of).order_by("pk").first()
        assert found is not None, model
        return found

    def source(self) -> PassageSource:
        return PassageSource.objects.filter(
            words__statement=self.mine, passage__version__conversation=self.conversation
        ).order_by("pk")[0]

    def other_statement(self) -> Any:
        return (
            self.conversation.statements.shown()
            .exclude(words__participant=self.person)
            .order_by("pk")[0]
        )

    def decision(self) -> Decision:
        decision = self.action.decision
        assert decision is not None
        return decision

    def report(self) -> AnnualReport:
        return self.first(AnnualReport)


PUBLIC = {
    "reporting:version_files",
    "reporting:data",
    "reporting:embed",
    "reporting:embed_code",
    "reporting:annual_all",
    "reporting:annual",
    "reporting:annual_not_printed",
    "reporting:annual_files",
    "reporting:annual_part",
    "team:sign_in",
    "team:way_in",
    "taking_part:come_back",
    "taking_part:enter_code",
    "taking_part:short_link",
    "taking_part:slip",
    "taking_part:join",
    "taking_part:who",
    "taking_part:area",
}
QUERIES = {"public:find": "?ref=XXXX-XXXX"}
Value = Callable[[EveryPage], Any]
VALUES: dict[str, Value] = {
    "public:statement": lambda it: it.mine.ref,
    "public:sheet": lambda it: it.mine.ref,
    "public:version": lambda it: 1,
    "public:line": lambda it: it.source().passage.ref,
    "public:decision": lambda it: it.decision().ref,
    "public:action": lambda it: it.action.ref,
    "taking_part:short_link": lambda it: it.conversation.join_code or "XXXXXX",
    "taking_part:slip": lambda it: "no-such-slip",
    "taking_part:kept": lambda it: it.mine.ref,
    "taking_part:say_done": lambda it: it.mine.ref,
    "taking_part:listen_to": lambda it: it.other_statement().ref,
    "taking_part:why": lambda it: it.mine.ref,
    "taking_part:agree_line": lambda it: it.other_statement().ref,
    "taking_part:agree_wording": lambda it: it.wording.pk,
    "taking_part:see_idea": lambda it: it.wording.idea_id,
    "taking_part:check_action": lambda it: it.action.ref,
    "taking_part:withdraw": lambda it: it.mine.ref,
    "taking_part:check_in_step.key": lambda it: ask_for(participant=it.person).pk,
    "taking_part:check_in_step.step": lambda it: _steps(ask_for(participant=it.person))[0],
    "reporting:version_files": lambda it: 1,
    "reporting:annual": lambda it: it.report().pk,
    "reporting:annual_not_printed": lambda it: it.report().pk,
    "reporting:annual_files": lambda it: it.report().pk,
    "reporting:annual_part.key": lambda it: it.report().pk,
    "reporting:annual_part.letter": lambda it: "a",
    "reporting:annual_draft": lambda it: it.report().pk,
    "reporting:annual_edit": lambda it: it.report().pk,
    "reporting:annual_draft_files": lambda it: it.report().pk,
    "team:way_in": lambda it: "no-such-link",
    "reach:map_entry": lambda it: it.first(MapEntry).pk,
    "reach:map_stage.key": lambda it: it.first(MapEntry).pk,
    "reach:map_stage.stage": lambda it: "deciding",
    "organising:edit": lambda it: PARTS[0].key,
    "organising:member": lambda it: it.conversation.team.get(account=it.organiser).pk,
    "facilitating:cluster": lambda it: it.mine.ref,
    "facilitating:idea": lambda it: it.wording.idea_id,
    "facilitating:draft_idea": lambda it: it.wording.idea_id,
    "facilitating:draft_wording": lambda it: it.wording.idea_id,
    "facilitating:draft_change_wording.idea": lambda it: it.wording.idea_id,
    "facilitating:draft_change_wording.key": lambda it: it.wording.pk,
    "facilitating:dispute": lambda it: it.wording.pk,
    "deciding:decision": lambda it: it.decision().ref,
    "deciding:correct_decision": lambda it: it.decision().ref,
    "deciding:action": lambda it: it.action.ref,
    "deciding:correct_action": lambda it: it.action.ref,
    "deciding:correct_reply": lambda it: it.first(Reply, conversation=it.conversation).ref,
    "deciding:correct_answer": lambda it: (
        it.first(QuestionAnswer, conversation=it.conversation).ref
    ),
}
