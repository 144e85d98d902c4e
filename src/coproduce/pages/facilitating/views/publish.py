"""Seeing the draft as it will be published, and turning a key for it."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.conversations.models import Conversation, Doing
from coproduce.pages.audience import for_team
from coproduce.pages.parts import WHOLE, asked_part
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused
from coproduce.understanding import services
from coproduce.understanding.document import Changes, fingerprint
from coproduce.understanding.queries.draft import DraftNow, draft_document
from coproduce.understanding.queries.versions import versions_of
from coproduce.understanding.services.publishing import Last, what_is_missing

CHANGES_SHOWN = 50


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
    is_front = contents.is_long and WHOLE not in request.GET
    document = draft.front() if is_front else draft.document()
    return render(
        request,
        "facilitating/preview.html",
        {**about, "document": document, "is_front": is_front},
    )


@for_team(Role.ORGANISER, Role.FACILITATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    refused = ""
    if request.method == "POST":
        try:
            _, version = services.publish(member=member, saw=request.POST.get("saw", ""))
        except Refused as told:
            refused = str(told)
        else:
            if version is not None:
                messages.success(
                    request, f"Version {version.number} is published. It does not change any more."
                )
                return redirect("public:version", slug=conversation.slug, number=version.number)
            messages.success(
                request,
                "You turned the first key. Somebody of another partner group must turn the second.",
            )
            return redirect("facilitating:publish", slug=conversation.slug)
    document = draft_document(conversation)
    last = Last.of(conversation, document)
    saw = fingerprint(document)
    turn = services.key_that_waits(conversation, saw)
    return render(
        request,
        "facilitating/publish.html",
        {
            "conversation": conversation,
            "tab": "draft",
            "refused": refused,
            "document": document,
            "fingerprint": saw,
            "turn": turn,
            "is_mine": turn is not None and turn.first_by_id == member.pk,
            "missing": what_is_missing(conversation, document, last),
            "is_time": conversation.allows(Doing.PUBLISH),
            "moves_on": conversation.phases_after_publishing != conversation.phases,
            "may_turn": member.has_role(Role.ORGANISER),
            "changes": _some(last.changes) if last else None,
            "last": last.version if last else None,
            "versions": versions_of(conversation),
        },
    )


def _some(changes: Changes) -> Changes:
    """The first of the lines that changed, and how many there are: the preview shows all."""
    return replace(changes, changes=changes.changes[:CHANGES_SHOWN], all_lines=len(changes.changes))
