"""Ideas as they stand now, held for a change, and refused when somebody else changed them."""

from __future__ import annotations

from django.db.models import F

from coproduce.ideas.models import Idea
from coproduce.people.models import TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.statements.access import require_arranging

LONGEST_NAME = 200
LONGEST_SUMMARY = 1000


def hold_idea(idea: Idea, by: TeamMember, *, revision: int | None) -> Idea:
    """The idea, locked. `revision`: as it was on the page of the person who changes it.

    Raises Refused or Meanwhile; nothing of what another facilitator did is overwritten.
    """
    require_arranging(by)
    if idea.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    now = Idea.objects.select_for_update(of=("self",)).get(pk=idea.pk)
    if now.retired_at is not None:
        raise Meanwhile(f"Somebody has taken the idea “{now.name}” away. Nothing was changed.")
    if revision is not None and now.revision != revision:
        raise Meanwhile(
            f"Somebody has changed this idea meanwhile. It is now called “{now.name}”. "
            "Nothing was overwritten. Look again and send it once more if you still want it."
        )
    return now


def changed(idea: Idea, **fields: object) -> None:
    Idea.objects.filter(pk=idea.pk).update(revision=F("revision") + 1, **fields)


def named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("Give the idea a name.", field="name")
    if len(name) > LONGEST_NAME:
        raise Refused(f"Make the name shorter: at most {LONGEST_NAME} letters.", field="name")
    return name
