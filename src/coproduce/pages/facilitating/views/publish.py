"""Seeing the draft as it will be published, and turning a key for it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.conversations.models import Conversation, Doing, KeyTurn
from coproduce.conversations.queries import waiting_keys, why_no_key
from coproduce.pages.audience import for_team
from coproduce.pages.made_beforehand import (
    before_publishing,
    has_long_draft,
    whole_draft,
    whole_version,
)
from coproduce.pages.parts import WHOLE, asked_part
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused
from coproduce.reports.beforehand import to_publish
from coproduce.understanding import services
from coproduce.understanding.queries.draft import DraftNow
from coproduce.understanding.queries.versions import contents_of, versions_of


@for_team(Role.ORGANISER, Role.FACILITATOR)
@require_safe
def preview(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    """The whole draft where it is short; else its contents, or one part of it."""
    draft = DraftNow(conversation)
    contents = draft.contents
    part = asked_part(request, contents)
    about = {"conversation": conversation, "tab": "draft", "contents": contents, "part": part}
    if part is not None:
        return render(
            request, "facilitating/preview_part.html", {**about, "document": draft.part(part)}
        )
    is_whole = contents.is_long and WHOLE in request.GET
    whole = whole_draft(conversation) if is_whole else None
    return render(
        request,
        "facilitating/preview.html",
        {
            **about,
            "document": draft.front() if contents.is_long else draft.document(),
            "is_front": contents.is_long and not whole,
            "whole": whole,
            "is_waiting": is_whole and not whole,
        },
    )


@for_team(Role.ORGANISER, Role.FACILITATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    refused = ""
    if request.method == "POST":
        try:
            _, version = services.publish(member=member, saw=request.POST.get("saw", ""))
        except Refused as problem:
            refused = str(problem)
        else:
            if version is not None:
                if contents_of(version).is_long:
                    whole_version(version)
                messages.success(
                    request, f"Version {version.number} is published. It does not change any more."
                )
                return redirect("public:version", slug=conversation.slug, number=version.number)
            messages.success(
                request,
                "You turned the first key. Somebody of another partner group must turn the second.",
            )
            return redirect("facilitating:publish", slug=conversation.slug)
    told = _told(conversation, anew=bool(refused))
    turn = services.key_that_waits(conversation, told["fingerprint"]) if told else None
    versions = versions_of(conversation)
    return render(
        request,
        "facilitating/publish.html",
        {
            "conversation": conversation,
            "tab": "draft",
            "refused": refused,
            "told": told,
            "fingerprint": told["fingerprint"] if told else "",
            "turn": turn,
            "earlier": None if turn else _for_an_earlier_draft(conversation),
            "is_mine": turn is not None and turn.first_by_id == member.pk,
            "is_time": conversation.allows(Doing.PUBLISH),
            "moves_on": conversation.phases_after_publishing != conversation.phases,
            "may_turn": member.has_role(Role.ORGANISER),
            "cannot": "" if conversation.runs_alone else why_no_key(member, turn),
            "last": versions[0] if versions else None,
            "versions": versions,
        },
    )


def _for_an_earlier_draft(conversation: Conversation) -> KeyTurn | None:
    """A first key whose draft has changed since: it waits in the list, and opens nothing."""
    waiting = waiting_keys(conversation)
    return next((turn for turn in waiting if turn.act == KeyTurn.Act.PUBLISH), None)


def _told(conversation: Conversation, *, anew: bool) -> dict[str, Any] | None:
    """What is said of the draft; None while the worker reads a long one.

    A key is for the fingerprint that stands here, and turns only while the draft, read anew then,
    has the same: what the worker made may be old, but nothing else is published by it.
    """
    if anew or not has_long_draft(conversation):
        return to_publish(conversation)
    made = before_publishing(conversation)
    return None if made is None else dict(json.loads(made))
