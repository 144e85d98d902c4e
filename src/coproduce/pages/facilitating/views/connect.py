"""The workbench: pairs that may say the same, ideas, and statements in none."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urldefrag, urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.conversations.models import Conversation, Question
from coproduce.ideas import access as ideas_access
from coproduce.ideas.models import Idea
from coproduce.ideas.queries import both_sides, ideas_of
from coproduce.ideas.services import place_in, remove_from
from coproduce.moderation.tasks import read_what_was_left
from coproduce.pages.audience import for_team
from coproduce.pages.facilitating.views.acting import attempt, back_to, told, whole
from coproduce.pages.facilitating.views.typed import keep_typed, left_on_bench
from coproduce.people.models import TeamMember
from coproduce.statements import access
from coproduce.statements.access import ARRANGERS
from coproduce.statements.finding import by_refs
from coproduce.statements.finding import find as find_statements
from coproduce.statements.models import Statement
from coproduce.statements.pairs import keep_current, open_pairs
from coproduce.statements.services import keep_apart, merge_several, merge_statements

PAIRS_SHOWN = 6
NAME_SHOWN = 70
OPEN = ' aria-current="true"'
MOST_CHOSEN = 20


def asked_question(request: HttpRequest, conversation: Conversation) -> Question:
    """The question that the page is about: the one asked for, else the first."""
    return chosen_of(request, list(conversation.questions.filter(retired_at=None)))


def chosen_of(request: HttpRequest, questions: list[Question]) -> Question:
    key = whole(request.POST.get("question") or request.GET.get("question"))
    found = next((one for one in questions if one.pk == key), None)
    first = found or next(iter(questions), None)
    if first is None:
        raise Http404
    return first


def statement_or_404(conversation: Conversation, ref: str | None) -> Statement:
    found = access.statement(conversation, ref or "")
    if found is None:
        raise Http404
    return found


def idea_or_404(conversation: Conversation, key: int | None, *, taken_away: bool = False) -> Idea:
    """`taken_away`: one that somebody took away too, for an act that says so."""
    found = ideas_access.idea(conversation, key or 0, taken_away=taken_away)
    if found is None:
        raise Http404
    return found


def seen_ideas(request: HttpRequest) -> list[int] | None:
    """Keys of the ideas that the form says its reader saw; None when it says nothing."""
    given = told(request, "seen")
    if given is None:
        return None
    return [int(key) for key in given.split(",") if key.isdecimal()]


# What follows is no template: hundreds of ideas would be most of the time of the page.


def idea_options(ideas: list[Idea]) -> SafeString:
    """The ideas as choices, written once for all slips of a page."""
    return mark_safe(
        "".join(f'<option value="{one.pk}">{escape(_short(one.name))}</option>' for one in ideas)
    )


def _short(name: str) -> str:
    return name if len(name) <= NAME_SHOWN else Truncator(name).chars(NAME_SHOWN)


def idea_links(ideas: list[Idea], question: Question, here: Idea | None) -> SafeString:
    """A link to each idea on the workbench, and how many statements stand in it."""
    open_one = here.pk if here is not None else None
    return mark_safe(
        "".join(
            f'<li data-idea="{one.pk}"><a class="tool"'
            f' href="?question={question.pk}&amp;idea={one.pk}#in-ideas"'
            f"{OPEN if one.pk == open_one else ''}>{escape(one.name)}</a>"
            f' <span class="soft">{getattr(one, "statements", "")}</span></li>'
            for one in ideas
        )
    )


def workbench(conversation: Conversation) -> str:
    return reverse("facilitating:connect", args=[conversation.slug])


@for_team(*ARRANGERS)
def connect(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    questions = list(conversation.questions.filter(retired_at=None))
    question = chosen_of(request, questions)
    read_what_was_left(conversation.pk)
    is_current = keep_current(conversation)
    ideas = list(ideas_of(conversation, question))
    open_idea = next((one for one in ideas if one.pk == whole(request.GET.get("idea"))), None)
    open_idea = open_idea or next(iter(ideas), None)
    alike = open_pairs(conversation, question=question.pk, may_disagree=False)
    disagree = open_pairs(conversation, question=question.pk, may_disagree=True)
    alike_count, disagree_count = alike.count(), disagree.count()
    none, in_idea = both_sides(conversation, question, open_idea, request.GET.get("page"))
    return render(
        request,
        "facilitating/connect.html",
        {
            "conversation": conversation,
            "tab": "connect",
            "question": question,
            "questions": questions,
            "is_current": is_current,
            "alike": list(alike[:PAIRS_SHOWN]) if alike_count else [],
            "alike_count": alike_count,
            "disagree": list(disagree[:PAIRS_SHOWN]) if disagree_count else [],
            "disagree_count": disagree_count,
            "ideas": ideas,
            "idea_links": idea_links(ideas, question, open_idea),
            "options": idea_options(ideas),
            "left": left_on_bench(request, question),
            "open_idea": open_idea,
            "in_idea": in_idea,
            "page": none,
            "none_count": none.paginator.count,
            "statement_count": Statement.objects.filter(
                conversation=conversation, question=question
            )
            .shown()
            .count(),
        },
    )


def finding(
    question: Question, asked: str, chosen: Sequence[Statement] = (), reason: str = ""
) -> str:
    """Where statements are found by these words; what is ticked and typed there stays."""
    told = [("question", str(question.pk)), ("words", asked)]
    told += [("chosen", one.ref) for one in chosen] + ([("reason", reason)] if reason else [])
    return f"{reverse('facilitating:find', args=[question.conversation.slug])}?{urlencode(told)}"


@require_http_methods(["GET", "HEAD", "POST"])
@for_team(*ARRANGERS)
def find(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    """Find statements by their words, one search after another, and put those chosen together."""
    question = asked_question(request, conversation)
    given = request.POST if request.method == "POST" else request.GET
    asked = given.get("words", "")[:200]
    chosen = by_refs(question, given.getlist("chosen")[:MOST_CHOSEN])
    reason = given.get("reason", "")[:300]
    if request.method == "POST":
        keep_typed(request)
        together = given.get("do") == "together"
        if together and attempt(
            request,
            lambda: merge_several(statements=chosen, by=member, reason=reason),
            f"{len(chosen)} statements put together. You can undo it in the log.",
        ):
            chosen, reason = [], ""
        return redirect(finding(question, asked, chosen, reason))
    found = find_statements(question, asked)
    refs = {one.ref for one in chosen}
    return render(
        request,
        "facilitating/find.html",
        {
            "conversation": conversation,
            "tab": "connect",
            "question": question,
            "asked": asked,
            "reason": reason,
            "chosen": chosen,
            "found": [one for one in found.statements if one.ref not in refs],
            "is_more": found.is_more,
        },
    )


@require_POST
@for_team(*ARRANGERS)
def pair(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    """Put two statements together, or say that they are different."""
    keep_typed(request)
    first = statement_or_404(conversation, told(request, "first"))
    second = statement_or_404(conversation, told(request, "second"))
    reason = request.POST.get("reason", "")[:300]
    if request.POST.get("do") == "together":
        attempt(
            request,
            lambda: merge_statements(kept=first, absorbed=second, by=member, reason=reason),
            "Put together. You can undo it in the log.",
        )
    else:
        attempt(
            request,
            lambda: keep_apart(one=first, other=second, by=member, reason=reason),
            "Kept apart. We do not ask again. You can undo it in the log.",
        )
    return redirect(back_to(request, workbench(conversation)))


@require_POST
@for_team(*ARRANGERS)
def move(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    """Put a statement in an idea, move it from one to another, or take it out."""
    keep_typed(request)
    statement = statement_or_404(conversation, told(request, "statement"))
    seen = seen_ideas(request)
    out_key = whole(told(request, "out_of"))
    out_of = idea_or_404(conversation, out_key, taken_away=True) if out_key else None
    into = whole(told(request, "idea") or request.POST.get(f"idea-{statement.ref}"))
    done = False
    if into is None and out_of is None:
        messages.error(request, "Choose an idea.")
    elif into is None and out_of is not None:
        leaving = out_of
        done = attempt(
            request,
            lambda: remove_from(statement=statement, idea=leaving, by=member, seen=seen),
            f"Taken out of “{leaving.name}”.",
        )
    else:
        idea = idea_or_404(conversation, into, taken_away=True)
        done = attempt(
            request,
            lambda: place_in(statement=statement, idea=idea, by=member, out_of=out_of, seen=seen),
            f"Put in “{idea.name}”.",
        )
    back = back_to(request, workbench(conversation))
    # Who arranges many goes on where they were; why something was not done stands at the top.
    return redirect(back if done else urldefrag(back).url)
