"""Making a conversation from a template."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from coproduce.audit.services import record
from coproduce.conversations.models import CODE_LETTERS, Conversation, Phase, PhaseChange
from coproduce.conversations.services.stating import apply_changes
from coproduce.conversations.starting import DEVON_DISTRICTS, SEND_GROUPS, template
from coproduce.people.models import Account, Role, TeamMember
from coproduce.people.services.team import add_to_team


@transaction.atomic
def make_conversation(
    *,
    by: Account,
    name: str,
    template_key: str,
    stands_for: str | None = None,
    is_example: bool = False,
) -> TeamMember:
    """A draft with the template's starting texts; who makes it organises and facilitates it.

    `stands_for` is the key of the partner group that the maker stands for. Returns the maker's
    place in the team; its `conversation` is the one made.
    """
    if not by.runs_installation:
        raise PermissionError(f"{by} does not make conversations on this installation.")
    chosen = template(template_key)
    conversation = _with_free_slug(name, is_example=is_example, fields=chosen.fields)
    groups = [group for group in SEND_GROUPS if group.at_first or group.key == stands_for]
    apply_changes(
        conversation,
        {
            "questions": [{"id": None, "text": chosen.question, "material": chosen.material}],
            "partner_groups": [group.as_stated() for group in groups],
            "areas": [{"key": None, "label": label} for label in DEVON_DISTRICTS],
        },
    )
    PhaseChange.objects.create(conversation=conversation, phases=[Phase.DRAFT], by=by)
    member = add_to_team(
        conversation=conversation,
        account=by,
        roles=[Role.ORGANISER, Role.FACILITATOR],
        partner_group=conversation.partner_groups.filter(key=stands_for).first(),
        by=by,
    )
    record(
        conversation=conversation,
        act="make_conversation",
        by=by,
        details={"template": template_key},
    )
    return member


def _with_free_slug(name: str, *, is_example: bool, fields: dict[str, object]) -> Conversation:
    base = slugify(name)[:50].strip("-") or "conversation"
    slug = base
    while True:
        try:
            with transaction.atomic():
                return Conversation.objects.create(
                    slug=slug, name=name, is_example=is_example, phases=[Phase.DRAFT], **fields
                )
        except IntegrityError:
            # The name is taken, or (once in many millions) the join code: draw both again.
            drawn = "".join(secrets.choice(CODE_LETTERS) for _ in range(4)).lower()
            slug = f"{base}-{drawn}"
