"""The yearly report as everybody reads it, once it is final."""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.pages.audience import for_anyone
from coproduce.pages.reporting.files import ask, handed_out, states_of
from coproduce.paging import page_of
from coproduce.reports import access
from coproduce.reports.annual import (
    LETTERS,
    NOT_SHOWN,
    PARTS,
    Annual,
    Part,
    Together,
    about,
)
from coproduce.reports.models import AnnualReport, Production
from coproduce.reports.queries.annual import (
    final_without_words,
    reports,
    to_look_at_again_in,
    words_of,
)
from coproduce.reports.wanted import Wanted

GROUPS_ON_A_PAGE = 10
COMMENTS_SHOWN = 30
NOT_PRINTED_ON_A_PAGE = 100
KINDS = (
    Production.Kind.ANNUAL_PDF,
    Production.Kind.ANNUAL_DOCX,
    Production.Kind.ANNUAL_CSV,
)


def _report_or_404(key: int) -> AnnualReport:
    found = access.published_report(key)
    if found is None:
        raise Http404
    return found


@for_anyone
@require_safe
def all_reports(request: HttpRequest) -> HttpResponseBase:
    return render(
        request,
        "reporting/published_all.html",
        {"reports": reports().filter(final_at__isnull=False)},
    )


@for_anyone
@require_safe
def report(request: HttpRequest, key: int) -> HttpResponseBase:
    """Where the comments come from, and the way to each part."""
    found = _report_or_404(key)
    told = final_without_words(found)
    in_parts = Counter(tag for part in told.parts for c in part.comments for tag in c.tags)
    return render(
        request,
        "reporting/published.html",
        {
            "report": found,
            "annual": told,
            "parts": [(LETTERS[tag], title, in_parts[tag]) for tag, title in PARTS.items()],
            "by_ground": sorted(Counter(one.ground for one in told.not_printed).items()),
        },
    )


@for_anyone
@require_safe
def part(request: HttpRequest, key: int, letter: str) -> HttpResponseBase:
    """You said, we did: one part of the regulation, a page at a time."""
    found = _report_or_404(key)
    tag = next((tag for tag, own in LETTERS.items() if own == letter), None)
    if tag is None:
        raise Http404
    told = final_without_words(found)
    again = to_look_at_again_in(found.conversations.all())

    def turned(groups: list[tuple[Part, Together]]) -> list[dict[str, object]]:
        keys = [comment.statement for _, group in groups for comment in group.comments]
        words = words_of(keys)
        return [
            {
                "part": of,
                "responses": [(one, not one.refs.isdisjoint(again)) for one in group.responses],
                "actions": [action for one in group.responses for action in one.actions],
                "comments": [
                    (comment, *words.get(comment.statement, ("", NOT_SHOWN)))
                    for comment in group.comments
                ],
            }
            for of, group in groups
        ]

    return render(
        request,
        "reporting/published_part.html",
        {
            "report": found,
            "letter": letter,
            "title": PARTS[tag],
            "page": page_of(
                _groups(told, tag), request.GET.get("page"), size=GROUPS_ON_A_PAGE, turned=turned
            ),
        },
    )


def _groups(told: Annual, tag: str) -> list[tuple[Part, Together]]:
    """Groups in order; one with very many comments is cut, so that a page stays short."""
    cut: list[tuple[Part, Together]] = []
    for of in told.parts:
        for group in about(of, tag):
            cut += [
                (of, Together(group.comments[start : start + COMMENTS_SHOWN], group.responses))
                for start in range(0, len(group.comments), COMMENTS_SHOWN)
            ]
    return cut


@for_anyone
@require_safe
def not_printed(request: HttpRequest, key: int) -> HttpResponseBase:
    found = _report_or_404(key)
    rows = [
        (one, ", ".join(LETTERS[tag] for tag in PARTS if tag in one.tags))
        for one in final_without_words(found).not_printed
    ]
    page = page_of(
        rows, request.GET.get("page"), size=NOT_PRINTED_ON_A_PAGE, turned=lambda some: some
    )
    return render(request, "reporting/published_not_printed.html", {"report": found, "page": page})


def _wanted(report: AnnualReport) -> list[Wanted]:
    return [Wanted(kind, report=report) for kind in KINDS]


@require_http_methods(["GET", "HEAD", "POST"])
@for_anyone
@never_cache
def files(request: HttpRequest, key: int) -> HttpResponseBase:
    found = _report_or_404(key)
    if request.method == "POST":
        ask(request, _wanted(found))
        return redirect("reporting:annual_files", key)
    return render(
        request,
        "reporting/annual_files.html",
        {"report": found, "files": states_of(_wanted(found)), "for_team": False},
    )


@for_anyone
@require_safe
def file(request: HttpRequest, key: int, ending: str) -> HttpResponseBase:
    page = reverse("reporting:annual_files", args=[key])
    return handed_out(ending, _wanted(_report_or_404(key)), page)
