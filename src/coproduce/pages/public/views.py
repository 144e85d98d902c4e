"""What anybody may read: the list of conversations, and what was understood together."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from coproduce.conversations.models import Conversation, Doing
from coproduce.decisions.queries import journey_of
from coproduce.decisions.queries.beside import outcomes_beside
from coproduce.pages.audience import for_anyone, for_visitors
from coproduce.pages.made_beforehand import whole_version
from coproduce.pages.parts import WHOLE, asked_part
from coproduce.pages.public.forms import FindForm
from coproduce.pages.public.seeing import hides_totals
from coproduce.statements.models import Statement
from coproduce.understanding import access
from coproduce.understanding.queries.changes import changes_since_before
from coproduce.understanding.queries.fates import put_together_with, shown_reasons
from coproduce.understanding.queries.versions import (
    contents_of,
    disputes_in,
    front_of,
    latest_versions,
    line_of,
    part_of,
    published_document,
    rule_of,
    same_line_now,
    versions_of,
)

# How many changed lines stand on a page.
CHANGES_SHOWN = 40


@for_anyone
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "public/home.html",
        {
            # The others are published or acted on: they stand below, and nobody new comes in.
            "conversations": [
                one
                for one in Conversation.objects.open_to_the_public().order_by("-opened_at", "pk")
                if one.allows(Doing.SAY) or one.allows(Doing.ANSWER)
            ],
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
    versions = versions_of(conversation)
    contents = contents_of(found)
    part = asked_part(request, contents)
    hide_figures = hides_totals(request, conversation)
    about: dict[str, object] = {
        "conversation": conversation,
        "version": found,
        "versions": versions,
        "contents": contents,
        "part": part,
        "hide_figures": hide_figures,
        "address": settings.PUBLIC_URL + request.path,
    }
    if part is not None:
        about["document"] = part_of(found, part)
        about["outcomes"] = outcomes_beside(found, part.ideas)
        return render(request, "public/version_part.html", about)
    is_front = contents.is_long and WHOLE not in request.GET
    if contents.is_long and not is_front:
        # All lines of a long version take a second: the worker puts them on one page.
        about["whole"] = whole_version(found, hide_figures=hide_figures)
        about["is_waiting"] = is_front = not about["whole"]
    about["document"] = front_of(found) if contents.is_long else published_document(found)
    about["is_front"] = is_front
    about["changes"] = changes_since_before(found, stop=CHANGES_SHOWN)
    about["outcomes"] = {} if contents.is_long else outcomes_beside(found)
    return render(request, "public/version.html", about)


@for_visitors
@require_safe
def version_changes(request: HttpRequest, conversation: Conversation, number: int) -> HttpResponse:
    """Every line that changed since the version before, a page at a time."""
    found = access.version(conversation, number)
    if found is None or found.number == 1:
        raise Http404
    page = Paginator(range(changes_since_before(found, stop=0).more), CHANGES_SHOWN).get_page(
        request.GET.get("page")
    )
    start = (page.number - 1) * CHANGES_SHOWN
    return render(
        request,
        "public/version_changes.html",
        {
            "conversation": conversation,
            "version": found,
            "page": page,
            "changes": changes_since_before(found, start, start + CHANGES_SHOWN),
            "hide_figures": hides_totals(request, conversation),
        },
    )


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
