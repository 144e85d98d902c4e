"""The description of the open data in OpenAPI 3.1, made from the dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coproduce.reports.open_data.formats import FORMAT
from coproduce.reports.open_data.sets import (
    CONVERSATION_FIELDS,
    DATE,
    LIST,
    LIST_OF_GROUPS,
    SETS,
    TEXT,
    WHOLE,
    YES_OR_NO,
    Field,
)

_TYPES: dict[str, dict[str, Any]] = {
    TEXT: {"type": "string"},
    WHOLE: {"type": "integer"},
    YES_OR_NO: {"type": "boolean"},
    DATE: {"type": "string", "format": "date"},
    LIST: {"type": "array", "items": {"type": "string"}},
    LIST_OF_GROUPS: {"type": "array", "items": {"$ref": "#/components/schemas/group"}},
}
_GROUP = {
    "type": "object",
    "description": "One partner group's answers to one thing that a line rests on.",
    "required": ["of", "partner_group", "stance", "agree"],
    "properties": {
        "of": {"type": "integer", "description": "Which of the things, from 1."},
        "partner_group": {"type": "string", "description": "Its key."},
        "stance": {
            "type": ["string", "null"],
            "description": "agrees, does_not_agree, divided or too_few_to_tell; null: cannot be "
            "told without telling what somebody answered.",
        },
        "agree": {
            "type": ["string", "null"],
            "description": "How many agree, as a word or rounded to 5.",
        },
    },
}


def description(server: str) -> dict[str, Any]:
    """For `server`, the address of the installation."""
    paths = {
        "/data/conversations.json": _path("conversations", "All listed conversations.", []),
        "/data/conversations.csv": _path("conversations", "The same as a table.", [], csv=True),
    }
    slug = {
        "name": "slug",
        "in": "path",
        "required": True,
        "description": "The short name of the conversation.",
        "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    }
    for one in SETS.values():
        address = f"/data/c/{{slug}}/{one.name}"
        paths[f"{address}.json"] = _path(one.name, one.about, [slug])
        paths[f"{address}.csv"] = _path(one.name, one.about, [slug], csv=True)
    schemas = {one.name: _schema(one.about, one.fields) for one in SETS.values()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Coproduce: open data",
            "version": FORMAT.partition("/")[2],
            "description": "What is public, and nothing else: published words with names hidden, "
            "decisions, actions, replies. Numbers of people are rounded to 5 or told in words.",
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {
            "schemas": {
                "group": _GROUP,
                "conversations": _schema("A conversation.", CONVERSATION_FIELDS),
                **schemas,
            }
        },
    }


def _schema(about: str, fields: Sequence[Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": about,
        "required": [field.name for field in fields],
        "properties": {field.name: _property(field) for field in fields},
    }


def _property(field: Field) -> dict[str, Any]:
    kind = dict(_TYPES[field.kind])
    if field.may_be_empty:
        kind["type"] = [kind["type"], "null"]
    return {**kind, "description": field.meaning}


def _path(
    name: str, about: str, parameters: list[dict[str, Any]], *, csv: bool = False
) -> dict[str, Any]:
    content: dict[str, Any] = {"text/csv": {"schema": {"type": "string"}}}
    if not csv:
        content = {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["format", "set", "rows"],
                    "properties": {
                        "format": {"const": FORMAT},
                        "set": {"const": name},
                        "rows": {
                            "type": "array",
                            "items": {"$ref": f"#/components/schemas/{name}"},
                        },
                    },
                }
            }
        }
    match = {
        "name": "If-None-Match",
        "in": "header",
        "description": "The ETag of an earlier answer: 304 and no body while it is the same.",
        "schema": {"type": "string"},
    }
    return {
        "get": {
            "operationId": f"{name}_{'csv' if csv else 'json'}",
            "summary": about,
            "parameters": [*parameters, match],
            "responses": {
                "200": {"description": about, "content": content},
                "304": {"description": "The same as before."},
                "404": {"description": "There is no such conversation."},
            },
        }
    }
