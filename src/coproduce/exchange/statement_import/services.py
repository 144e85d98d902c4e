"""Bringing statements in from a file, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation, Doing
from coproduce.exchange.arriving import AT_ONCE, Arriving, keep_arriving
from coproduce.exchange.models import ImportFile, PendingFile
from coproduce.exchange.statement_import.errors import AlreadyImported, HasProblems
from coproduce.exchange.statement_import.plan import Choices, Plan, plan_import
from coproduce.exchange.statement_import.queries import KIND, earlier_import
from coproduce.exchange.statement_import.tables import Table, read_table
from coproduce.ideas.models import Idea, Placement
from coproduce.moderation.models import Look
from coproduce.moderation.tasks import read_soon
from coproduce.people.access import require_role
from coproduce.people.models import CameBy, Participant, Role
from coproduce.refused import Refused
from coproduce.responses.models import Answer, Response
from coproduce.responses.services import recount
from coproduce.statements.models import RoomMark, Source, Statement
from coproduce.words.models import Standing, Words

if TYPE_CHECKING:
    from coproduce.people.models import Account, TeamMember


def keep_file(*, member: TeamMember, name: str, content: bytes) -> PendingFile:
    """Keep a file that can be read until its columns are confirmed. Raises UnreadableFile."""
    require_role(member, Role.ORGANISER, Role.FACILITATOR)
    read_table(name, content)
    PendingFile.objects.filter(at__lte=timezone.now() - PendingFile.KEPT_FOR).delete()
    return PendingFile.objects.create(
        conversation=member.conversation, name=name[-200:], content=content, by=member.account
    )


def drop_file(*, member: TeamMember, pending: PendingFile) -> None:
    """Forget a file that was not brought in."""
    require_role(member, Role.ORGANISER, Role.FACILITATOR)
    pending.delete()


@transaction.atomic
def import_kept_file(
    *, member: TeamMember, pending: PendingFile, choices: Choices, show: bool, source: str
) -> ImportFile:
    """Bring in a file that waits, and let go of the copy that waited."""
    require_role(member, Role.ORGANISER, Role.FACILITATOR)
    table = read_table(pending.name, bytes(pending.content))
    came_in = import_statements(
        conversation=member.conversation,
        by=member.account,
        table=table,
        choices=choices,
        show=show,
        source=source,
    )
    pending.delete()
    return came_in


@transaction.atomic
def import_statements(
    *,
    conversation: Conversation,
    by: Account | None,
    table: Table,
    choices: Choices,
    show: bool,
    source: str = Source.COLLECTIVE,
) -> ImportFile:
    """Every row a statement, arranged under the ideas of the file, in the order of the file.

    `by` is None for the operator's command line, who needs no role. `show`: the words stand in an
    account that is already public; otherwise they wait to be looked at. `source` is that of rows
    without a person. Raises AlreadyImported, HasProblems or Refused; then nothing came in.
    """
    # Everything that changes the arrangement waits here, so that positions are given once.
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not (conversation.is_draft or conversation.allows(Doing.ARRANGE)):
        raise Refused(
            "Statements come in while the conversation is a draft, or while it gathers, listens, "
            "connects or agrees. Open one of these phases first."
        )
    earlier = earlier_import(conversation, table.digest)
    if earlier is not None:
        raise AlreadyImported(
            f"This file came in on {timezone.localtime(earlier.at):%-d %B %Y}. Nothing was added."
        )
    plan = plan_import(table, choices, conversation)
    if not plan.may_come_in:
        raise HasProblems(
            f"Lines to mend in the file: {len(plan.stopping)}. Nothing was imported."
            if plan.stopping
            else "There is no statement in the file. Nothing was imported."
        )
    return _Arrival(conversation, by, table, plan, show, source).bring_in()


class _Arrival:
    def __init__(
        self,
        conversation: Conversation,
        by: Account | None,
        table: Table,
        plan: Plan,
        show: bool,
        source: str,
    ) -> None:
        self.conversation = conversation
        self.by = by
        self.table = table
        self.plan = plan
        self.show = show
        self.source = source

    def bring_in(self) -> ImportFile:
        try:
            with transaction.atomic():
                file = ImportFile.objects.create(
                    conversation=self.conversation,
                    name=self.table.name[-200:],
                    digest=self.table.digest,
                    kind=KIND,
                    by=self.by,
                )
        except IntegrityError as error:
            raise AlreadyImported("This file came in just now. Nothing was added.") from error
        people = self._people()
        statements = self._statements(file, people)
        if self.show:
            self._looked_at([statement.words for statement in statements])
        self._answers(statements, people)
        new_ideas = self._arrange(statements)
        self._room_marks(statements)
        file.summary = {
            "statements": len(statements),
            "ideas": new_ideas,
            "room_marks": self.plan.room_marks,
            "people": len(people),
            "shown": self.show,
        }
        file.save(update_fields=["summary"])
        self.conversation.arrangement_revision += 1
        self.conversation.save(update_fields=["arrangement_revision"])
        record(
            conversation=self.conversation,
            act="import_statements",
            by=self.by,
            about=f"file {file.pk}",
            details={"file": file.pk, **file.summary},
        )
        read_soon(self.conversation.pk)
        return file

    def _people(self) -> dict[str, Participant]:
        named = self.plan.people
        made = Participant.objects.bulk_create(
            [
                Participant(
                    conversation=self.conversation, membership=membership, came_by=CameBy.IMPORT
                )
                for membership in named.values()
            ],
            batch_size=AT_ONCE,
        )
        return dict(zip(named, made, strict=True))

    def _statements(self, file: ImportFile, people: dict[str, Participant]) -> list[Statement]:
        return keep_arriving(
            conversation=self.conversation,
            file=file,
            arriving=[
                Arriving(
                    line=planned.line,
                    question=planned.question,
                    text=planned.text,
                    participant=people.get(planned.person),
                    source=Source.PERSON if planned.person else self.source,
                    standing=Standing.SHOWN if self.show else Standing.WAITING,
                    how_given=planned.how_given,
                    from_paper=not planned.person,
                )
                for planned in self.plan.statements
            ],
        )

    def _looked_at(self, words: list[Words]) -> None:
        Look.objects.bulk_create(
            [
                Look(
                    words=said,
                    outcome=Look.Outcome.SHOWN,
                    note="From an account that was already published.",
                    by=self.by,
                )
                for said in words
            ],
            batch_size=AT_ONCE,
        )

    def _answers(self, statements: list[Statement], people: dict[str, Participant]) -> None:
        """Who writes a statement agrees with it. Only rows of a person carry an answer."""
        Response.objects.bulk_create(
            [
                Response(
                    participant=people[planned.person],
                    statement=statement,
                    first_answer=Answer.AGREE,
                    answer=Answer.AGREE,
                    by_writing=True,
                )
                for statement, planned in zip(statements, self.plan.statements, strict=True)
                if planned.person
            ],
            batch_size=AT_ONCE,
        )
        recount([s.cluster for s in statements if s.source == Source.PERSON])

    def _arrange(self, statements: list[Statement]) -> int:
        """Place the statements under their ideas. Returns how many ideas are new."""
        kept = list(self.conversation.ideas.kept())
        ideas = {(idea.question_id, idea.name.casefold()): idea for idea in kept}
        last = max((idea.position for idea in kept), default=-1)
        new = [
            (question, name)
            for question, name in self.plan.ideas
            if (question.pk, name.casefold()) not in ideas
        ]
        for position, (question, name) in enumerate(new, start=last + 1):
            ideas[question.pk, name.casefold()] = Idea.objects.create(
                conversation=self.conversation,
                question=question,
                name=name,
                position=position,
                made_by=self.by,
            )
        places: dict[int, int] = {}
        for placement in Placement.objects.held().filter(idea__in=kept):
            places[placement.idea_id] = max(
                places.get(placement.idea_id, 0), placement.position + 1
            )
        placements = []
        for statement, planned in zip(statements, self.plan.statements, strict=True):
            if planned.idea:
                idea = ideas[planned.question.pk, planned.idea.casefold()]
                position = places.get(idea.pk, 0)
                places[idea.pk] = position + 1
                placements.append(
                    Placement(idea=idea, statement=statement, position=position, placed_by=self.by)
                )
        Placement.objects.bulk_create(placements, batch_size=AT_ONCE)
        return len(new)

    def _room_marks(self, statements: list[Statement]) -> None:
        RoomMark.objects.bulk_create(
            [
                RoomMark(
                    conversation=self.conversation,
                    statement=statement,
                    count=planned.room_marks,
                    source=self.table.name[-200:],
                    by=self.by,
                )
                for statement, planned in zip(statements, self.plan.statements, strict=True)
                if planned.room_marks
            ],
            batch_size=AT_ONCE,
        )
