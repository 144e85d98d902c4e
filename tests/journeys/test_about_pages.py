"""The pages about the service, in a browser."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("path", ["/glossary/", "/accessibility/", "/appearance/", "/no-such/"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page_at, check_accessibility, path, width):
    page = page_at(width)
    page.goto(path)
    check_accessibility(page)


@pytest.mark.parametrize("width", [320, 390, 1200])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_part_of_pages_passes_in_both_themes(
    page_at, check_accessibility, settings, live_server, width, theme
):
    settings.DEBUG = True
    page = page_at(width)
    page.context.add_cookies(
        [{"name": "appearance", "value": f"usual.{theme}.usual", "url": live_server.url}]
    )
    page.goto("/style/")
    check_accessibility(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("things need another look")
    expect(page.get_by_role("alert")).to_be_focused()
    check_accessibility(page)


def test_text_size_and_colours_are_kept_on_the_device_without_javascript(page_at):
    page = page_at(390, javascript=False)
    page.goto("/glossary/")
    usual = page.locator("body").evaluate("b => getComputedStyle(b).fontSize")
    page.get_by_role("link", name="Text size and colours").click()
    page.get_by_label("Very large").check()
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Use these").click()
    assert page.url.endswith("/glossary/")
    larger = page.locator("body").evaluate("b => getComputedStyle(b).fontSize")
    assert (usual, larger) == ("19px", "28.5px")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_read_aloud_hides_where_the_device_has_no_voice(page_at):
    page = page_at(390)
    page.goto("/glossary/")
    expect(page.get_by_role("button", name="Read aloud")).to_be_hidden()


def test_read_aloud_reads_with_a_voice_of_the_device_and_never_with_one_from_afar(page_at):
    page = page_at(390)
    page.add_init_script(
        """
        const said = window.said = [];
        const voices = [
          {lang: "en-GB", localService: false, name: "far"},
          {lang: "en-GB", localService: true, name: "near"},
        ];
        window.SpeechSynthesisUtterance = function (text) { this.text = text; };
        Object.defineProperty(window, "speechSynthesis", {value: {
          getVoices: () => voices,
          cancel: () => {},
          speak: utterance => {
            said.push([utterance.voice.name, utterance.text]);
            if (said.length < 3) utterance.onend();
          },
        }});
        """
    )
    page.goto("/glossary/")
    page.get_by_role("button", name="Read aloud").click()
    expect(page.get_by_role("button", name="Stop reading")).to_be_visible()
    assert page.evaluate("said") == [
        ["near", "What words mean"],
        ["near", "Some words and short forms are hard."],
        ["near", " Here is what they mean."],
    ]


def test_a_word_of_the_glossary_opens_where_it_stands_by_keyboard(page_at, settings):
    settings.DEBUG = True
    page = page_at(320, javascript=False)
    page.goto("/style/")
    meaning = page.get_by_text("A legal plan for a child or young person up to 25.")
    expect(meaning).to_be_hidden()
    page.locator("summary", has_text="EHCP").focus()
    page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
