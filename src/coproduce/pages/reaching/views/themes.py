"""Themes of the area: a machine proposes ideas that may be about the same, a person decides."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from coproduce.area import access
from coproduce.area.queries.proposals import proposals
from coproduce.area.queries.proposals import themes as themes_now
from coproduce.area.services import accept_likeness, keep_apart, retire_theme, take_out_of_theme
from coproduce.area.tasks import find_alike_soon
from coproduce.pages.audience import for_installation
from coproduce.people.access import account_of
from coproduce.refused import Refused

ON_A_PAGE = 20


@for_installation
@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    find_alike_soon()
    return render(
        request,
        "reaching/themes.html",
        {
            "page": Paginator(proposals(), ON_A_PAGE).get_page(request.GET.get("page")),
            "themes": Paginator(themes_now(), ON_A_PAGE).get_page(request.GET.get("themes")),
        },
    )


@for_installation
@require_POST
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """About the same, or not."""
    found = access.likeness(key)
    if found is None:
        raise Http404
    by = account_of(request.user)
    if request.POST.get("verdict") == "same":
        try:
            theme = accept_likeness(by=by, likeness=found, name=request.POST.get("name", ""))
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, f"They stand under “{theme.name}” now.")
    else:
        keep_apart(by=by, likeness=found)
        messages.success(request, "Kept apart. They are not proposed again.")
    return redirect("reach:themes")


@for_installation
@require_POST
def retire(request: HttpRequest, key: int) -> HttpResponse:
    theme = access.theme(key)
    if theme is None:
        raise Http404
    retire_theme(by=account_of(request.user), theme=theme)
    messages.success(request, "The theme is taken away. The ideas stay in their conversations.")
    return redirect("reach:themes")


@for_installation
@require_POST
def take_out(request: HttpRequest, key: int) -> HttpResponse:
    placed = access.placed(key)
    if placed is None:
        raise Http404
    take_out_of_theme(by=account_of(request.user), placed=placed)
    messages.success(request, "Taken out of the theme.")
    return redirect("reach:themes")
