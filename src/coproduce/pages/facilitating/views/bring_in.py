"""Bringing statements in from a file: choose it, look at what it would bring, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coproduce.conversations.models import Conversation
from coproduce.exchange.statement_import.access import pending_file
from coproduce.exchange.statement_import.plan import Choices, guess_choices, plan_import
from coproduce.exchange.statement_import.queries import earlier_import, files_of
from coproduce.exchange.statement_import.services import drop_file, import_kept_file, keep_file
from coproduce.exchange.statement_import.tables import MOST_BYTES, read_table
from coproduce.pages.audience import for_team
from coproduce.pages.facilitating.bring_in_forms import ColumnsForm, ConfirmForm, FileForm
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused

# All problems are counted; a page with more than this helps nobody.
MOST_PROBLEMS = 200
ROWS_SHOWN = 20


@for_team(Role.ORGANISER, Role.FACILITATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            # One byte more than the most: enough to say that it is too large.
            kept = keep_file(member=member, name=file.name, content=file.read(MOST_BYTES + 1))
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("facilitating:bring_in_check", slug=conversation.slug, key=kept.pk)
    return render(
        request,
        "facilitating/bring_in.html",
        {
            "conversation": conversation,
            "tab": "bring_in",
            "form": form,
            "files": files_of(conversation),
        },
    )


@for_team(Role.ORGANISER, Role.FACILITATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def check(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponse:
    pending = pending_file(member, key)
    if pending is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "drop":
        drop_file(member=member, pending=pending)
        return redirect("facilitating:bring_in", slug=conversation.slug)
    table = read_table(pending.name, bytes(pending.content))
    guessed = guess_choices(table, conversation)
    sent = request.POST if request.method == "POST" else request.GET
    columns = ColumnsForm(
        sent if "headings" in sent else None,
        table=table,
        conversation=conversation,
        guessed=guessed,
    )
    choices = columns.choices() if columns.is_bound and columns.is_valid() else guessed
    confirm = ConfirmForm(request.POST if request.method == "POST" else None)
    refused = ""
    if request.method == "POST" and confirm.is_valid() and not columns.errors:
        try:
            came_in = import_kept_file(
                member=member, pending=pending, choices=choices, **confirm.cleaned_data
            )
        except Refused as told:
            refused = str(told)
        else:
            messages.success(request, f"{came_in.summary['statements']} statements came in.")
            return redirect("facilitating:bring_in", slug=conversation.slug)
    plan = plan_import(table, choices, conversation)
    return render(
        request,
        "facilitating/bring_in_check.html",
        {
            "conversation": conversation,
            "tab": "bring_in",
            "file": pending,
            "table": table,
            "columns": columns,
            "confirm": confirm,
            "refused": refused,
            "earlier": earlier_import(conversation, table.digest),
            "plan": plan,
            "problems": plan.stopping[:MOST_PROBLEMS],
            "remarks": plan.remarks[:MOST_PROBLEMS],
            "rows": plan.statements[:ROWS_SHOWN],
            "chosen": _as_fields(columns, guessed),
        },
    )


def _as_fields(columns: ColumnsForm, guessed: Choices) -> list[tuple[str, str]]:
    """The choice of columns as hidden fields, so that what is confirmed is what was looked at."""
    if columns.is_bound and not columns.errors:
        return [(name, str(columns.data.get(name, ""))) for name in columns.fields]
    fields = [("headings", "yes" if guessed.headings else "no")]
    fields += [(f"column_{field}", str(column)) for field, column in guessed.columns.items()]
    return fields
