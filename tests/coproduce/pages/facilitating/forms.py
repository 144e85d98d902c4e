"""Reading what stands in the forms of the facilitators' pages."""

import re
from html import unescape


def text(answer):
    return answer.content.decode()


def pressed(page, name):
    """The address that the button with this name sends the form `bench` to."""
    found = re.search(rf'form="bench" formaction="([^"]+)"[^>]*>{re.escape(name)}', page)
    assert found, name
    return unescape(found[1])


def field(page, name):
    return unescape(re.search(rf'id="{name}" name="{name}"[^>]* value="([^"]*)"', page)[1])
