"""What is the same on every page is found once, and stays right."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import Context, Engine
from django.test import Client, override_settings
from django.urls import NoReverseMatch

from coproduce.pages.deciding.forms import MoveDecisionForm
from coproduce.pages.static_files import KeptAddresses
from coproduce.pages.templatetags.addresses import address
from coproduce.pages.templatetags.house import all_fields, field


def written(source: str, **given: object) -> str:
    return Engine.get_default().from_string(source).render(Context(given))


def test_addresses_of_two_conversations_are_not_mixed_up() -> None:
    source = "{% url 'taking_part:listen' slug %} {% url 'taking_part:listen' slug=other %}"
    for _ in range(2):
        assert written(source, slug="one", other="two") == "/c/one/listen/ /c/two/listen/"
    assert written(source, slug="two", other="one") == "/c/two/listen/ /c/one/listen/"


def test_an_address_is_looked_for_once() -> None:
    address.cache_clear()
    for _ in range(3):
        written("{% url 'taking_part:listen' 'a-new-one' %}")
    assert (address.cache_info().misses, address.cache_info().hits) == (1, 2)


def test_an_address_that_leads_nowhere_is_an_error_or_nothing() -> None:
    assert written("{% url 'taking_part:nowhere' as there %}[{{ there }}]") == "[]"
    with pytest.raises(NoReverseMatch):
        written("{% url 'taking_part:nowhere' %}")


@pytest.mark.django_db
def test_every_page_has_the_same_policy(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert client.get("/nowhere/").headers["Content-Security-Policy"] == policy


def test_a_file_is_named_by_what_is_in_it_and_its_name_is_kept(tmp_path: Path) -> None:
    with override_settings(DEBUG=False):
        before = KeptAddresses(location=str(tmp_path), base_url="/static/")
        before.hashed_files = {"page.css": "page.0123456789ab.css"}
        before.save_manifest()
        storage = KeptAddresses(location=str(tmp_path), base_url="/static/")
        assert storage.url("page.css") == "/static/page.0123456789ab.css"
        storage.hashed_files = {}
        assert storage.url("page.css") == "/static/page.0123456789ab.css"
        with pytest.raises(ValueError, match="Missing"):
            storage.url("missing.css")


def test_fields_of_forms_alike_are_made_once_and_are_those_of_each_form():
    for ref in ("AAAA-BBBB", "CCCC-DDDD"):
        form = MoveDecisionForm(prefix=ref, initial={"seen": 7})
        one_by_one = [field(one) for one in (*form.hidden_fields(), *form.visible_fields())]
        assert all_fields(form) == "".join(one_by_one)
        assert f'name="{ref}-seen" value="7"' in all_fields(form)
    typed = MoveDecisionForm({"AAAA-BBBB-note": "The bus <comes>."}, prefix="AAAA-BBBB")
    assert not typed.is_valid()
    assert "The bus &lt;comes&gt;." in all_fields(typed)
    assert "Choose what was decided." in all_fields(typed)
