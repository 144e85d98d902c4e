"""How much a page of taking part weighs over the wire, for an old phone on a slow line."""

import gzip
import re

import brotli
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from coproduce.conversations.models import Phase
from tests.browser import unavailable
from tests.coproduce.cast import make_conversation, make_statement
from tests.coproduce.pages.taking_part.steps import join

STATIC = settings.PACKAGE / "static"
# What a page in English needs; other files of a family are fetched only for letters they hold.
FETCHED_FONTS = ("atkinson-hyperlegible-next-latin-", "lexend-latin-")

pytestmark = pytest.mark.django_db


def test_a_first_visit_to_listen_weighs_at_most_60_kb_and_a_later_one_15():
    if not (STATIC / "built" / "main.css").exists():
        unavailable("the pages' style is not built: python3 tools/assets.py --tests")
    conversation = make_conversation(phases=[Phase.GATHERING, Phase.LISTENING])
    for number in range(12):
        make_statement(conversation, f"Statement number {number}, in about the usual length.")
    client = Client()
    join(client, conversation, "parent_carers")
    page = client.get(
        reverse("taking_part:listen", args=[conversation.slug]),
        headers={"accept-encoding": "gzip"},
    )
    assert page.headers["Content-Encoding"] == "gzip"
    # Names of files grow by a fingerprint, and there are some 600 bytes of headers.
    later = len(page.content) + 1_000
    html = gzip.decompress(page.content).decode()
    files = set(re.findall(r'(?:src|href)="/static/([^"]+)"', html))
    fonts = {
        f"built/{name}"
        for name in re.findall(r"fonts/[\w-]+\.woff2", (STATIC / "built/main.css").read_text())
        if name.removeprefix("fonts/").startswith(FETCHED_FONTS) and "-ext-" not in name
    }
    assert len(fonts) == 3
    first = later + sum(_sent(name) for name in files | fonts)
    assert later <= 15_000
    assert first <= 60_000, {name: _sent(name) for name in files | fonts}


def _sent(name):
    content = (STATIC / name).read_bytes()
    return 300 + (len(content) if name.endswith(".woff2") else len(brotli.compress(content)))
