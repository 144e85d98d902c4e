"""A row of the database as JSON, exactly, and back."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime


def to_json(row: models.Model) -> dict[str, Any]:
    """Every stored field of a row, by name; many-to-many fields as lists of keys."""
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, (dt.datetime, dt.date)):
            value = value.isoformat()
        elif isinstance(field, models.BinaryField):
            value = base64.b64encode(bytes(value)).decode()
        values[field.name] = value
    for many in row._meta.many_to_many:
        values[many.name] = sorted(getattr(row, many.name).values_list("pk", flat=True))
    return values


def from_json(field: models.Field[Any, Any], value: Any) -> Any:
    """The value of one field that is not a key to another row."""
    if value is None:
        return None
    if isinstance(field, models.DateTimeField):
        return parse_datetime(value)
    if isinstance(field, models.DateField):
        return parse_date(value)
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return value
