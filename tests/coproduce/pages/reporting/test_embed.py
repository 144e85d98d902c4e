import html
import re
from copy import deepcopy

import pytest
from django.urls import reverse

from coproduce.pages.reporting.views import embed as embed_views
from tests.coproduce.cast import make_conversation
from tests.coproduce.made_once import until_the_module_ends
from tests.coproduce.reports.asked import queries_of
from tests.coproduce.reports.published import published
from tests.coproduce.reports.saying import acted, decided

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test has conversations of its own, under keys that an earlier test has used."""
    embed_views._kept.clear()


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield published()


@pytest.fixture
def made(once, db):
    return deepcopy(once)


@pytest.fixture
def embed(made):
    return reverse("reporting:embed", args=[made.conversation.slug])


def test_other_websites_may_frame_this_page_and_no_other(client, made, embed):
    framed = client.get(embed)
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "<script" not in framed.content.decode()
    assert framed.cookies == {}
    for name in ("public:version", "reporting:version_files"):
        other = client.get(reverse(name, args=[made.conversation.slug, 1]))
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"
    code = client.get(reverse("reporting:embed_code", args=[made.conversation.slug]))
    assert code["X-Frame-Options"] == "DENY"


def test_it_says_what_came_of_it_and_where_to_read_more(client, made, embed):
    page = client.get(embed).content.decode()
    assert "1 of 1 idea has a decision or a reply." in page
    assert "We send a second bus." in page
    assert f"/d/{made.decision.ref}/" in page
    conversation = make_conversation("Nothing yet")
    page = client.get(reverse("reporting:embed", args=[conversation.slug])).content.decode()
    assert "Nothing is published yet." in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Georgia,serif", '"Georgia", serif, sans-serif'),
        ("Open Sans", '"Open Sans", sans-serif'),
        ("", "sans-serif"),
        ('x"}body{display:none', "sans-serif"),
        ("url(//evil.example/x), Arial", '"Arial", sans-serif'),
    ],
)
def test_a_website_names_its_font_and_nothing_else_gets_in(client, asked, told):
    answer = client.get(reverse("reporting:embed_font"), {"font": asked})
    assert answer["Content-Type"].startswith("text/css")
    assert answer.content.decode() == f":root {{ font-family: {told}; }}\n"


def test_the_code_to_copy_has_a_name_for_screen_readers(client, made, embed):
    page = client.get(reverse("reporting:embed_code", args=[made.conversation.slug]))
    frame, plain = (
        html.unescape(one)
        for one in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.content.decode(), re.DOTALL)
    )
    assert f'{embed}?font=Georgia,serif"' in frame
    assert 'title="Getting to school: what we understand together"' in frame
    assert plain.startswith('<section aria-labelledby="coproduce-getting-to-school">')
    assert "style" not in plain
    assert 'href="/' not in plain, "addresses are whole: they stand on another website"


def test_the_same_queries_for_1_decision_and_30(client, made, embed):
    # One rests on a person's words alone: then it is asked what else stands under their line.
    acted(made.dora, decided(made.dora, made.driver))
    before = queries_of(lambda: client.get(embed))
    for _ in range(29):
        acted(made.dora, decided(made.dora, made.driver))
    assert queries_of(lambda: client.get(embed)) == before


def test_the_code_to_copy_reads_alike_in_every_coding(client, made):
    made.decision.what = "We can’t: the bus is “full”."
    made.decision.save()
    page = client.get(reverse("reporting:embed_code", args=[made.conversation.slug]))
    (_, plain) = (
        html.unescape(one)
        for one in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.content.decode(), re.DOTALL)
    )
    assert plain.isascii()
    assert "We can’t: the bus is “full”." in html.unescape(plain)
