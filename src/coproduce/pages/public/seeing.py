"""What a person may see of others' answers on public pages, on a device that takes part.

Before their own answer a person sees statements uncounted, and a child sees no totals until they
finish. A published version is public all the same: anybody can open it on another device. So this
keeps totals from meeting somebody on their way, and is not a secret (docs/decisions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.conversations.models import Doing
from coproduce.pages.device import participant_of
from coproduce.responses.models import Response

if TYPE_CHECKING:
    from django.http import HttpRequest

    from coproduce.conversations.models import Conversation


def hides_totals(
    request: HttpRequest, conversation: Conversation, clusters: list[int] | None = None
) -> bool:
    """Whether this device's participant is still on the way to their own answer.

    `clusters`: the page is about these alone, so somebody who answered one of them may see.
    """
    if not conversation.allows(Doing.ANSWER):
        return False
    participant = participant_of(request, conversation)
    if participant is None:
        return False
    if not participant.may_see_totals:
        return True
    if clusters is None:
        return False
    return not Response.objects.filter(
        participant=participant, statement__cluster__in=clusters
    ).exists()
