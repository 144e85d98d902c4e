"""An account that an area published, brought in and published again: every mark where it stood."""

import csv
import re

import pytest

from coproduce.conversations.models import Phase
from coproduce.exchange.statement_import.plan import guess_choices
from coproduce.exchange.statement_import.services import import_statements
from coproduce.exchange.statement_import.tables import read_table
from coproduce.understanding.models import Draft
from coproduce.understanding.queries.versions import published_document
from coproduce.understanding.services import raise_question
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_team,
    write_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(shared_data):
    """The introduction, the questions raised and the ideas (a line each), from the account."""
    text = shared_data("devon-cornerstones", "event-account.txt").read_text()
    before, after = text.split("What is important to Devon in co-production?")
    bullets = [line.split("•", 1)[1].strip() for line in text.splitlines() if "•" in line]
    _, _, title, *introduction = [
        paragraph.strip()
        for paragraph in before.split("\n\n")
        if "•" not in paragraph and paragraph.strip()
    ]
    raised = before.count("•")
    assert after.count("•") == 25
    return {
        "title": title,
        "introduction": introduction,
        "raised": bullets[:raised],
        "ideas": bullets[raised:],
    }


def test_25_ideas_in_order_with_52_fragments_and_40_marks_where_they_stood(shared_data, account):
    file = shared_data("devon-cornerstones", "statements.csv")
    conversation = agreeing_conversation("Co-production", phases=[Phase.AGREEING])
    grace, hal = make_team(conversation)
    table = read_table(file.name, file.read_bytes())
    import_statements(
        conversation=conversation,
        by=grace.account,
        table=table,
        choices=guess_choices(table, conversation),
        show=True,
    )
    write_draft(
        grace,
        title=account["title"],
        introduction="\n\n".join(account["introduction"]),
    )
    for question in account["raised"]:
        raise_question(member=grace, revision=Draft.objects.get().revision, text=question)

    document = published_document(both_publish(grace, hal))

    (part,) = document.questions
    assert part.others == ()
    published = [
        (idea.name, [(line.listed[0].text, line.room_marks) for line in idea.lines])
        for idea in part.ideas
    ]
    rows = list(csv.DictReader(file.read_text().splitlines()))
    expected: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        fragments = expected.setdefault(row["heading_added_by_us"], [])
        fragments.append((row["statement"], int(row["room_marks"])))
    assert published == list(expected.items())
    assert len(published) == 25
    assert sum(len(lines) for _, lines in published) == 52
    assert sum(marks for _, lines in published for _, marks in lines) == 40
    assert [line.text for line in document.raised] == account["raised"]
    assert len(document.raised) == 4
    assert document.introduction.startswith("The Cornerstones event")
    assert document.said == 52
    assert document.took_part.people == 0
    assert not document.has_answers
    assert not any(line.fewer_agreed for line in document.lines)

    # Beside the account itself: the fragments of each idea are in its line, in that order, and
    # the marks that stand in the line are those of its fragments.
    for (_, lines), said in zip(published, account["ideas"], strict=True):
        bare = re.sub(r"[*\s]+", "", said)
        places = [bare.find(re.sub(r"\s+", "", text)) for text, _ in lines]
        assert -1 not in places
        assert places == sorted(places)
        assert said.count("*") == sum(marks for _, marks in lines)
