"""What a device reads whose participant, or team member, is not known on it any more; and what
somebody reads who does something with what is not there any more.

Words that were sent are shown, not lost.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from coproduce.conversations.models import Conversation

# Where people write as they like: one word is enough, or a sentence in a script without spaces.
WRITTEN_IN = {"words", "text", "note", "what", "why", "reason", "description", "summary", "subject"}


def typed_words(request: HttpRequest) -> list[str]:
    """What a person typed into the form that was sent: all that stands where people write, and
    everything else of two words or more.

    Never a password or a private code: they may be on somebody else's screen.
    """
    if request.method != "POST":
        return []
    return [
        value.strip()
        for name, values in request.POST.lists()
        # `was_`: what a field said before.
        if name != "code" and "password" not in name and not name.startswith("was_")
        for value in values
        if len(value.split()) > 1 or (name in WRITTEN_IN and value.strip())
    ]


def unsent_of_participant(
    request: HttpRequest, conversation: Conversation, words: list[str]
) -> HttpResponseBase:
    return render(
        request,
        "taking_part/unsent.html",
        {"conversation": conversation, "words": words},
        status=403,
    )


def taken_back(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    return render(request, "taking_part/left.html", {"conversation": conversation})


def unsent_of_team(request: HttpRequest, words: list[str]) -> HttpResponseBase:
    back = f"{reverse('team:sign_in')}?{urlencode({'next': request.get_full_path()})}"
    return render(request, "team/unsent.html", {"words": words, "sign_in": back}, status=403)


def gone_meanwhile(request: HttpRequest, conversation: Conversation) -> HttpResponseBase:
    """For a team member: the same whether somebody took it away, or it was never there."""
    words = typed_words(request)
    return render(
        request, "team/gone.html", {"conversation": conversation, "words": words}, status=404
    )
