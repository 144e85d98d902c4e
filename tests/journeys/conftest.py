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
from contextlib import contextmanager

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    sync_playwright,
)

from tests.browser import (
    FLAGS,
    ROOT,
    RULES,
    TOO_SMALL,
    axe_source,
    executable,
    findings,
    unavailable,
)

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


# Contexts whose pages run no scripts of theirs.
_without_scripts: set[BrowserContext] = set()


@pytest.fixture
def page_at(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """`page_at(width, javascript=True, context=None, **options)`: a page of its own device.

    Give `context=page.context` for a second tab on the same device. Options go to Playwright's
    `new_context`, for instance `forced_colors="active"`.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    _without_scripts.clear()

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
            if not javascript:
                _without_scripts.add(context)
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


@contextmanager
def _our_scripts(page: Page) -> Iterator[None]:
    """In a page that was loaded without scripts, ours run. Its own stay as they are: not run."""
    if page.context not in _without_scripts:
        yield
        return
    session = page.context.new_cdp_session(page)
    try:
        # Each session keeps a switch of its own, and only a change of it does something.
        for disabled in (True, False):
            session.send("Emulation.setScriptExecutionDisabled", {"value": disabled})
        yield
        session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    finally:
        session.detach()


@pytest.fixture(scope="session")
def check_accessibility() -> Callable[[Page], None]:
    """`check_accessibility(page)`: axe finds nothing, nothing scrolls sideways, and everything
    that is pressed is 44 px high and wide. Also where scripts are off."""

    def check(page: Page) -> None:
        # A click comes back when the next page begins: one that is half there would be judged.
        page.wait_for_load_state()
        with _our_scripts(page):
            if not page.evaluate("() => 'axe' in window"):  # once in a page that stays
                page.evaluate(axe_source())
            result = page.evaluate(
                """rules => axe.run(document, {runOnly: {type: 'tag', values: rules},
                                               resultTypes: ['violations']})""",
                RULES,
            )
            too_wide = page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            too_small = page.evaluate(TOO_SMALL)
        assert findings(result["violations"]) == "", page.url
        assert too_wide <= 0, f"{page.url} scrolls sideways by {too_wide} px"
        assert too_small == [], page.url

    return check
