"""Loading the two examples, through the same services that real people use."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from coproduce.conversations.models import Area, Conversation, PartnerGroup, Question
from coproduce.conversations.queries import opening_fingerprint
from coproduce.conversations.services import (
    change_phases,
    make_conversation,
    open_conversation,
    state,
)
from coproduce.conversations.starting import SEND_GROUPS
from coproduce.example.area import show_beside, show_the_area
from coproduce.example.said_and_done import SaidAndDone
from coproduce.example.script import Script, answer_by_pattern, script
from coproduce.example.time_passing import weeks_pass
from coproduce.ideas.services import make_idea
from coproduce.moderation.models import Look
from coproduce.moderation.services import look_at
from coproduce.people.codes import make_code
from coproduce.people.models import Account, CameBy, Participant, Role, TeamMember
from coproduce.people.services.taking_part import finish, join
from coproduce.people.services.team import add_to_team
from coproduce.responses.services.answering import answer
from coproduce.responses.services.reasons import give_reason
from coproduce.statements.models import Statement
from coproduce.statements.services import (
    keep_apart,
    merge_statements,
    raise_question,
    submit_statement,
)
from coproduce.understanding.document import fingerprint
from coproduce.understanding.queries.draft import draft_document, draft_row
from coproduce.understanding.services import edit_draft, publish, summarise_idea
from coproduce.words.models import Words

EXAMPLE_SLUG = "short-breaks-an-example"
EARLIER_SLUG = "leaving-school-an-example"
TOGETHER = ["gathering", "listening", "connecting"]


def load_example(*, organiser: Account | None = None) -> Conversation:
    """The example conversation; loaded once, the same one ever after. All of it, or nothing.

    An earlier one of the same area is loaded before it, so that the area has something to tell; or
    after it, where an installation has the first from a time when it stood alone. `organiser`,
    where given, is put in the team of both, to try every page with.
    """
    with transaction.atomic():
        examples = Conversation.objects.filter(is_example=True)
        loaded = examples.filter(slug=EXAMPLE_SLUG).first()
        earlier = examples.filter(slug=EARLIER_SLUG).first()
        if loaded is None:
            earlier = earlier or _Example("leaving_school").load()
            main = _Example("short_breaks")
            loaded = main.load()
            main.show_the_area([earlier, loaded])
            main.leave_something_to_do()
        elif earlier is None:
            before = _Example("leaving_school")
            before.stand_beside(before.load(), loaded)
        if organiser is not None:
            for one in Conversation.objects.filter(is_example=True):
                _put_in_team(one, organiser)
    return Conversation.objects.get(pk=loaded.pk)


def _put_in_team(conversation: Conversation, organiser: Account) -> None:
    if not conversation.team.filter(account=organiser, left_at=None).exists():
        add_to_team(
            conversation=conversation,
            account=organiser,
            roles=list(Role),
            partner_group=conversation.partner_groups.get(key="parent_carers"),
            by=None,
        )


@dataclass
class _Example:
    """`name`: the data file without its ending, with what people say and do."""

    name: str
    people: list[tuple[Participant, list[str]]] = field(default_factory=list)
    statements: dict[str, Statement] = field(default_factory=dict)
    sent: int = 0

    def __post_init__(self) -> None:
        self.script: Script = script(self.name)
        self.course: Script = self.script["course"]
        self.chance = Random(self.course["chance"])

    def load(self) -> Conversation:
        """Up to what was done; nobody can say anything new then."""
        weeks = self.course["weeks"]
        self._make()
        self._open()
        self._join()
        self._say()
        self._answer()
        self._arrange()
        self._weeks_pass(weeks["before_agreeing"])
        self._agree()
        self._weeks_pass(weeks["agreeing"])
        self._publish()
        self._weeks_pass(weeks["before_deciding"])
        self._act(weeks["before_doing"])
        self._weeks_pass(weeks["since"])
        return self.grace.conversation

    def show_the_area(self, conversations: list[Conversation]) -> None:
        """What they have in common. Before anybody can say anything new: then the report can tell
        from whom comments are."""
        with self._running() as grace:
            show_the_area(
                by=grace,
                conversations=conversations,
                statements=self.statements,
                script=self.script,
            )

    def stand_beside(self, own: Conversation, main: Conversation) -> None:
        """On the map, and in the themes that the main example names."""
        with self._running() as grace:
            show_beside(by=grace, earlier=own, main=main, script=script("short_breaks"))

    def leave_something_to_do(self) -> None:
        """It is open again, so that whoever looks at it can take part, with words that wait."""
        change_phases(
            member=self.grace,
            phases=[*TOGETHER, "acting"],
            reason="So that you can try everything in this example.",
        )
        self._refresh()
        for said in self.script["waiting"]:
            self._submit(said)

    def _account(self, name: str) -> Account:
        """Somebody made up: no password, and no address that exists."""
        email = f"{name.lower()}@example.invalid"
        found = Account.objects.filter(email=email).first()
        return found or Account.objects.create_account(email=email, name=f"{name} (made up)")

    @contextmanager
    def _running(self) -> Iterator[Account]:
        """Somebody who runs the installation, for as long as the example is made."""
        grace = self._account("Grace")
        grace.runs_installation = True
        grace.save(update_fields=["runs_installation"])
        yield grace
        grace.runs_installation = False
        grace.save(update_fields=["runs_installation"])

    def _make(self) -> None:
        with self._running() as grace:
            self.grace = make_conversation(
                by=grace,
                name=self.script["conversation"]["name"],
                template_key=self.course["template"],
                stands_for="parent_carers",
                is_example=True,
            )
        conversation = self.grace.conversation
        usual = [each.as_stated() for each in SEND_GROUPS if each.key != "forum"]
        today = timezone.localdate()
        hear_back = today + datetime.timedelta(weeks=self.course["hear_back_in_weeks"])
        asked = [
            {"id": None, "text": each["text"], "material": each["material"]}
            for each in self.script["question"]
        ]
        state(
            member=self.grace,
            changes={
                **self.script["conversation"],
                "hear_back_by": hear_back.isoformat(),
                "delete_on": f"{today.year + 2}-06-30",
                "questions": asked,
                "partner_groups": self.script.get("group", usual),
            },
        )
        conversation.refresh_from_db()
        self.groups: dict[str, PartnerGroup] = {g.key: g for g in conversation.partner_groups.all()}
        self.areas: list[Area] = list(conversation.areas.all())
        self.questions: dict[str, Question] = {
            each["key"]: question
            for each, question in zip(
                self.script["question"], conversation.questions.all(), strict=True
            )
        }
        self.hal = self._in_team("Hal", [Role.ORGANISER, Role.FACILITATOR], "education")
        self._in_team("Farah", [Role.SAFEGUARDING], "social_care")
        self.ines = self._in_team("Ines", [Role.DECISION_MAKER], "social_care")
        self.jo = self._in_team("Jo", [Role.SPECIALIST], "health")

    def _in_team(self, name: str, roles: list[Role], group: str) -> TeamMember:
        member = add_to_team(
            conversation=self.grace.conversation,
            account=self._account(name),
            roles=roles,
            partner_group=self.groups[group],
            by=self.grace.account,
        )
        member.conversation = self.grace.conversation
        return member

    def _refresh(self) -> None:
        """Everybody looks at the conversation as it stands now."""
        conversation = Conversation.objects.get(pk=self.grace.conversation_id)
        for member in (self.grace, self.hal, self.ines, self.jo):
            member.conversation = conversation
        for person, _ in self.people:
            person.conversation = conversation

    def _open(self) -> None:
        for member in (self.grace, self.hal):
            self._refresh()
            saw = opening_fingerprint(member.conversation, TOGETHER)
            open_conversation(member=member, phases=TOGETHER, saw=saw)
        self._refresh()

    def _join(self) -> None:
        for kind in self.script["people"]:
            for place_in_kind in range(kind["count"]):
                person, _ = join(
                    conversation=self.grace.conversation,
                    code=make_code(),
                    groups=[self.groups[key] for key in kind["groups"]],
                    description=kind.get("description", "") if place_in_kind == 0 else "",
                    area=self.chance.choice([*self.areas, None]),
                    came_by=CameBy.EXAMPLE,
                )
                self.people.append((person, kind["groups"]))

    def _key(self) -> str:
        self.sent += 1
        return f"example-{self.sent}"

    def _somebody(self, group: str) -> Participant:
        """Somebody of the partner group; "none" is a person who picked none."""
        wanted = [] if group == "none" else [group]
        return self.chance.choice([person for person, groups in self.people if groups == wanted])

    def _submit(self, said: dict[str, Any]) -> Statement:
        writer = self._somebody(said["by"])
        statement, _ = submit_statement(
            conversation=self.grace.conversation,
            participant=writer,
            question=self.questions[said["question"]],
            text=said["text"],
            how_given=writer.whose_words,
            form_key=self._key(),
        )
        return statement

    def _show(self, words: Words) -> None:
        look_at(words=words, by=self.hal, outcome=Look.Outcome.SHOWN)

    def _say(self) -> None:
        for said in self.script["statement"]:
            statement = self._submit(said)
            self._show(statement.words)
            self.statements[said["key"]] = Statement.objects.select_related("words").get(
                pk=statement.pk
            )
        for asked in self.script["raised"]:
            words, _ = raise_question(
                conversation=self.grace.conversation,
                participant=self._somebody(asked["by"]),
                text=asked["text"],
                form_key=self._key(),
            )
            self._show(words)

    def _answer(self) -> None:
        patterns = self.script["pattern"]
        for person, groups in self.people:
            for said in self.script["statement"]:
                statement = self.statements[said["key"]]
                if statement.words.participant_id == person.pk:
                    continue
                given = answer_by_pattern(patterns[said["pattern"]], groups, self.chance)
                if given is not None:
                    answer(participant=person, statement=statement, answer=given)
            if any(self.groups[key].is_children for key in groups):
                finish(participant=person)
        for why in self.script.get("reason", []):
            reason, _ = give_reason(
                participant=self._somebody(why["by"]),
                statement=self.statements[why["statement"]],
                answer=why["answer"],
                text=why["text"],
                form_key=self._key(),
            )
            if why["shown"]:
                self._show(reason.words)

    def _arrange(self) -> None:
        for merge in self.script["merge"]:
            for other in merge["others"]:
                merge_statements(
                    kept=self.statements[merge["kept"]],
                    absorbed=self.statements[other],
                    by=self.hal,
                    reason="They say the same.",
                )
        for apart in self.script["apart"]:
            one, other = (self.statements[key] for key in apart["pair"])
            keep_apart(one=one, other=other, by=self.hal, reason="They want different things.")
        self.ideas = []
        for about in self.script["idea"]:
            idea = make_idea(
                by=self.hal,
                question=self.questions[about["question"]],
                name=about["name"],
                statements=[self.statements[key] for key in about["statements"]],
            )
            self.ideas.append((idea, about["summary"]))

    def _agree(self) -> None:
        self._move_to("agreeing")
        self.done = SaidAndDone(
            script=self.script,
            facilitator=self.hal,
            decides=self.ines,
            knows=self.jo,
            people=self.people,
            statements=self.statements,
            ideas={idea.name: idea for idea, _ in self.ideas},
            show=self._show,
        )
        self.done.note()
        self.done.agree()

    def _publish(self) -> None:
        conversation = self.grace.conversation
        row = edit_draft(
            member=self.grace,
            revision=draft_row(conversation).revision,
            order=draft_row(conversation).order,
            **self.script["document"],
        )
        for idea, summary in self.ideas:
            row = summarise_idea(
                member=self.grace, revision=row.revision, idea=idea, summary=summary
            )
        for member in (self.grace, self.hal):
            publish(member=member, saw=fingerprint(draft_document(conversation)))

    def _act(self, weeks_later: int) -> None:
        """Decided, and partly done; and how it felt, twice where the Cornerstones are asked."""
        self._move_to("acting")
        self.done.decide()
        self._weeks_pass(weeks_later)
        self.done.do()
        self.done.feel()
        if "cornerstones" in self.script:
            self._weeks_pass(1)
            self.done.look_back()

    def _weeks_pass(self, weeks: int) -> None:
        weeks_pass(self.grace.conversation, weeks)
        self._refresh()

    def _move_to(self, phase: str) -> None:
        change_phases(member=self.grace, phases=[phase])
        self._refresh()
