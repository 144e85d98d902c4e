"""Links in the documents lead somewhere, and the table of phases is what the program allows."""

import re
from pathlib import Path

import pytest

from coproduce.conversations.models import ALLOWED, Doing, Phase

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/**/*.md")]
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
# Rows of the table of phases, by how they begin, and what the program asks before it.
ROWS = {
    "write words, ask a question": Doing.SAY,
    "answer, give a reason": Doing.ANSWER,
    "look at new words, put together": Doing.ARRANGE,
    "say of the draft and of combined wordings": Doing.CONFIRM_WORDING,
    "publish a version": Doing.PUBLISH,
    "answer questions that people asked": Doing.ANSWER_QUESTIONS,
    "decide, act, reply": Doing.DECIDE,
    "say in one minute how it felt": Doing.CHECK_IN,
    "read, take words back": Doing.READ,
}


def test_there_are_documents():
    assert len(DOCUMENTS) > 80


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_link_leads_to_a_file_that_is_there(document):
    links = [one.partition("#")[0] for one in LINK.findall(document.read_text("utf-8"))]
    missing = [
        one
        for one in links
        if one
        and not one.startswith(("http", "mailto:", "/"))
        and not (document.parent / one).exists()
    ]
    assert missing == []


def test_every_decision_stands_in_the_list_of_them():
    folder = ROOT / "docs" / "decisions"
    listed = LINK.findall((folder / "README.md").read_text("utf-8"))
    there = sorted(one.name for one in folder.glob("[0-9]*.md"))
    assert sorted(listed) == there


@pytest.mark.parametrize(("row", "doing"), ROWS.items(), ids=[str(one) for one in ROWS.values()])
def test_the_table_of_phases_says_what_the_program_allows(row, doing):
    rules = (ROOT / "docs" / "reference" / "rules.md").read_text("utf-8").splitlines()
    (line,) = [one for one in rules if one.startswith(f"| {row}")]
    cells = [one.strip() for one in line.split("|")[2:-1]]
    ticked = {phase for phase, cell in zip(Phase, cells, strict=True) if cell == "✓"}
    assert ticked == ALLOWED[doing]
