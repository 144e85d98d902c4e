"""Deciding whose words may be told to be of which partner group, so that nobody is picked out.

A statement's partner group is told, or not, once and for good. It is decided when nobody can say
anything new any more, for all statements at once, whatever report or pack they then stand in: so
it cannot be found out by choosing statements, or by laying two reports side by side.

Among the statements that were given in the same way (a helper typed, a paper slip, …):

- the groups of a writer are told where at least five people wrote who picked exactly those groups;
- those that are left over are at least five people, and even without the largest of their kinds
  two people are left; otherwise the smallest kind that could be told is left over with them.

The rule is that of secondary suppression; see docs/explanation/small-numbers.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction

from commonground.rounding import STEP
from coproduce.conversations.models import Conversation, Doing
from coproduce.genuineness.models import PublicCount
from coproduce.people.models import WhoseWords
from coproduce.reports.queries.writers import ABOUT
from coproduce.statements.models import Source, Statement

# How many people are left of those who are not told, without the largest of their kinds.
LEFT_OVER = 2


@transaction.atomic
def settle_whose_words(conversation: Conversation) -> None:
    """Decide on the statements that were not decided on yet. Only by the background worker.

    While people can still say something, nothing is decided.
    """
    if conversation.allows(Doing.SAY):
        return
    row = PublicCount.objects.select_for_update().filter(conversation=conversation, about=ABOUT)
    kept = row.first()
    shown = {"told": {}, "not_told": []} if kept is None else kept.shown
    decided = {*shown["told"], *shown["not_told"]}
    groups = list(conversation.partner_groups.all())
    children = conversation.children_bit
    kinds: dict[tuple[str, bool, int], dict[str, int]] = defaultdict(dict)
    for ref, person, membership, how, paper in (
        Statement.objects.filter(conversation=conversation, source=Source.PERSON)
        .shown()
        .exclude(words__participant=None)
        .order_by("words__ref")
        .values_list(
            "words__ref",
            "words__participant_id",
            "words__participant__membership",
            "words__how_given",
            "words__from_paper",
        )
    ):
        if ref not in decided:
            mask = membership & ~children if how in WhoseWords.never_a_childs() else membership
            kinds[how, paper, mask][ref] = person
    by_way: dict[tuple[str, bool], dict[int, dict[str, int]]] = defaultdict(dict)
    for (how, paper, mask), writers in kinds.items():
        by_way[how, paper][mask] = writers
    told, not_told = dict(shown["told"]), list(shown["not_told"])
    for of_way in by_way.values():
        may = may_be_told({mask: len(set(w.values())) for mask, w in of_way.items()})
        for mask, writers in of_way.items():
            if mask in may:
                keys = [group.key for group in groups if mask & group.mask]
                told.update(dict.fromkeys(writers, keys))
            else:
                not_told += writers
    if kinds or kept is None:
        PublicCount.objects.update_or_create(
            conversation=conversation,
            about=ABOUT,
            defaults={"shown": {"told": told, "not_told": sorted(not_told)}},
        )


def may_be_told(people: Mapping[int, int]) -> set[int]:
    """Of the kinds of writers, by how many people: those whose kind may be told."""
    may = {kind for kind, count in people.items() if count >= STEP}
    while True:
        over = [count for kind, count in people.items() if kind not in may]
        safe = sum(over) >= STEP and sum(over) - max(over) >= LEFT_OVER
        if not over or safe or not may:
            return may
        may.remove(min(may, key=lambda kind: (people[kind], kind)))
