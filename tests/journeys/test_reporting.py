"""From noting comments to a yearly report and its files; and a small page on another website."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from coproduce.ideas.models import StatementTag, Tag
from coproduce.pages.reporting.views import data, embed
from tests.browser import RULES, axe_source, findings
from tests.coproduce.reports.published import published
from tests.coproduce.reports.saying import who_runs_it
from tests.journeys.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test has conversations of its own, under keys that an earlier test has used."""
    data._kept.clear()
    embed._kept.clear()


@pytest.mark.parametrize(("width", "javascript"), [(1180, True), (320, False)])
def test_a_yearly_report_is_made_finished_and_taken_as_a_file(
    page_at, check_accessibility, width, javascript
):
    made = published()
    who_runs_it()
    StatementTag.objects.create(statement=made.bus, tag=Tag.OFFER_CONTENT)
    StatementTag.objects.create(statement=made.driver, tag=Tag.OFFER_ACCESS)

    def check(page: Page) -> None:
        if javascript:
            check_accessibility(page)

    page = page_at(width, javascript=javascript)
    sign_in(page, "ines@example.org")
    page.get_by_role("link", name="Yearly reports on the Local Offer").click()
    check(page)
    page.get_by_role("link", name="Begin a report").click()
    page.get_by_label("Getting to school").check()
    check(page)
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("1 without a response")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Finish and publish").click()
    expect(page.get_by_text("1 comment has no response yet.")).to_be_visible()
    left = page.locator(".slips > li").filter(has_text="Ask the driver.")
    left.locator("summary").click()
    left.get_by_role("button", name="Leave it out").click()
    expect(page.get_by_text("Left out. The report says so, with the ground.")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Finish and publish").click()
    expect(page.get_by_text("The report is final. Everybody can read it now.")).to_be_visible()
    check(page)
    page.get_by_role("link", name=re.compile("What is in the Local Offer")).click()
    expect(page.get_by_text("We send a second bus.")).to_be_visible()
    check(page)
    page.go_back()
    page.get_by_role("link", name="Take it as a file").click()
    check(page)
    page.get_by_role("button", name=re.compile("Make this file.*PDF")).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("Take the file.*PDF")).click()
    assert taken.value.suggested_filename.endswith(".pdf")
    check(page)
    for address in ("/reports/", "/data/", "/embed/c/getting-to-school/code/"):
        page.goto(address)
        check(page)


def test_a_foreign_page_shows_the_frame_and_the_plain_html(browser, live_server):
    made = published()
    frame = f"{live_server.url}/embed/c/{made.conversation.slug}/?font=Georgia,serif"
    context = browser.new_context(viewport={"width": 320, "height": 900}, java_script_enabled=True)
    page = context.new_page()
    page.goto(f"{live_server.url}/embed/c/{made.conversation.slug}/code/")
    plain = page.get_by_label("Copy this").nth(1).input_value()
    foreign = (
        "<!doctype html><html lang='en'><title>Council</title><body style='font-family: serif'>"
        f"<main><h1>Our council</h1><div id='plain'>{plain}</div>"
        f"<iframe src='{frame}' title='What we understand together' width='100%' height='400'>"
        "</iframe></main></body></html>"
    )
    with served(foreign) as address:
        page.goto(address)
        look_at(page)
    context.close()


@contextmanager
def served(text: str) -> Iterator[str]:
    """Another website: the same machine, another origin."""

    class Council(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Council)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def look_at(page: Page) -> None:
    inside = page.frame_locator("iframe")
    expect(inside.get_by_text("We send a second bus.")).to_be_visible()
    expect(page.locator("#plain").get_by_text("We send a second bus.")).to_be_visible()
    font = "one => getComputedStyle(one).fontFamily"
    assert page.locator("#plain p").first.evaluate(font) == "serif"
    assert inside.locator("p").first.evaluate(font).startswith("Georgia")
    for one in page.frames:
        one.evaluate(axe_source())
        found = one.evaluate(
            "rules => axe.run(document, {iframes: false, runOnly: {type: 'tag', values: rules}})",
            [rule for rule in RULES if rule != "best-practice"],
        )
        assert findings(found["violations"]) == ""
