"""Leaving an email address, to be told; and having it deleted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from coproduce.conversations.models import Conversation
from coproduce.pages.taking_part.forms import AddressForm
from coproduce.pages.taking_part.page import participant_page, show, tell
from coproduce.people.models import Participant
from coproduce.refused import Refused
from coproduce.telling.queries import kept_until
from coproduce.telling.services import leave_address, stop_by_address


@participant_page("POST")
def tell_me(
    request: HttpRequest, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """Children are not asked for an address; nothing that is done here knows who did it."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and not participant.is_child and form.is_valid():
        address = form.cleaned_data["email"]
        if request.POST.get("do") == "delete":
            stop_by_address(conversation=conversation, address=address)
            tell(request, "Done. This address is not kept here any more.")
            return redirect("taking_part:tell_me", slug=conversation.slug)
        try:
            until = leave_address(conversation=conversation, address=address)
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            tell(request, f"Kept. We delete your address on {until:%-d %B %Y} at the latest.")
            return redirect("taking_part:tell_me", slug=conversation.slug)
    return show(
        request,
        "tell_me",
        conversation,
        form=form,
        child=participant.is_child,
        until=kept_until(conversation),
        status=422 if form.errors else 200,
    )
