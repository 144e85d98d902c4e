"""`{% url %}` as Django has it, except that an address found once is not looked for again.

A page has about nine addresses, and the same nine as the page before it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template import Context, defaulttags
from django.template.base import Parser, Token
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape

register = template.Library()

# An address holds a reference or a link word: of all that people look at, the latest are kept.
MOST_KEPT = 4096


@lru_cache(MOST_KEPT)
def address(view: str, places: tuple[object, ...], named: tuple[tuple[str, object], ...]) -> str:
    """The address of a page. Raises NoReverseMatch, which is not kept."""
    return reverse(view, args=places, kwargs=dict(named))


class Address(defaulttags.URLNode):
    def render(self, context: Context) -> str:
        view = self.view_name.resolve(context)
        places = tuple(_plain(one.resolve(context)) for one in self.args)
        named = tuple((name, _plain(one.resolve(context))) for name, one in self.kwargs.items())
        try:
            found = address(view, places, named)
        except NoReverseMatch:
            if self.asvar is None:
                raise
            found = ""
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


def _plain(value: Any) -> object:
    """What may be looked up by: 1 and True are not the same place in an address."""
    return value if type(value) is int else str(value)


@register.tag
def url(parser: Parser, token: Token) -> Address:
    node = defaulttags.url(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)
