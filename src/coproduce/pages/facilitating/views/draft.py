"""Writing the draft: the text around people's words, wordings, and questions raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import cast

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coproduce.agreeing.queries.disputes import disputed_wordings
from coproduce.conversations.models import Conversation
from coproduce.pages.audience import for_team
from coproduce.pages.facilitating.draft_forms import (
    DraftForm,
    RaisedForm,
    RevisionForm,
    SummaryForm,
    WordingForm,
)
from coproduce.pages.templatetags.addresses import address
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused
from coproduce.understanding import access, services
from coproduce.understanding.contents import Heading
from coproduce.understanding.models import Draft
from coproduce.understanding.queries.draft import (
    DraftNow,
    draft_row,
    wordings_to_look_at_again,
)

WRITERS = (Role.ORGANISER, Role.FACILITATOR)


@for_team(*WRITERS)
@require_safe
def draft(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    row = draft_row(conversation)
    return _draft_page(request, conversation, row, RaisedForm(initial={"revision": row.revision}))


def _draft_page(
    request: HttpRequest, conversation: Conversation, row: Draft, raised_form: Form
) -> HttpResponse:
    return render(
        request,
        "facilitating/draft.html",
        {
            "conversation": conversation,
            "tab": "draft",
            "draft": row,
            "headings": [
                (text, _heading_lines(conversation, [one.heading for one in entries]))
                for text, entries in DraftNow(conversation, row).contents.by_question
            ],
            "disputed": len(disputed_wordings(conversation)),
            "look_again": wordings_to_look_at_again(conversation),
            "raised": conversation.raised_questions.filter(retired_at=None, words=None),
            "raised_form": raised_form,
        },
    )


def _heading_lines(conversation: Conversation, headings: Iterable[Heading]) -> SafeString:
    """A line of the list for each heading: what it is called, and how many lines stand there."""
    return format_html_join(
        "\n  ",
        "<li>{}</li>",
        (
            (
                format_html(
                    '<a class="tool" href="{}">{}</a>\n    <span class="soft">{} line{}{}</span>',
                    address("facilitating:draft_idea", (conversation.slug, one.idea_id), ()),
                    one.name,
                    one.lines,
                    pluralize(one.lines),
                    "" if one.summary else ", nothing written under the heading",
                )
                if one.idea_id
                else f"{one.lines} line{pluralize(one.lines)} under no heading."
                " They stand at the end, as carefully.",
            )
            for one in headings
        ),
    )


@for_team(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    row = draft_row(conversation)
    is_first = not conversation.versions.exists()
    names = ("title", "introduction", "how_it_was_done", "asked", "order", "what_changed")
    values = {name: getattr(row, name) for name in (*names, "revision")}
    form = DraftForm(request.POST or None, initial=values, is_first=is_first)
    sent = _send(form, row, partial(services.edit_draft, member=member))
    if sent.is_kept:
        messages.success(request, "Saved.")
        return redirect("facilitating:draft", slug=conversation.slug)
    return render(
        request,
        "facilitating/draft_text.html",
        {
            "conversation": conversation,
            "tab": "draft",
            "form": form,
            "saved": row if sent.is_overtaken else None,
        },
    )


@dataclass(frozen=True)
class _Sent:
    """What came of a form. `is_overtaken`: somebody else saved since it was opened."""

    is_kept: bool
    is_overtaken: bool = False


def _send(form: Form, row: Draft, service: Callable[..., object]) -> _Sent:
    """Do what a form asks for. Where it is refused, the form says why and keeps what was typed.

    Where somebody else saved meanwhile, it is ready to be sent again for the newer draft.
    """
    if not form.is_bound or not form.is_valid():
        return _Sent(False)
    try:
        service(**form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        overtaken = isinstance(refused, services.Overtaken)
        if overtaken:
            data = cast(QueryDict, form.data).copy()
            data["revision"] = str(row.revision)
            form.data = data
        return _Sent(False, overtaken)
    return _Sent(True)


@for_team(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def idea(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponse:
    found = access.idea_of(member, key)
    if found is None:
        raise Http404
    row = draft_row(conversation)
    form = SummaryForm(
        request.POST or None, initial={"summary": found.summary, "revision": row.revision}
    )
    if _send(form, row, partial(services.summarise_idea, member=member, idea=found)).is_kept:
        messages.success(request, "Saved.")
        return redirect("facilitating:draft", slug=conversation.slug)
    return render(
        request,
        "facilitating/draft_idea.html",
        {
            "conversation": conversation,
            "tab": "draft",
            "idea": found,
            "form": form,
            "draft": row,
            "wordings": found.wordings.filter(ended_at=None).prefetch_related(
                "rests_on__words__kept_text", "rests_on__words__maskings"
            ),
        },
    )


@for_team(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def wording(
    request: HttpRequest,
    conversation: Conversation,
    member: TeamMember,
    idea: int,
    key: int | None = None,
) -> HttpResponse:
    """Write a wording, or (with `key`) another one in its place."""
    found = access.idea_of(member, idea)
    replaces = access.wording_of(member, key) if key is not None else None
    if found is None or (key is not None and (replaces is None or replaces.idea_id != found.pk)):
        raise Http404
    row = draft_row(conversation)
    form = WordingForm(
        request.POST or None,
        idea=found,
        replaces=replaces,
        initial={"revision": row.revision},
    )
    word = partial(services.word_together, member=member, idea=found, replaces=replaces)
    if _send(form, row, word).is_kept:
        messages.success(request, "Saved. It is shown as a combined wording.")
        return redirect("facilitating:draft_idea", slug=conversation.slug, key=found.pk)
    return render(
        request,
        "facilitating/draft_wording.html",
        {
            "conversation": conversation,
            "tab": "draft",
            "idea": found,
            "form": form,
            "replaces": replaces,
        },
    )


@for_team(*WRITERS)
@require_POST
def end_wording(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponse:
    found = access.wording_of(member, key)
    if found is None:
        raise Http404
    _told(
        request,
        RevisionForm(request.POST),
        lambda revision: services.end_wording(member=member, revision=revision, wording=found),
        "The words stand by themselves again.",
    )
    return redirect("facilitating:draft_idea", slug=conversation.slug, key=found.idea_id)


@for_team(*WRITERS)
@require_POST
def raise_question(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponse:
    form = RaisedForm(request.POST)
    row = draft_row(conversation)
    if _send(form, row, partial(services.raise_question, member=member)).is_kept:
        return redirect("facilitating:draft", slug=conversation.slug)
    return _draft_page(request, conversation, row, form)


@for_team(*WRITERS)
@require_POST
def change_raised(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponse:
    """Move a raised question up or down, or take it out."""
    found = access.raised_question_of(member, key)
    if found is None:
        raise Http404
    what = request.POST.get("do")

    def change(revision: int) -> None:
        if what == "take_out":
            services.retire_raised(member=member, revision=revision, raised=found)
        else:
            services.move_raised(member=member, revision=revision, raised=found, up=what == "up")

    _told(request, RevisionForm(request.POST), change, "")
    return redirect("facilitating:draft", slug=conversation.slug)


def _told(
    request: HttpRequest, form: RevisionForm, act: Callable[[int], object], done: str
) -> None:
    """Do what a button asks for, and say what came of it on the next page."""
    if not form.is_valid():
        raise Http404
    try:
        act(form.cleaned_data["revision"])
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if done:
            messages.success(request, done)
