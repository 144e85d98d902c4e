"""One slip: the statements that were put together, where they stand, and their room marks."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coproduce.conversations.models import Conversation
from coproduce.ideas.models import Tag
from coproduce.ideas.queries import ideas_of, members_of
from coproduce.ideas.services import set_room_marks, set_tags, stands_in, tags_of
from coproduce.pages.audience import for_team
from coproduce.pages.facilitating.views.acting import attempt, whole
from coproduce.pages.facilitating.views.connect import statement_or_404
from coproduce.people.models import TeamMember
from coproduce.statements.access import ARRANGERS
from coproduce.statements.models import Statement
from coproduce.statements.services import list_statement, merge_statements, take_apart


@require_http_methods(["GET", "HEAD", "POST"])
@for_team(*ARRANGERS)
def cluster(
    request: HttpRequest, conversation: Conversation, member: TeamMember, ref: str
) -> HttpResponseBase:
    statement = statement_or_404(conversation, ref)
    if request.method == "POST":
        _act(request, conversation, member, statement)
        return redirect("facilitating:cluster", slug=conversation.slug, ref=ref)
    marks = statement.room_marks.aggregate(count=Sum("count"))["count"] or 0
    places = stands_in(statement)
    members = members_of(statement)
    return render(
        request,
        "facilitating/cluster.html",
        {
            "conversation": conversation,
            "tab": "connect",
            "statement": statement,
            "members": members,
            "tags": Tag.choices,
            "tagged": tags_of(members),
            "listed": statement.cluster.listed_id,
            "places": places,
            "seen": ",".join(str(key) for key in sorted(places)),
            "ideas": [
                one for one in ideas_of(conversation, statement.question) if one.pk not in places
            ],
            "marks": marks,
            "marks_source": "; ".join(
                dict.fromkeys(statement.room_marks.values_list("source", flat=True))
            ),
        },
    )


def _act(
    request: HttpRequest, conversation: Conversation, member: TeamMember, statement: Statement
) -> None:
    form = request.POST
    reason = form.get("reason", "")[:300]
    count = whole(form.get("count"))
    match form.get("do"):
        case "take_apart":
            one = statement_or_404(conversation, form.get("one"))
            attempt(
                request,
                lambda: take_apart(statement=one, by=member, reason=reason),
                "Taken apart. You can undo it in the log.",
            )
        case "list":
            one = statement_or_404(conversation, form.get("one"))
            attempt(
                request,
                lambda: list_statement(statement=one, by=member, seen=whole(form.get("listed"))),
                "It is listed now.",
            )
        case "together":
            other = statement_or_404(conversation, form.get("other", "").strip().upper())
            attempt(
                request,
                lambda: merge_statements(kept=statement, absorbed=other, by=member, reason=reason),
                "Put together. You can undo it in the log.",
            )
        case "marks":
            attempt(
                request,
                lambda: set_room_marks(
                    on=statement,
                    count=-1 if count is None else count,
                    source=form.get("source", ""),
                    by=member,
                    seen=whole(form.get("seen_marks")),
                ),
                "The room marks are written down.",
            )
        case "tags":
            attempt(
                request,
                lambda: set_tags(
                    statements=members_of(statement),
                    tags=set(form.getlist("tag")) & set(Tag.values),
                    seen=form.getlist("seen_tag"),
                    by=member,
                ),
                "Your notes are kept.",
            )
        case _:
            messages.error(request, "Choose what to do.")
