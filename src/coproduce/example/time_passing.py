"""Time passes in the example: what happened so far moves into the past.

The example goes through the services, and these date everything now. Moving what is there back by
some weeks gives phases that lasted, and an action whose day has come and gone.
"""

from __future__ import annotations

import datetime

from django.apps import apps
from django.db import models
from django.db.models import F

from coproduce.conversations.models import Conversation

# Days that the organisers state are said of the future; they stay where they are.
_STATED = frozenset({"hear_back_by", "delete_on", "options_fixed_since"})


def weeks_pass(conversation: Conversation, weeks: int) -> None:
    """Move every day and time of the conversation's rows back by so many weeks."""
    gone = datetime.timedelta(weeks=weeks)
    for model in apps.get_app_config("coproduce").get_models():
        days = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.DateField) and field.name not in _STATED
        ]
        way = _way_to_conversation(model)
        if days and way is not None:
            # A published version is frozen to everybody else: this is its day, not its text.
            rows: models.QuerySet[models.Model] = models.QuerySet(model).filter(
                **{way: conversation.pk}
            )
            rows.order_by().update(**{day: F(day) - gone for day in days})


def _way_to_conversation(model: type[models.Model]) -> str | None:
    """The filter that leads from a model to its conversation, by the shortest way."""
    if model is Conversation:
        return "pk"
    ways: list[tuple[str, type[models.Model]]] = [("", model)]
    seen: set[type[models.Model]] = {model}
    while ways:
        way, at = ways.pop(0)
        for field in at._meta.concrete_fields:
            target = field.related_model if field.many_to_one or field.one_to_one else None
            if target is Conversation:
                return f"{way}{field.name}"
            if isinstance(target, type) and issubclass(target, models.Model) and target not in seen:
                seen.add(target)
                ways.append((f"{way}{field.name}__", target))
    return None
