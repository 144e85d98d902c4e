"""What these pages have in common: try the act, and put what was wrong beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms

from coproduce.refused import Refused

Made = TypeVar("Made")

# Fields by another name on the page than in the service.
ON_THE_PAGE = {"rests_on": "on"}


def tried(form: forms.Form, act: Callable[[], Made]) -> Made | None:
    """What the act made; None where it was refused, and the form says why."""
    try:
        return act()
    except Refused as refused:
        name = ON_THE_PAGE.get(refused.field or "", refused.field)
        form.add_error(name if name in form.fields else None, str(refused))
        return None
