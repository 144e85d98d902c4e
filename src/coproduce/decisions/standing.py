"""Whether an action is done: what the owner's side says, and what people say whose words it is.

The rule stands in docs/reference/rules.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from commonground.rounding import STEP
from coproduce.decisions.models import Action, ActionCheck, ActionStep
from coproduce.people.models import WhoseWords

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.people.models import Participant

_DECIDING = (ActionStep.Kind.SAID_DONE, ActionStep.Kind.STOPPED, ActionStep.Kind.REOPENED)


def settle(action: Action) -> bool:
    """Bring `standing` in step with the steps and the checks. Returns whether it moved."""
    standing = _standing(action)
    if standing == action.standing:
        return False
    action.standing = standing
    action.save(update_fields=["standing"])
    return True


def _standing(action: Action) -> Action.Standing:
    latest = action.steps.filter(kind__in=_DECIDING).order_by("at", "pk").last()
    if latest is None or latest.kind == ActionStep.Kind.REOPENED:
        return Action.Standing.OPEN
    if latest.kind == ActionStep.Kind.STOPPED:
        return Action.Standing.STOPPED
    if _is_another_thing_since(action, latest):
        return Action.Standing.OPEN
    checks = action.checks.filter(ended_at=None)
    if checks.filter(confirms=False).exists():
        return Action.Standing.DISPUTED
    if checks.filter(confirms=True, counts_for__gt=0).exists():
        return Action.Standing.DONE
    return Action.Standing.SAID_DONE


def _is_another_thing_since(action: Action, said_done: ActionStep) -> bool:
    """What is to be done was corrected after it was said to be done: that was another thing."""
    later = Q(at__gt=said_done.at) | Q(at=said_done.at, pk__gt=said_done.pk)
    corrected = action.steps.filter(later, kind=ActionStep.Kind.CORRECTED)
    return corrected.exclude(earlier_what="").exists()


def counts_for(participant: Participant, action: Action, *, as_child: bool) -> int:
    """The partner groups, as a mask, for which this person's "done" counts; 0 for none.

    None where they are of the owner's partner group too, or gave no group. `as_child`: words of a
    child's own rest under the action; otherwise nothing is counted as a child's.
    """
    mask = participant.membership
    speaks_for_a_child = participant.whose_words in WhoseWords.never_a_childs()
    if speaks_for_a_child or not as_child:
        mask &= ~participant.conversation.children_bit
    if action.owner_group is not None and mask & action.owner_group.mask:
        return 0
    return mask


def confirmed_by(conversation: Conversation, actions: Iterable[Action]) -> dict[int, list[str]]:
    """By action: the partner groups that may be named as those of people who said "done".

    Nobody can be picked out by a name: a person's groups are named only where at least five
    people took part who are in exactly those groups. When that leaves one to four people over,
    no group is named at all, since leaving it out would tell of them. What is named never
    depends on who else answered.
    """
    keys = {action.pk: action for action in actions}
    confirming: dict[int, set[int]] = {}
    for action, mask in ActionCheck.objects.filter(
        action__in=keys, confirms=True, ended_at=None, counts_for__gt=0
    ).values_list("action_id", "counts_for"):
        confirming.setdefault(action, set()).add(mask)
    if not confirming:
        return {}
    groups = list(conversation.partner_groups.all())
    people = _by_groups(conversation)
    named = {}
    for key, masks in confirming.items():
        owners = keys[key].owner_group
        may_be_named = _may_be_named(people, owners.mask if owners else 0)
        bits = 0
        for mask in masks & may_be_named:
            bits |= mask
        named[key] = [group.label for group in groups if bits & group.mask]
    return named


def _by_groups(conversation: Conversation) -> Counter[int]:
    """How many people took part, by the exact partner groups that their word counts for."""
    people: Counter[int] = Counter()
    rows = (
        conversation.participants.filter(left_at=None)
        .order_by()
        .values_list("membership", "whose_words")
        .annotate(how_many=Count("pk"))
    )
    for membership, whose_words, how_many in rows:
        if whose_words in WhoseWords.never_a_childs():
            membership &= ~conversation.children_bit
        people[membership] += how_many
    return people


def _may_be_named(people: Counter[int], owners: int) -> set[int]:
    others = {mask: count for mask, count in people.items() if mask and not mask & owners}
    named = {mask for mask, count in others.items() if count >= STEP}
    left = sum(count for mask, count in others.items() if mask not in named)
    return set() if 0 < left < STEP else named
