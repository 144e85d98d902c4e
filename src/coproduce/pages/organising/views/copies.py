"""Taking a copy of a conversation as files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coproduce.conversations.models import Conversation
from coproduce.exchange.polis_export import FEWEST_PEOPLE, polis_zip
from coproduce.exchange.statement_export import as_csv, as_json
from coproduce.pages.audience import for_team
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused

TAKES_COPIES = (Role.ORGANISER, Role.FACILITATOR)


@for_team(*TAKES_COPIES)
def copies(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    return render(
        request,
        "organising/copies.html",
        {"conversation": conversation, "tab": "copies", "fewest": FEWEST_PEOPLE},
    )


def _file(conversation: Conversation, ending: str, kind: str, content: str | bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{conversation.slug}.{ending}"'
    return response


@never_cache
@for_team(*TAKES_COPIES)
def as_json_file(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponse:
    return _file(conversation, "json", "application/json; charset=utf-8", as_json(conversation))


@never_cache
@for_team(*TAKES_COPIES)
def as_csv_file(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponse:
    # The mark at the start tells offices' spreadsheets that this is UTF-8.
    content = as_csv(conversation).encode("utf-8-sig")
    return _file(conversation, "csv", "text/csv; charset=utf-8", content)


@require_POST
@for_team(*TAKES_COPIES)
def as_polis_zip(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    """A POST, since it is an act: the log keeps who took the file."""
    try:
        content = polis_zip(conversation=conversation, by=member)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("organising:copies", conversation.slug)
    return _file(conversation, "polis.zip", "application/zip", content)
