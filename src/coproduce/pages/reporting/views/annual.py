"""Making the yearly report on the Local Offer, for who runs the installation."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coproduce.conversations.models import Conversation
from coproduce.pages.audience import for_installation
from coproduce.pages.facilitating.views.acting import attempt
from coproduce.pages.reporting.files import ask, handed_out, states_of
from coproduce.pages.reporting.forms import AnnualForm
from coproduce.paging import page_of
from coproduce.people.access import account_of
from coproduce.refused import Refused
from coproduce.reports import access
from coproduce.reports.annual import PARTS, Comment, Part
from coproduce.reports.models import AnnualReport, LeftOut, Production
from coproduce.reports.queries.annual import counts_by_conversation, part_of, reports
from coproduce.reports.services import (
    edit_report,
    finish_report,
    leave_out,
    make_report,
    take_in_again,
)
from coproduce.reports.wanted import Wanted

ON_A_PAGE = 20
KINDS = (
    Production.Kind.ANNUAL_PDF,
    Production.Kind.ANNUAL_DOCX,
    Production.Kind.ANNUAL_CSV,
    Production.Kind.PACK,
)


def report_or_404(key: int) -> AnnualReport:
    found = access.report(key)
    if found is None:
        raise Http404
    return found


@for_installation
@require_safe
def all_reports(request: HttpRequest) -> HttpResponseBase:
    return render(request, "reporting/annual_all.html", {"reports": reports()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_installation
def new(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    first = today.replace(month=9, day=1, year=today.year - (today.month < 9))
    begin = {"title": "Comments on the Local Offer", "first_day": first, "last_day": today}
    form = AnnualForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            report = make_report(by=account_of(request.user), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "The report is begun, as a draft. Only you see it.")
            return redirect("reporting:annual_draft", report.pk)
    return render(request, "reporting/annual_form.html", {"form": form, "report": None})


@require_http_methods(["GET", "HEAD", "POST"])
@for_installation
def edit(request: HttpRequest, key: int) -> HttpResponseBase:
    report = report_or_404(key)
    stands = {name: getattr(report, name) for name in ("title", "first_day", "last_day")}
    stands |= {"introduction": report.introduction, "conversations": report.conversations.all()}
    form = AnnualForm(request.POST or None, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            edit_report(report=report, by=account_of(request.user), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "Kept.")
            return redirect("reporting:annual_draft", key)
    return render(request, "reporting/annual_form.html", {"form": form, "report": report})


@for_installation
@require_safe
@never_cache
def draft(request: HttpRequest, key: int) -> HttpResponseBase:
    """One conversation of the report at a time: what waits for a response stands first."""
    report = report_or_404(key)
    if report.is_final:
        return redirect("reporting:annual", key)
    counts = counts_by_conversation(report)
    part = _chosen(report, [one for one, _ in counts], request.GET.get("conversation"))
    comments = sorted(part.comments, key=lambda comment: bool(comment.responses)) if part else []
    return render(
        request,
        "reporting/annual_draft.html",
        {
            "report": report,
            "counts": counts,
            "part": part,
            "parts": PARTS,
            "page": page_of(
                comments,
                request.GET.get("page"),
                size=ON_A_PAGE,
                turned=lambda some: [_with_responses(part, one) for one in some],
            ),
            "grounds": LeftOut.Ground.choices,
            "by_ground": sorted(Counter(one.ground for one in part.not_printed).items())
            if part
            else [],
            "own_grounds": [str(label) for label in LeftOut.Ground.labels],
        },
    )


def _chosen(
    report: AnnualReport, conversations: list[Conversation], slug: str | None
) -> Part | None:
    found = next((one for one in conversations if one.slug == slug), None)
    found = found or next(iter(conversations), None)
    return None if found is None else part_of(report, found)


def _with_responses(part: Part | None, comment: Comment) -> dict[str, object]:
    return {
        "comment": comment,
        "tags": [PARTS[tag] for tag in PARTS if tag in comment.tags],
        "responses": [part.responses[ref] for ref in comment.responses] if part else [],
    }


@for_installation
@require_POST
def leaving_out(request: HttpRequest, key: int) -> HttpResponseBase:
    """Leave a comment out, or take it in again."""
    report, by, form = report_or_404(key), account_of(request.user), request.POST
    ref = form.get("ref", "")
    if form.get("do") == "take_in":
        attempt(
            request,
            lambda: take_in_again(report=report, ref=ref, by=by),
            "It is printed again.",
        )
    else:
        attempt(
            request,
            lambda: leave_out(
                report=report,
                ref=ref,
                ground=form.get("ground", ""),
                by=by,
                reason=form.get("reason", ""),
            ),
            "Left out. The report says so, with the ground.",
        )
    page = reverse("reporting:annual_draft", args=[key])
    return redirect(f"{page}?conversation={form.get('conversation', '')}")


@for_installation
@require_POST
def finish(request: HttpRequest, key: int) -> HttpResponseBase:
    report = report_or_404(key)
    done = attempt(
        request,
        lambda: finish_report(report=report, by=account_of(request.user)),
        "The report is final. Everybody can read it now.",
    )
    return redirect("reporting:annual" if done else "reporting:annual_draft", key)


def _wanted(report: AnnualReport) -> list[Wanted]:
    return [Wanted(kind, report=report) for kind in KINDS]


@require_http_methods(["GET", "HEAD", "POST"])
@for_installation
@never_cache
def files(request: HttpRequest, key: int) -> HttpResponseBase:
    report = report_or_404(key)
    if request.method == "POST":
        ask(request, _wanted(report), by=account_of(request.user))
        return redirect("reporting:annual_draft_files", key)
    return render(
        request,
        "reporting/annual_files.html",
        {"report": report, "files": states_of(_wanted(report)), "for_team": True},
    )


@for_installation
@require_safe
def file(request: HttpRequest, key: int, ending: str) -> HttpResponseBase:
    page = reverse("reporting:annual_draft_files", args=[key])
    return handed_out(ending, _wanted(report_or_404(key)), page)
