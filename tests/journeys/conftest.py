"""A real browser on a live server. Every journey looks for accessibility faults at each step.

    def test_something(live_server, page_at, check_accessibility):
        page = page_at(390)                       # or page_at(320, javascript=False)
        page.goto("/")
        check_accessibility(page)

A page fails its test when it breaks the content security policy, raises a script error, or asks
another host for anything.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    sync_playwright,
)

from tests.browser import FLAGS, ROOT, RULES, axe_source, executable, findings, unavailable

# Playwright's own loop runs in the thread of the test; the database is asked there too.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

BUILT = ROOT / "src" / "coproduce" / "static" / "built" / "main.css"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not BUILT.exists():
        unavailable("the pages' style is not built: python3 tools/assets.py --tests")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        except Error as problem:
            unavailable(f"no Chromium: {problem.message.splitlines()[0]}")
        yield started
        started.close()


@pytest.fixture
def page_at(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """`page_at(width, javascript=True, context=None, **options)`: a page of its own device.

    Give `context=page.context` for a second tab on the same device. Options go to Playwright's
    `new_context`, for instance `forced_colors="active"`.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def open_page(
        width: int,
        javascript: bool = True,
        context: BrowserContext | None = None,
        **options: object,
    ) -> Page:
        if context is None:
            context = browser.new_context(
                base_url=live_server.url,
                viewport={"width": width, "height": 800},
                java_script_enabled=javascript,
                locale="en-GB",
                **options,
            )
            context.set_default_timeout(10_000)
            context.on(
                "request",
                lambda request: (
                    None
                    if request.url.startswith((live_server.url, "data:", "blob:"))
                    else faults.append(f"asks another host: {request.url}")
                ),
            )
            contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def check_accessibility() -> Callable[[Page], None]:
    """`check_accessibility(page)`: axe finds nothing, and nothing scrolls sideways."""

    def check(page: Page) -> None:
        page.evaluate(axe_source())
        result = page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
        )
        assert findings(result["violations"]) == "", page.url
        too_wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide <= 0, f"{page.url} scrolls sideways by {too_wide} px"

    return check
