"""The character 0: no keyboard types it, and PostgreSQL keeps no text that holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render

NUL = "\0"


class NothingUnkeepable:
    """Views get fields without it. An address that holds it is a wrong address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        places: tuple[Any, ...],
        named: dict[str, Any],
    ) -> HttpResponseBase | None:
        if NUL in request.path:
            return render(request, "404.html", status=404)
        request.GET = _without(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = _without(request.POST)  # type: ignore[assignment]
        return None


def _without(sent: QueryDict) -> QueryDict:
    if not any(NUL in value for _, values in sent.lists() for value in values):
        return sent
    clean = sent.copy()
    for name, values in sent.lists():
        clean.setlist(name, [value.replace(NUL, "") for value in values])
    return clean
