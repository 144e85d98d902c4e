"""The report says what was found, in a page that needs nothing else."""

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest

from commonground.duplicates import Proposal, Relation, StatementPairs
from commonground.opinion_groups import Verdict
from commonground.report import about_statements, prepare_report, report_page
from commonground.report.wording import percent, place_with_range, steadiness
from commonground.votes import Votes
from tests.commonground.opinion_groups.rooms import planted_room

WORDS = ["bus", "lunch", "garden", "library", "choir", "bench", "ramp", "lift", "swing", "pool"]
TEXTS = {
    number: f"The {WORDS[number % 10]} should be open on day {number // 10 + 1}"
    for number in range(40)
}
TEXTS[3] = "<script>alert(1)</script> & the library"


class Page(HTMLParser):
    """Elements in order, with their attributes, and the text of the page."""

    def __init__(self, markup):
        super().__init__()
        self.elements, self.text, self.open = [], "", []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def named(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def report():
    votes, _ = planted_room(camps=2, answered=0.9)
    return prepare_report(votes.with_moderation(moderated_out=[7]), TEXTS, title="Our <town>")


@pytest.fixture(scope="module")
def page(report):
    return Page(report_page(report))


def test_every_element_is_closed_and_nothing_is_loaded(page):
    assert page.open == []
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.elements}
    for _, attributes in page.elements:
        assert not attributes.get("href", "#").startswith(("http", "//"))
        assert "src" not in attributes
        assert "onclick" not in attributes


def test_what_people_wrote_is_text_and_never_markup(page):
    assert page.named("title")[0] == {}
    assert "Our <town>" in page.text
    assert "<script>alert(1)</script> & the library" in page.text


def test_headings_rise_by_one_and_sections_are_named(page):
    levels = [int(tag[1]) for tag, _ in page.elements if tag in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = {attributes["id"] for attributes in page.named("h2")}
    assert {section["aria-labelledby"] for section in page.named("section")} == ids


def test_every_picture_has_a_name_and_every_table_a_caption(page):
    tags = [tag for tag, _ in page.elements]
    for place, (tag, attributes) in enumerate(page.elements):
        if tag == "svg" and attributes.get("role") == "img":
            assert tags[place + 1] == "title"
        if tag == "table":
            assert tags[place + 1] == "caption"


def test_it_says_the_numbers_and_the_verdict(report, page):
    assert report.groups.verdict is Verdict.GROUPS
    assert "People answer in 2 different ways." in page.text
    assert f"{report.votes.n_votes:,}" in page.text
    for name in ("Opinion group A", "Opinion group B"):
        assert name in page.text
    assert f"{report.groups.sizes[0]:,}" in page.text


def test_the_plane_has_a_shape_for_each_person(report, page):
    circles = [one for one in page.named("circle") if one.get("class") != "typical-dot"]
    drawn = len(circles) + len(page.named("polygon"))
    in_the_key = report.groups.n_groups
    assert drawn == int((report.groups.labels >= 0).sum()) + in_the_key


def test_it_begins_with_all_of_it_in_a_few_sentences(report, page):
    assert page.text.index("In short") < page.text.index("Who took part")
    a, b = report.groups.sizes
    said = report.said
    answers = report.votes.n_votes
    for sentence in (
        f"300 people gave {answers:,} answers to 40 statements.",
        f"They answer in 2 different ways: opinion group A ({a} people) and opinion group B ({b} "
        "people).",
        f"“{TEXTS[said.dividing[0].statement]}” "
        f"{percent(said.dividing[0].shares[0].value)} of A and "
        f"{percent(said.dividing[0].shares[1].value)} of B agree.",
        "With half of the people left out, the opinion groups come out nearly the same ("
        f"{report.stability.over_people:.2f}, where 1 is the same and 0 is chance).",
    ):
        assert sentence in page.text


def test_what_most_share_is_not_said_of_all(report):
    everybody = Votes.from_rows(
        [(person, 1, "agree" if person else "disagree") for person in range(40)]
    )
    page = Page(report_page(prepare_report(everybody, {1: "More benches"}, title="Benches")))
    assert "What all share first of all: most people agree: “More benches”" in page.text
    assert "most agree" in page.text
    assert "all agree" not in page.text


@pytest.mark.parametrize(
    ("alike", "said"),
    [
        (1.0, "nearly the same (1.00, "),
        (0.8, "nearly the same (0.80, "),
        (0.79, "much the same (0.79, "),
        (0.5, "much the same (0.50, "),
        (0.2, "only partly the same (0.20, "),
        (0.19, "quite different (0.19, "),
        (-0.5, "quite different (-0.50, "),
    ],
)
def test_steadiness_in_words(alike, said):
    assert steadiness(alike) == f"{said}where 1 is the same and 0 is chance)"


def test_each_opinion_group_has_its_bar_where_a_statement_divides(report):
    said = about_statements.what_divides(report)
    item = report.said.dividing[0]
    for group, share in enumerate(item.shares):
        counts, place = report.said.counts, report.places[item.statement]
        others = (
            percent(float(one[group, place] / counts.seen[group, place]))
            for one in (counts.not_sure, counts.disagree)
        )
        name = "agree {}, not sure {}, disagree {}".format(percent(share.value), *others)
        assert f"<title>{name}</title>" in said
    assert said.count('class="bar"') == 2 * len(report.said.dividing)


def test_statements_that_were_left_out_are_not_shown(page):
    assert TEXTS[7] not in page.text
    assert TEXTS[8] in page.text


def test_a_small_room_is_told_that_nothing_can_be_told():
    votes, _ = planted_room(people=10, statements=8, difference=0)
    page = Page(report_page(prepare_report(votes, {}, title="Room")))
    assert "There are too few answers to tell whether there are opinion groups." in page.text
    assert "The file has no texts" in page.text


def test_a_room_without_opinion_groups_speaks_of_everybody():
    votes, _ = planted_room(people=10, statements=8, difference=0)
    page = Page(report_page(prepare_report(votes, TEXTS, title="Room")))
    assert "Opinion group A" not in page.text
    assert "Outlines are people between" not in page.text
    assert "A ring shows where the middle of everybody lies." in page.text
    assert page.text.count("There are no opinion groups to compare.") == 2


def test_it_says_how_many_ideas_and_pairs_it_leaves_out(report, monkeypatch):
    assert "are shown here" not in about_statements.connected_ideas(report)
    monkeypatch.setattr(about_statements, "MOST_IDEAS", 0)
    assert "Only the largest ideas are shown here: 0 of 8." in about_statements.connected_ideas(
        report
    )
    monkeypatch.setattr(about_statements, "MOST_PAIRS", 1)
    same = [Proposal(0, n, Relation.SAME, 0.9, ("mostly the same words",)) for n in (1, 2)]
    against = [Proposal(0, n, Relation.OPPOSITE, 0.9, ("one says not",)) for n in (4, 5, 6)]
    said = about_statements.may_say_the_same(
        replace(report, pairs=StatementPairs(tuple(same), tuple(against)))
    )
    assert said.count("Only the surest pairs are shown here: 1 of 2.") == 1
    assert said.count("Only the surest pairs are shown here: 1 of 3.") == 1
    assert TEXTS[2] not in said


def test_how_far_from_chance_is_said_without_the_words_of_statisticians(report, page):
    distance = report.groups.evidence.distance
    assert f"The real answers lie {distance:.1f} above the middle of the deals." in page.text
    for word in ("standard deviation", "probability", "eigenvalue", "log-loss", "Rand"):
        assert word not in page.text


def test_a_conversation_without_answers_has_a_page_too():
    empty = Votes.from_rows([], all_participants=["a"], all_statements=[1, 2])
    page = Page(report_page(prepare_report(empty, {1: "One", 2: "Two"}, title="Empty")))
    assert page.open == []
    assert "People listed who have not answered" in page.text


def test_statements_are_counted_with_everybody(report):
    tallies = report.votes.tallies()
    assert np.array_equal(report.tallies.agree, tallies.agree)
    assert report.places[5] == 5


def test_rings_show_how_sure_the_middles_are_and_a_table_says_it(report, page):
    rings = [one for one in page.named("ellipse") if one.get("stroke-width") == "4"]
    assert len(rings) == report.groups.n_groups
    (typical,) = [one for one in page.named("ellipse") if one.get("class") == "typical"]
    assert float(typical["rx"]) > max(float(ring["rx"]) for ring in rings)
    (plane,) = [one for one in page.named("svg") if one.get("class") == "plane"]
    # It stands below the plane, where nobody's dot is.
    assert float(typical["cy"]) - float(typical["rx"]) >= 640
    assert float(typical["cy"]) + float(typical["rx"]) <= float(plane["viewbox"].split()[3])
    assert "Where the middles lie, and how far off the dot of one person may be" in page.text
    # Taken out of the page by itself, the drawing keeps the size of its words.
    assert [one["font-size"] for one in page.named("text")] == ["36", "36", "28"]
    assert "How far off one dot may be" in page.text
    place, error = (
        of[0, 0] for of in (report.groups.middles.places, report.groups.middles.standard_errors)
    )
    said = f"{place:.2f} ({place - 1.96 * error:.2f} to {place + 1.96 * error:.2f})"
    assert said in page.text


def test_the_ring_of_one_person_is_bigger_where_people_said_less():
    def size(answered):
        votes, _ = planted_room(camps=2, answered=answered)
        page = Page(report_page(prepare_report(votes, {}, title="Room")))
        (typical,) = [one for one in page.named("ellipse") if one.get("class") == "typical"]
        return float(typical["rx"])

    assert size(0.3) > 1.2 * size(0.9)


@pytest.mark.parametrize(
    ("place", "within", "said"),
    [
        (0.421, 0.05, "0.42 (0.37 to 0.47)"),
        (-0.001, 0.1, "0.00 (-0.10 to 0.10)"),
        (0.1, float("nan"), "not known"),
    ],
)
def test_a_place_is_said_with_its_range(place, within, said):
    assert place_with_range(place, within) == said
