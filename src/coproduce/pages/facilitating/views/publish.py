"""Seeing the draft as it will be published, and turning a key for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.conversations.models import Conversation, Doing
from coproduce.pages.audience import for_team
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused
from coproduce.understanding import services
from coproduce.understanding.document import fingerprint
from coproduce.understanding.queries.changes import compare
from coproduce.understanding.queries.draft import draft_document
from coproduce.understanding.queries.versions import published_document, versions_of
from coproduce.understanding.services.publishing import what_is_missing


@for_team(Role.ORGANISER, Role.FACILITATOR)
@require_safe
def preview(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    return render(
        request,
        "facilitating/preview.html",
        {"conversation": conversation, "tab": "draft", "document": draft_document(conversation)},
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
    last = conversation.versions.order_by("-number").first()
    turn = services.key_that_waits(conversation, document)
    return render(
        request,
        "facilitating/publish.html",
        {
            "conversation": conversation,
            "tab": "draft",
            "refused": refused,
            "document": document,
            "fingerprint": fingerprint(document),
            "turn": turn,
            "is_mine": turn is not None and turn.first_by_id == member.pk,
            "missing": what_is_missing(conversation, document),
            "is_time": conversation.allows(Doing.PUBLISH),
            "moves_on": conversation.phases_after_publishing != conversation.phases,
            "may_turn": member.has_role(Role.ORGANISER),
            "changes": compare(published_document(last), document, document.what_changed)
            if last
            else None,
            "last": last,
            "versions": versions_of(conversation),
        },
    )
