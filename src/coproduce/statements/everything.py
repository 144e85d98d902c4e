"""Everything that was said in a conversation and can be read, each merge listed once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from coproduce.conversations.models import Conversation
from coproduce.ideas.models import Idea, Placement
from coproduce.statements.models import Statement
from coproduce.words.models import Standing


@dataclass(frozen=True)
class IdeaSeen:
    """An idea and how many things were said in it, a merge counted once."""

    idea: Idea
    statements: int


class Everything:
    """Listed statements, in an order that says nothing about how many agree."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def all(self) -> QuerySet[Statement]:
        # By reference: chance drew it, so the order ranks nobody.
        return (
            Statement.objects.filter(conversation=self.conversation, cluster__listed=F("pk"))
            .shown()
            .with_words()
            .order_by("words__ref")
        )

    def _placed(self) -> QuerySet[Placement]:
        return Placement.objects.held().filter(
            idea__conversation=self.conversation, idea__retired_at=None
        )

    def of_idea(self, key: int) -> QuerySet[Statement]:
        """The statements of an idea; of none with 0."""
        if key == 0:
            return self.in_no_idea()
        placed = self._placed().filter(idea=key)
        return self.all().filter(cluster__in=placed.values("statement__cluster"))

    def in_no_idea(self) -> QuerySet[Statement]:
        return self.all().exclude(cluster__in=self._placed().values("statement__cluster"))

    def idea(self, key: int) -> Idea | None:
        return Idea.objects.kept().filter(conversation=self.conversation, pk=key).first()

    def ideas(self) -> list[IdeaSeen]:
        """Ideas that have something to read, in the order that the team gave them."""
        held = Q(
            placements__removed_at=None,
            placements__statement__cluster__listed__words__standing=Standing.SHOWN,
        )
        ideas = (
            Idea.objects.kept()
            .filter(conversation=self.conversation)
            .annotate(said=Count("placements__statement__cluster", filter=held, distinct=True))
            .filter(said__gt=0)
            .select_related("question")
            .order_by("question__position", "question", "position", "pk")
        )
        return [IdeaSeen(idea, getattr(idea, "said")) for idea in ideas]  # noqa: B009 - annotated

    def sizes(self, clusters: Collection[int]) -> dict[int, int]:
        """How many shown statements each cluster has."""
        return dict(
            Statement.objects.filter(cluster__in=clusters)
            .shown()
            .values_list("cluster_id")
            .annotate(Count("pk"))
        )
