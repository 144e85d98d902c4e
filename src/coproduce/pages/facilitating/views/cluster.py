"""One slip: the statements that were put together, where they stand, and their room marks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coproduce.conversations.models import Conversation
from coproduce.ideas.models import Tag
from coproduce.ideas.queries import counted, ideas_of, members_of
from coproduce.ideas.services import set_room_marks, set_tags, stands_in, tags_of
from coproduce.pages.audience import for_team
from coproduce.pages.facilitating.views.acting import whole
from coproduce.pages.facilitating.views.connect import statement_or_404
from coproduce.people.models import TeamMember
from coproduce.refused import Refused
from coproduce.responses.figures import STILL_BOTH, may_count_others
from coproduce.statements import access
from coproduce.statements.access import ARRANGERS
from coproduce.statements.models import Statement
from coproduce.statements.services import list_statement, merge_statements, take_apart
from coproduce.understanding.access import tidy_ref


@require_http_methods(["GET", "HEAD", "POST"])
@for_team(*ARRANGERS)
def cluster(
    request: HttpRequest, conversation: Conversation, member: TeamMember, ref: str
) -> HttpResponseBase:
    statement = statement_or_404(conversation, ref)
    problem = ""
    if request.method == "POST":
        try:
            done = _act(request, conversation, member, statement)
        except Refused as refused:
            problem = str(refused)
            statement = statement_or_404(conversation, ref)
        else:
            messages.success(request, done)
            return redirect("facilitating:cluster", slug=conversation.slug, ref=ref)
    marks = counted(statement.room_marks.order_by("pk"))
    places = stands_in(statement)
    members = members_of(statement)
    noted = tags_of(members)
    typed = request.POST
    return render(
        request,
        "facilitating/cluster.html",
        {
            "conversation": conversation,
            "tab": "connect",
            "statement": statement,
            "problem": problem,
            "members": members,
            "tags": Tag.choices,
            "tagged": noted,
            "ticked": typed.getlist("tag") if typed.get("do") == "tags" else noted,
            "other": typed.get("other", ""),
            "reason": typed.get("reason", ""),
            "listed": statement.cluster.listed_id,
            "places": places,
            "seen": ",".join(str(key) for key in sorted(places)),
            "ideas": [
                one for one in ideas_of(conversation, statement.question) if one.pk not in places
            ],
            "marks": marks.count,
            "count": typed.get("count", str(marks.count)),
            "source": typed.get("source", marks.source),
        },
    )


def _act(
    request: HttpRequest, conversation: Conversation, member: TeamMember, statement: Statement
) -> str:
    """Do what the button says, and say what was done. Raises Refused."""
    form = request.POST
    reason = form.get("reason", "")[:300]
    match form.get("do"):
        case "take_apart":
            one = statement_or_404(conversation, form.get("one"))
            take_apart(statement=one, by=member, reason=reason)
            still = STILL_BOTH if may_count_others(one.pk) else ""
            return f"Taken apart. You can undo it in the log.{still}"
        case "list":
            one = statement_or_404(conversation, form.get("one"))
            list_statement(statement=one, by=member, seen=whole(form.get("listed")))
            return "It is listed now."
        case "together":
            other = _other(conversation, form.get("other", ""))
            merge_statements(kept=statement, absorbed=other, by=member, reason=reason)
            return "Put together. You can undo it in the log."
        case "marks":
            count = whole(form.get("count"))
            set_room_marks(
                on=statement,
                count=-1 if count is None else count,
                source=form.get("source", ""),
                by=member,
                seen=whole(form.get("seen_marks")),
            )
            return "The room marks are written down."
        case "tags":
            set_tags(
                statements=members_of(statement),
                tags=set(form.getlist("tag")) & set(Tag.values),
                seen=form.getlist("seen_tag"),
                by=member,
            )
            return "Your notes are kept."
        case _:
            raise Refused("Choose what to do.")


def _other(conversation: Conversation, typed: str) -> Statement:
    """The statement with this reference, however somebody typed it."""
    if not typed.strip():
        raise Refused("Type the reference of the other statement.")
    found = access.statement(conversation, tidy_ref(typed))
    if found is None:
        raise Refused(f"No statement that is shown here has the reference “{typed.strip()}”.")
    return found
