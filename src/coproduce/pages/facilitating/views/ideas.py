"""Ideas: make, name, order, split, join and take away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.conversations.models import Conversation
from coproduce.ideas import access as ideas_access
from coproduce.ideas.models import Idea, Tag
from coproduce.ideas.queries import (
    counted,
    ideas_of,
    page_with,
    shown_in_idea,
    slips_in_idea,
    wordings_to_review,
)
from coproduce.ideas.services import (
    join_ideas,
    keep_wording,
    lift_tags,
    make_idea,
    move_idea,
    move_in_idea,
    name_idea,
    retire_idea,
    set_room_marks,
    split_idea,
    tag_statements,
)
from coproduce.pages.audience import for_team
from coproduce.pages.facilitating.views.acting import attempt, back_to, told, whole
from coproduce.pages.facilitating.views.connect import (
    asked_question,
    finding,
    idea_options,
    idea_or_404,
    statement_or_404,
)
from coproduce.pages.facilitating.views.typed import (
    IdeaForm,
    forget_name,
    keep_typed,
    leave,
    left_on,
)
from coproduce.people.models import TeamMember
from coproduce.refused import Refused
from coproduce.statements.access import ARRANGERS
from coproduce.statements.models import Statement


def _chosen(
    request: HttpRequest,
    conversation: Conversation,
    field: str = "statement",
    *,
    shown: bool = True,
) -> list[Statement]:
    """The statements ticked. `shown` false: those that are not shown any more too."""
    refs = request.POST.getlist(field)
    ticked = Statement.objects.filter(conversation=conversation, words__ref__in=refs).with_words()
    found = {one.ref: one for one in (ticked.shown() if shown else ticked)}
    return [found[ref] for ref in refs if ref in found]


@require_http_methods(["GET", "HEAD", "POST"])
@for_team(*ARRANGERS)
def ideas(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    """All ideas in order; a POST makes a new one."""
    question = asked_question(request, conversation)
    typed, problem = "", ""
    if request.method == "POST":
        on_workbench = "back" in request.POST  # its name stands there, and stays until it is made
        if on_workbench:
            keep_typed(request)
        looked_for = request.POST.get("words", "").strip()
        if looked_for and request.POST.get("do") == "enter":
            return redirect(finding(question, looked_for))
        typed = request.POST.get("name", "")
        back = back_to(request, f"{request.path}?question={question.pk}")
        try:
            idea = make_idea(
                question=question,
                name=typed,
                by=member,
                statements=_chosen(request, conversation),
            )
        except Refused as refused:
            if on_workbench:
                messages.error(request, str(refused))
                return redirect(back)
            problem = str(refused)
        else:
            if on_workbench:
                forget_name(request)
            messages.success(request, f"Made the idea “{idea.name}”.")
            return redirect(back)
    return render(
        request,
        "facilitating/ideas.html",
        {
            "conversation": conversation,
            "tab": "connect",
            "question": question,
            "questions": conversation.questions.filter(retired_at=None),
            "ideas": ideas_of(conversation, question),
            "to_review": wordings_to_review(conversation),
            "typed": typed,
            "problem": problem,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_team(*ARRANGERS)
def idea(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    """One idea. What could not be done is said, and what was typed stays."""
    found = idea_or_404(conversation, key)
    did, problem = "", ""
    if request.method == "POST":
        did = PART_OF.get(request.POST.get("do", ""), "")
        typed = IdeaForm.sent(request.POST)
        try:
            done = _act(request, conversation, member, found)
        except Refused as refused:
            problem = str(refused)
            found = idea_or_404(conversation, key)
        else:
            messages.success(request, done)
            leave(request, key, typed.without(did))
            return redirect("facilitating:idea", slug=conversation.slug, key=key)
    else:
        typed = left_on(request, found)
    others = [one for one in ideas_of(conversation, found.question) if one.pk != found.pk]
    kept = _kept(found)
    return render(
        request,
        "facilitating/idea.html",
        {
            "conversation": conversation,
            "tab": "connect",
            "idea": found,
            "page": slips_in_idea(found, request.GET.get("page")),
            "others": others,
            "tags": Tag.choices,
            "options": idea_options(others),
            "kept": kept,
            "typed": typed.over(kept),
            "open": typed.parts(kept) | {did},
            "problem": problem,
        },
    )


# Which part of the page a button is about.
PART_OF = {
    "name": "name",
    "split": "split",
    "join": "join",
    "marks": "marks",
    "tag": "tag",
    "lift_tag": "tag",
}


def _kept(idea: Idea) -> IdeaForm:
    """The form of an idea as nobody has typed anything in it."""
    marks = counted(idea.room_marks.order_by("pk"))
    return IdeaForm(
        name=idea.name,
        summary=idea.summary,
        count=str(marks.count),
        source=marks.source,
    )


def _act(request: HttpRequest, conversation: Conversation, member: TeamMember, idea: Idea) -> str:
    form = request.POST
    revision = whole(form.get("revision"))
    match form.get("do"):
        case "name":
            parts = IdeaForm.sent(form).parts(_kept(idea))
            if parts and "name" not in parts:  # Enter was pressed in another field
                raise Refused("Nothing is done yet. Press the button under what you filled in.")
            name_idea(
                idea=idea,
                by=member,
                name=form.get("name", ""),
                summary=form.get("summary", ""),
                revision=revision,
            )
            return "Kept."
        case "split":
            new = split_idea(
                idea=idea,
                by=member,
                name=form.get("new_name", ""),
                statements=_chosen(request, conversation, shown=False),
                revision=revision,
            )
            return f"Split. The new idea is “{new.name}”."
        case "join":
            other = whole(form.get("absorbed"))
            if other is None:
                raise Refused("Choose the idea to bring here.")
            absorbed = idea_or_404(conversation, other, taken_away=True)
            join_ideas(kept=idea, absorbed=absorbed, by=member, revision=revision)
            return f"Joined. Everything of “{absorbed.name}” is here now."
        case "marks":
            count = whole(form.get("count"))
            set_room_marks(
                on=idea,
                count=-1 if count is None else count,
                source=form.get("source", ""),
                by=member,
                seen=whole(form.get("was_count")),
            )
            return "The room marks are written down."
        case "tag" | "lift_tag":
            chosen = (
                shown_in_idea(idea)
                if form.get("which") == "all"
                else _chosen(request, conversation, "noted")
            )
            if not chosen:
                raise Refused("Choose at least one statement, or all of them.")
            act = tag_statements if form.get("do") == "tag" else lift_tags
            count = act(statements=chosen, tag=form.get("tag", ""), by=member, idea=idea)
            return f"{count} {'statement' if count == 1 else 'statements'} changed."
        case _:
            raise Refused("Choose what to do.")


@require_POST
@for_team(*ARRANGERS)
def order(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    """Move an idea up or down in the order."""
    found = idea_or_404(conversation, key, taken_away=True)
    steps = -1 if request.POST.get("do") == "up" else 1
    attempt(
        request,
        lambda: move_idea(
            idea=found, by=member, steps=steps, revision=whole(request.POST.get("revision"))
        ),
    )
    otherwise = reverse("facilitating:ideas", args=[conversation.slug])
    return redirect(back_to(request, f"{otherwise}?question={found.question_id}#idea-{key}"))


@require_POST
@for_team(*ARRANGERS)
def place(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    """Move a statement up or down among those of its idea."""
    found = idea_or_404(conversation, key)
    keep_typed(request)
    statement = statement_or_404(conversation, told(request, "statement"))
    up = request.POST.get("do") == "up"
    attempt(
        request,
        lambda: move_in_idea(
            statement=statement,
            idea=found,
            by=member,
            up=up,
            past=told(request, "past"),
            revision=whole(told(request, "revision")),
        ),
        f"Moved {'up' if up else 'down'} in “{found.name}”. You can undo it in the log.",
    )
    here = reverse("facilitating:idea", args=[conversation.slug, key])
    otherwise = f"{here}?page={page_with(statement, found)}#slip-{statement.ref}"
    # On its own page it may have moved to another part of the list.
    return redirect(back_to(request, otherwise) if "at" in request.GET else otherwise)


@require_POST
@for_team(*ARRANGERS)
def review(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    """A combined wording whose words were taken back still stands on those that are left."""
    wording = ideas_access.wording(conversation, key)
    if wording is None:
        raise Http404
    attempt(
        request,
        lambda: keep_wording(
            wording=wording, by=member, reason=request.POST.get("reason", "")[:300]
        ),
        "It stands. You can undo this in the log.",
    )
    return redirect("facilitating:ideas", slug=conversation.slug)


@require_POST
@for_team(*ARRANGERS)
def retire(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    found = idea_or_404(conversation, key)
    keep_typed(request)
    done = attempt(
        request,
        lambda: retire_idea(
            idea=found,
            by=member,
            revision=whole(request.POST.get("revision")),
            reason=request.POST.get("reason", "")[:300],
        ),
        f"“{found.name}” is taken away. Its statements stay. You can undo it in the log.",
    )
    if not done:
        return redirect("facilitating:idea", slug=conversation.slug, key=key)
    return redirect("facilitating:ideas", slug=conversation.slug)
