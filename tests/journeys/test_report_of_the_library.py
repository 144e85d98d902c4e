"""The page that `commonground report` writes, opened from disk in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from commonground.report import prepare_report, report_page
from tests.commonground.opinion_groups.rooms import planted_room

PLACES = ("bus", "lunch", "garden", "library", "choir", "bench", "ramp", "lift", "swing", "pool")
TEXTS = {
    number: f"The {PLACES[number % 10]} should be open on day {number // 10 + 1}"
    for number in range(40)
} | {38: "The swing should not be open on day 4", 39: "Please open the pool on day 4, and the ramp"}


@pytest.fixture(scope="module", params=["two opinion groups", "a small room"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "a small room":
        votes, _ = planted_room(people=10, statements=8, difference=0)
    else:
        votes, _ = planted_room(camps=2, answered=0.9)
    place = Path(tmp_path_factory.mktemp("report")) / "report.html"
    place.write_text(report_page(prepare_report(votes, TEXTS, title="What matters here")))
    return place.as_uri()


@pytest.fixture
def open_at(browser: Browser, written: str) -> Iterator[Callable[..., Page]]:
    pages: list[Page] = []
    asked: list[str] = []

    def open_page(width: int, **options: object) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 800}, **options)
        pages.append(page)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(written)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert set(asked) == {written}


@pytest.mark.parametrize("width", [320, 390, 1100])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_for_axe_nothing_wide_nothing_small(open_at, check_accessibility, width, scheme):
    check_accessibility(open_at(width, color_scheme=scheme))


def test_each_cell_says_its_column_on_a_phone_and_no_table_scrolls(open_at):
    page = open_at(320)
    first = page.locator("#who tbody tr").first
    label = "one => getComputedStyle(one.querySelector('td'), '::before').content"
    assert first.evaluate(label).startswith('"How many"') or "How many" in first.evaluate(label)
    wide = "all => all.filter(one => one.scrollWidth > one.clientWidth).length"
    assert page.locator(".table").evaluate_all(wide) == 0
    assert page.locator(".table").count() >= 3
    roles = page.locator("#who").aria_snapshot()
    assert 'rowheader "People who answered"' in roles
    assert 'columnheader "How many"' in roles


@pytest.mark.parametrize("width", [320, 760, 940, 1280])
@pytest.mark.parametrize("n_groups", [2, 5])
def test_no_table_is_cut_off_at_any_width(
    browser: Browser, tmp_path: Path, width: int, n_groups: int
) -> None:
    votes, _ = planted_room(camps=n_groups, answered=0.9)
    texts = {number: f"{text}, and so it should stay" for number, text in TEXTS.items()}
    report = prepare_report(votes, texts, title="What matters here", n_groups=n_groups)
    assert report.said.dividing
    (tmp_path / "report.html").write_text(report_page(report))
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((tmp_path / "report.html").as_uri())
    wide = "all => all.filter(one => one.scrollWidth > one.clientWidth).length"
    assert page.locator(".table").count() > n_groups
    assert page.locator(".table").evaluate_all(wide) == 0
    page.close()


def test_on_paper_it_is_dark_on_light_with_whole_tables(open_at):
    page = open_at(800, color_scheme="dark")
    ink = "() => getComputedStyle(document.body).color"
    on_screen = page.evaluate(ink)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(ink) == "rgb(20, 50, 58)"
    assert on_screen == "rgb(242, 234, 217)"
    assert page.locator("nav").is_hidden()
    assert (
        page.locator(".table").first.evaluate("one => getComputedStyle(one).overflowX") == "visible"
    )
