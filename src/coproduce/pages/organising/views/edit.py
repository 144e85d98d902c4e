"""One page for each part of what a conversation states."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from coproduce.area.queries.asked_before import asked_before
from coproduce.conversations.models import Conversation
from coproduce.conversations.queries import missing
from coproduce.conversations.services import state
from coproduce.conversations.stated import AT_ONCE, PARTS, WHEN_CLOSED, part_fingerprint
from coproduce.pages.audience import for_team
from coproduce.pages.organising.forms.parts import FORMS
from coproduce.pages.organising.stated import rows_of
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Meanwhile, Refused


@for_team(Role.ORGANISER)
def edit(
    request: HttpRequest, conversation: Conversation, member: TeamMember, part: str
) -> HttpResponseBase:
    if part not in FORMS:
        raise Http404
    place = next(n for n, each in enumerate(PARTS) if each.key == part)
    form = FORMS[part](request.POST or None, conversation=conversation)
    meanwhile = False
    if request.method == "POST" and form.is_valid():
        try:
            saw = request.POST.get("saw")
            turn = state(
                member=member, changes=form.stated(), saw=(PARTS[place], saw) if saw else None
            )
        except Refused as refused:
            meanwhile = isinstance(refused, Meanwhile)
            fields = getattr(form, "fields", {})
            form.add_error(refused.field if refused.field in fields else None, str(refused))
        else:
            if turn is not None and not turn.is_turned:
                messages.success(
                    request, "Your key is turned. The change waits for the second key."
                )
                return redirect("organising:keys", slug=conversation.slug)
            messages.success(request, "Saved.")
            if "go_on" in request.POST and place + 1 < len(PARTS):
                return redirect(
                    "organising:edit", slug=conversation.slug, part=PARTS[place + 1].key
                )
            return redirect("organising:overview", slug=conversation.slug)
    lacking = [each for each in missing(conversation) if each.part == part]
    return render(
        request,
        f"organising/edit/{part}.html",
        {
            "conversation": conversation,
            "tab": "overview",
            "form": form,
            "part": PARTS[place],
            "place": place + 1,
            "parts": len(PARTS),
            "lacking": lacking,
            # Until it is saved, a form says what stood there when it was first read.
            "saw": part_fingerprint(conversation, PARTS[place])
            if meanwhile or request.method != "POST"
            else request.POST.get("saw", ""),
            "now": [row for row in rows_of(conversation) if row.part == part] if meanwhile else [],
            # Shown before it is asked again: once it is open, people have been asked.
            "asked_before": asked_before(conversation)
            if part == "questions" and conversation.is_draft
            else [],
            "needs_keys": not conversation.is_draft and not set(PARTS[place].fields) <= AT_ONCE,
            "is_over": conversation.is_closed and not set(PARTS[place].fields) <= WHEN_CLOSED,
        },
    )
