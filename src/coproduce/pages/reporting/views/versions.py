"""The shared understanding as files. Anybody may ask for them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.conversations.models import Conversation
from coproduce.pages.audience import for_visitors
from coproduce.pages.public.seeing import hides_totals
from coproduce.pages.reporting.files import ask, handed_out, states_of
from coproduce.reports.models import Production
from coproduce.reports.wanted import Wanted
from coproduce.understanding import access
from coproduce.understanding.models import Version


def _version(conversation: Conversation, number: int) -> Version:
    found = access.version(conversation, number)
    if found is None:
        raise Http404
    return found


def _wanted(version: Version) -> list[Wanted]:
    kinds = (Production.Kind.VERSION_PDF, Production.Kind.VERSION_DOCX)
    return [Wanted(kind, version=version) for kind in kinds]


@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
@never_cache
def files(request: HttpRequest, conversation: Conversation, number: int) -> HttpResponseBase:
    version = _version(conversation, number)
    hidden = hides_totals(request, conversation)
    if request.method == "POST" and not hidden:
        ask(request, _wanted(version))
        return redirect("reporting:version_files", conversation.slug, number)
    return render(
        request,
        "reporting/version_files.html",
        {
            "conversation": conversation,
            "version": version,
            "files": [] if hidden else states_of(_wanted(version)),
            "hidden": hidden,
        },
    )


@require_safe
@for_visitors
def file(
    request: HttpRequest, conversation: Conversation, number: int, ending: str
) -> HttpResponseBase:
    version = _version(conversation, number)
    page = reverse("reporting:version_files", args=[conversation.slug, number])
    if hides_totals(request, conversation):
        return redirect(page)
    return handed_out(ending, _wanted(version), page)
