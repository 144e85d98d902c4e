"""What anybody may read: the list of conversations, and what was understood together."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from coproduce.conversations.models import Conversation, Doing
from coproduce.decisions.queries import IdeaOutcome, journey_of, what_became_of_ideas
from coproduce.pages.audience import for_anyone, for_visitors
from coproduce.pages.public.forms import FindForm
from coproduce.pages.public.seeing import hides_totals
from coproduce.statements.models import Statement
from coproduce.understanding import access
from coproduce.understanding.models import Version
from coproduce.understanding.queries.changes import changes_since_before
from coproduce.understanding.queries.fates import put_together_with, shown_reasons
from coproduce.understanding.queries.versions import (
    disputes_in,
    latest_versions,
    line_of,
    published_document,
    rule_of,
    same_line_now,
    versions_of,
)


@for_anyone
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "public/home.html",
        {
            "conversations": Conversation.objects.open_to_the_public().order_by("-opened_at", "pk"),
            "versions": latest_versions(),
        },
    )


@for_anyone
@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    return render(request, "public/how_it_works.html")


@for_anyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html", {"contact": settings.ACCESS_CONTACT})


@for_anyone
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET if "ref" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("public:statement", ref=form.cleaned_data["ref"])
    return render(request, "public/find.html", {"form": form})


@for_anyone
@require_safe
def statement(request: HttpRequest, ref: str) -> HttpResponse:
    found = access.public_statement(ref)
    if found is None:
        raise Http404
    if found.ref != ref:
        return redirect("public:statement", ref=found.ref)
    return render(
        request,
        "public/statement.html",
        {
            "conversation": found.conversation,
            "statement": found,
            "journey": journey_of(found),
            "together": put_together_with(found),
            "reasons": shown_reasons([found.pk]),
            "hide_figures": hides_totals(request, found.conversation, [found.cluster_id]),
        },
    )


@for_visitors
@require_safe
def understanding(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    latest = access.latest_version(conversation)
    if latest is not None:
        return redirect("public:version", slug=conversation.slug, number=latest.number)
    return render(request, "public/nothing_yet.html", {"conversation": conversation})


@for_visitors
@require_safe
def version(request: HttpRequest, conversation: Conversation, number: int) -> HttpResponse:
    found = access.version(conversation, number)
    if found is None:
        raise Http404
    document = published_document(found)
    versions = versions_of(conversation)
    return render(
        request,
        "public/version.html",
        {
            "conversation": conversation,
            "version": found,
            "versions": versions,
            "document": document,
            "changes": changes_since_before(found, document),
            "hide_figures": hides_totals(request, conversation),
            "outcomes": _outcomes(conversation, found, versions),
            "address": settings.PUBLIC_URL + request.path,
        },
    )


def _outcomes(
    conversation: Conversation, version: Version, versions: list[Version]
) -> dict[int, IdeaOutcome]:
    """What became of each idea since, beside the latest version while decisions are made."""
    is_over = conversation.is_closed or conversation.allows(Doing.DECIDE)
    if version.number != versions[0].number or not is_over:
        return {}
    return {one.idea_id: one for one in what_became_of_ideas(conversation) if one.idea_id}


@for_anyone
@require_safe
def line(request: HttpRequest, ref: str) -> HttpResponse:
    passage = access.line(ref)
    if passage is None:
        raise Http404
    if passage.ref != ref:
        return redirect("public:line", ref=passage.ref)
    conversation = passage.version.conversation
    words = [source.words_id for source in passage.sources.all()]
    clusters = list(
        Statement.objects.filter(words_id__in=words).values_list("cluster_id", flat=True)
    )
    return render(
        request,
        "public/line.html",
        {
            "conversation": conversation,
            "version": passage.version,
            "passage": passage,
            "line": line_of(passage, passage.version.published_at, disputes_in([passage.version])),
            "rule": rule_of(passage.version),
            "now": same_line_now(passage),
            "reasons": shown_reasons(words),
            "hide_figures": hides_totals(request, conversation, clusters),
            "address": settings.PUBLIC_URL + request.path,
        },
    )
