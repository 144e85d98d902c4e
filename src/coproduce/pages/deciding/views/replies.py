"""Replies: all of them, a new one for whatever was ticked, a correction."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.conversations.models import Conversation, Doing
from coproduce.decisions import access
from coproduce.decisions.access import OWES, REPLIES
from coproduce.decisions.queries.naming import grounds_of
from coproduce.decisions.queries.reading import replies_of
from coproduce.decisions.services import correct_reply
from coproduce.decisions.services import reply as keep_reply
from coproduce.pages.audience import for_team
from coproduce.pages.deciding.acting import tried
from coproduce.pages.deciding.forms import CorrectReplyForm, ReplyForm
from coproduce.people.models import TeamMember

BOTH = ["GET", "HEAD", "POST"]


@require_safe
@for_team(*OWES)
def replies(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    return render(
        request,
        "deciding/replies.html",
        {
            "conversation": conversation,
            "tab": "owe",
            "page": replies_of(conversation, request.GET.get("page")),
            "replies": conversation.allows(Doing.DECIDE) and member.has_role(*REPLIES),
        },
    )


@require_http_methods(BOTH)
@for_team(*REPLIES)
def reply(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    form = ReplyForm(
        request.POST or None, conversation=conversation, given=request.GET.getlist("on")
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(
            form,
            lambda: keep_reply(
                by=member, text=said["text"], rests_on=form.grounds, form_key=said["form_key"]
            ),
        )
        if made is not None:
            messages.success(request, "Kept. It reaches everybody whose words it covers.")
            return redirect("deciding:owe", slug=conversation.slug)
    return _form(request, conversation, form)


@require_http_methods(BOTH)
@for_team(*REPLIES)
def correct(
    request: HttpRequest, conversation: Conversation, member: TeamMember, ref: str
) -> HttpResponseBase:
    found = access.reply_of(member, ref)
    if found is None:
        raise Http404
    form = CorrectReplyForm(
        request.POST or None,
        conversation=conversation,
        given=[one.key for one in grounds_of(found)],
        initial={"text": found.text},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(
            form,
            lambda: correct_reply(
                reply=found,
                by=member,
                text=said["text"],
                why_corrected=said["why_corrected"],
                rests_on=form.grounds,
                form_key=said["form_key"],
            ),
        )
        if made is not None:
            messages.success(request, "Kept. The earlier reply can still be read.")
            return redirect("deciding:replies", slug=conversation.slug)
    return _form(request, conversation, form, corrects=found)


def _form(
    request: HttpRequest, conversation: Conversation, form: ReplyForm, **more: object
) -> HttpResponseBase:
    return render(
        request,
        "deciding/reply.html",
        {
            "conversation": conversation,
            "tab": "owe",
            "form": form,
            "not_now": not conversation.allows(Doing.DECIDE),
            **more,
        },
        status=422 if form.errors else 200,
    )
