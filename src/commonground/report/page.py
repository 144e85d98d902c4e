"""The report as one HTML page: no script, no picture file, no font file, no link to elsewhere."""

from __future__ import annotations

from importlib.resources import files

from commonground.report import about_groups, about_statements, in_short
from commonground.report.contents import Report
from commonground.report.markup import Html, element, html, joined

SECTIONS = (
    ("short", "In short", in_short.in_short),
    ("who", "Who took part", about_groups.who_took_part),
    ("groups", "Opinion groups", about_groups.opinion_groups),
    ("says", "What each opinion group says", about_statements.what_each_says),
    ("shared", "What all share", about_statements.what_all_share),
    ("divides", "What divides", about_statements.what_divides),
    ("ideas", "Connected ideas", about_statements.connected_ideas),
    ("alike", "Statements that may say the same", about_statements.may_say_the_same),
    ("sure", "How sure we are", about_groups.how_sure),
)


def report_page(report: Report, language: str = "en") -> str:
    """The whole page as text."""
    style = files("commonground.report").joinpath("style.css").read_text(encoding="utf-8")
    contents = element(
        "nav",
        element(
            "ul",
            *(element("li", element("a", name, href=f"#{key}")) for key, name, _ in SECTIONS),
        ),
        aria_label="Contents",
    )
    body = joined(
        element(
            "section",
            element("h2", name, id=f"{key}-title"),
            write(report),
            id=key,
            aria_labelledby=f"{key}-title",
        )
        for key, name, write in SECTIONS
    )
    head = joined(
        (
            Html('<meta charset="utf-8">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            element("title", f"{report.title}: what people share and where they differ"),
            Html(f"<style>\n{style}</style>"),
        )
    )
    kicker = element("p", "What people share, and where they differ", class_="kicker")
    note = element(
        "p",
        "This page shows exact counts. Look at the small numbers before you give it to others.",
    )
    page = (
        element("head", head),
        element(
            "body",
            element("header", kicker, element("h1", report.title), note, contents),
            element("main", body),
            element("footer", element("p", "Made with commonground.")),
        ),
    )
    return f'<!doctype html>\n<html lang="{html(language)}">\n{joined(page)}\n</html>\n'
