"""What every act on these pages has in common: do it, say what happened, go back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from coproduce.refused import Meanwhile, Refused


def attempt(request: HttpRequest, act: Callable[[], object], done: str = "") -> bool:
    """Perform the act and tell the person: done, or why not. Returns whether it was done."""
    try:
        act()
    except Meanwhile as meanwhile:
        messages.warning(request, str(meanwhile))
        return False
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    if done:
        messages.success(request, done)
    return True


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The address that the form names to go on at, when it is one of ours."""
    wanted = request.POST.get("back", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted and here else otherwise


def whole(value: str | None) -> int | None:
    """A whole number from a form, or None."""
    return int(value) if value and value.isdecimal() and len(value) < 16 else None
