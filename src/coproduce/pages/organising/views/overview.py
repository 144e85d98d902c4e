"""Where a conversation stands: what is stated, what is missing, what comes next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from coproduce.area.queries.asked_before import asked_before
from coproduce.conversations.models import Conversation, Doing
from coproduce.conversations.phases import MEANING
from coproduce.conversations.queries import (
    changes_since_opening,
    deletion_near,
    missing,
    waiting_keys,
)
from coproduce.conversations.stated import PARTS
from coproduce.decisions.access import OWES
from coproduce.decisions.queries import what_we_owe
from coproduce.moderation.queries import count_waiting
from coproduce.pages.audience import address_for, for_team
from coproduce.pages.organising.rooms import rooms_of
from coproduce.pages.organising.views.keys import page_for
from coproduce.people.models import Role, TeamMember


@for_team()
def overview(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    lacking = missing(conversation)
    owing = conversation.allows(Doing.DECIDE) and member.has_role(*OWES)
    queue = address_for(member, "facilitating:queue", conversation.slug)
    parts = [
        {"part": part, "lacking": [each for each in lacking if each.part == part.key]}
        for part in PARTS
    ]
    return render(
        request,
        "organising/overview.html",
        {
            "conversation": conversation,
            "member": member,
            "tab": "overview",
            "parts": parts,
            "lacking": lacking,
            "asked_before": asked_before(conversation) if conversation.is_draft else [],
            "rooms": rooms_of(conversation, member),
            "queue": queue,
            "waiting": count_waiting(conversation) if queue else 0,
            "keys": [(turn, page_for(turn, conversation)) for turn in waiting_keys(conversation)],
            "phases": [MEANING[phase] for phase in MEANING if phase in conversation.phases],
            "changes": changes_since_opening(conversation),
            "deletion": deletion_near(conversation, timezone.localdate()),
            "owing": owing,
            "owed": len(what_we_owe(conversation)) if owing else 0,
            "organises": member.has_role(Role.ORGANISER),
        },
    )
