"""What every act on these pages has in common: do it, say what happened, go back."""

from __future__ import annotations

import re
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
    """The address that the form names to go on at, when it is one of ours.

    The button that was pressed may name a part of that page (`at`).
    """
    wanted = request.POST.get("back", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    if not (wanted and here):
        return otherwise
    part = request.GET.get("at", "")
    return f"{wanted}#{part}" if re.fullmatch(r"[\w-]+", part) else wanted


def told(request: HttpRequest, name: str) -> str | None:
    """What the button says that was pressed (in its address), else what the form says."""
    return request.GET.get(name, request.POST.get(name))


def whole(value: str | None) -> int | None:
    """A whole number from a form, or None."""
    return int(value) if value and value.isdecimal() and len(value) < 16 else None
