from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coproduce.agreeing.models import DisputeStep
from coproduce.agreeing.queries.asking import asked_about
from coproduce.agreeing.queries.disputes import disputed_wordings
from coproduce.agreeing.queries.people import exact_numbers
from coproduce.agreeing.services import answer_wording, let_stand, reword, split
from coproduce.audit.models import Entry
from coproduce.conversations.services import change_phases
from coproduce.moderation.queries import queue
from coproduce.moderation.services import look_at
from coproduce.refused import Meanwhile, Refused
from coproduce.understanding.document import fingerprint
from coproduce.understanding.queries.draft import draft_document, draft_row
from coproduce.understanding.queries.versions import published_document
from coproduce.understanding.services import Overtaken
from coproduce.understanding.services.publishing import Last, what_is_missing
from coproduce.words.services import withdraw
from tests.coproduce.agreeing.wordings import TEXT, in_agreeing, word
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement
from tests.coproduce.made_once import until_the_module_ends
from tests.coproduce.understanding.arranging import (
    both_publish,
    make_idea,
    make_team,
    write_draft,
)

pytestmark = pytest.mark.django_db

WHY = "Not all taxis. Mine is."


class Scene:
    """Amina says that a wording over her words and Ben's is not quite what she meant."""

    def __init__(self):
        self.conversation = in_agreeing()
        self.grace, self.hal = make_team(self.conversation)
        self.amina = make_participant(self.conversation, "parent_carers")
        self.ben = make_participant(self.conversation, "education")
        self.late = make_statement(self.conversation, "The taxi is late.", by=self.amina)
        self.often = make_statement(self.conversation, "It is often late.", by=self.ben)
        self.idea = make_idea(self.conversation, "The journey", self.late, self.often)
        write_draft(self.grace)
        self.wording = word(self.grace, self.idea, self.late, self.often)
        self.dispute = answer_wording(
            participant=self.amina, wording=self.wording, choice="not_quite", why=WHY
        )

    @property
    def revision(self):
        return draft_row(self.conversation).revision

    def show_reason(self):
        look_at(words=self.dispute.words, by=self.hal, outcome="shown")

    def stand(self, **named):
        named = {"disputes": [self.dispute.pk], "reason": "Most said so.", **named}
        named.setdefault("revision", self.revision)
        return let_stand(member=self.hal, wording=self.wording, **named)


def missing_in(conversation):
    document = draft_document(conversation)
    return what_is_missing(conversation, document, Last.of(conversation, document))


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield Scene()


@pytest.fixture
def scene(once, db):
    return deepcopy(once)


def test_the_team_sees_the_dispute_and_reads_it_once_somebody_has_looked(scene):
    (found,) = disputed_wordings(scene.conversation)
    assert (found.wording, found.disputes[0].text) == (scene.wording, "")
    assert found.disputes[0].waits_for_look
    (new,) = queue(scene.conversation)
    assert (new.kind, new.about) == ("Dispute", f"Not quite: “{TEXT}”")
    scene.show_reason()
    (found,) = disputed_wordings(scene.conversation)
    assert found.disputes[0].text == WHY


def test_held_and_set_apart_read_the_same(scene):
    look_at(words=scene.dispute.words, by=scene.hal, outcome="held", note="Look again")
    held = disputed_wordings(scene.conversation)[0].disputes
    look_at(words=scene.dispute.words, by=scene.hal, outcome="set_apart")
    assert disputed_wordings(scene.conversation)[0].disputes == held


def test_nothing_is_published_before_the_dispute_is_answered(scene):
    missing = missing_in(scene.conversation)
    assert missing == [
        "Answer the dispute about a wording under “The journey”: word it again, split it, or let "
        "it stand with the dispute shown."
    ]


def test_worded_again_everybody_is_asked_again(scene):
    answer_wording(participant=scene.ben, wording=scene.wording, choice="yes")
    with pytest.raises(Refused, match="Change it"):
        reword(
            member=scene.grace,
            revision=scene.revision,
            wording=scene.wording,
            text=TEXT,
            reason="x",
        )
    again = reword(
        member=scene.grace,
        revision=scene.revision,
        wording=scene.wording,
        text="Some taxis are late.",
        reason="It says less now.",
    )
    scene.wording.refresh_from_db()
    assert scene.wording.ended_at is not None
    assert again.replaces == scene.wording
    assert set(again.rests_on.all()) == {scene.late, scene.often}
    step = DisputeStep.objects.get()
    assert (step.line_answer, step.outcome, step.wording, step.reason) == (
        scene.dispute,
        "reworded",
        again,
        "It says less now.",
    )
    for person in (scene.amina, scene.ben):
        assert [(one.wording, one.waits) for one in asked_about(person)] == [(again, True)]
    assert disputed_wordings(scene.conversation) == []
    assert missing_in(scene.conversation) == []
    assert Entry.objects.filter(act="dispute_reworded", reason="It says less now.").exists()


def test_split_the_words_stand_as_people_said_them(scene):
    left = split(
        member=scene.grace,
        revision=scene.revision,
        wording=scene.wording,
        take_out=[scene.late.pk],
        reason="They mean two things.",
    )
    lines = draft_document(scene.conversation).lines
    assert [(line.kind, line.text, line.sources[0].text) for line in lines] == [
        ("words", "", "The taxi is late."),
        ("wording", TEXT, "It is often late."),
    ]
    assert asked_about(scene.amina) == []
    assert [one.wording for one in asked_about(scene.ben)] == [left]


def test_split_to_the_last_word_the_wording_ends(scene):
    nothing = split(
        member=scene.grace,
        revision=scene.revision,
        wording=scene.wording,
        take_out=[scene.late.pk, scene.often.pk],
        reason="They mean two things.",
    )
    assert nothing is None
    assert [line.kind for line in draft_document(scene.conversation).lines] == ["words", "words"]
    assert DisputeStep.objects.get().outcome == "split"


def test_let_stand_the_dispute_is_published_with_the_line(scene):
    with pytest.raises(Refused, match="Look at the reason"):
        scene.stand()
    scene.show_reason()
    before = fingerprint(draft_document(scene.conversation))
    scene.stand()
    assert fingerprint(draft_document(scene.conversation)) != before
    version = both_publish(scene.grace, scene.hal)
    (line,) = published_document(version).lines
    assert [one.text for one in line.disputes] == [WHY]
    assert version.frozen["disputed"] == [
        {"wording": scene.wording.pk, "words": [scene.dispute.words_id], "unsaid": False}
    ]
    withdraw(words=scene.dispute.words, participant=scene.amina)
    kept = [(scene.dispute.words_id, "")]
    (line,) = published_document(version).lines
    assert [(one.words_id, one.text) for one in line.disputes] == kept
    scene.dispute.words.delete()  # as on the day on which what is kept about people is deleted
    (line,) = published_document(version).lines
    assert [(one.words_id, one.text) for one in line.disputes] == kept


def test_a_reason_that_is_not_shown_leaves_the_dispute_shown(scene):
    look_at(words=scene.dispute.words, by=scene.hal, outcome="not_shown", ground="names_someone")
    scene.stand()
    version = both_publish(scene.grace, scene.hal)
    (line,) = published_document(version).lines
    assert [(one.words_id, one.text) for one in line.disputes] == [(None, "")]


def test_only_the_disputes_that_were_read_are_let_stand(scene):
    scene.show_reason()
    seen = [scene.dispute.pk]
    answer_wording(participant=scene.ben, wording=scene.wording, choice="not_quite", why="Always.")
    scene.stand(disputes=seen)
    (left,) = disputed_wordings(scene.conversation)
    assert len(left.disputes) == 1
    assert missing_in(scene.conversation) != []


def test_a_dispute_is_answered_once_with_a_reason_by_who_may(scene):
    scene.show_reason()
    with pytest.raises(Refused, match="Say why"):
        scene.stand(reason=" ")
    with pytest.raises(Overtaken):
        scene.stand(revision=99)
    specialist = make_member(scene.conversation, "Sid", "specialist")
    with pytest.raises(PermissionError):
        let_stand(
            member=specialist,
            revision=scene.revision,
            wording=scene.wording,
            disputes=[scene.dispute.pk],
            reason="x",
        )
    elsewhere = make_member(make_conversation("Elsewhere"), "Eve")
    with pytest.raises(PermissionError):
        reword(member=elsewhere, revision=0, wording=scene.wording, text="x", reason="x")
    scene.stand()
    with pytest.raises(Meanwhile):
        scene.stand()


def test_who_changes_their_mind_disputes_no_more(scene):
    answer_wording(participant=scene.amina, wording=scene.wording, choice="yes")
    assert disputed_wordings(scene.conversation) == []
    assert exact_numbers(scene.conversation) == {"asked": 2, "answered": 1, "disputed": 0}


def test_people_are_counted_once_over_wordings_and_told_in_fives(scene):
    for n in range(10):
        person = make_participant(scene.conversation, "health")
        words = [make_statement(scene.conversation, f"{n} {m}", by=person) for m in (1, 2)]
        wording = word(scene.grace, make_idea(scene.conversation, f"Idea {n}", *words), *words)
        if n < 6:
            answer_wording(participant=person, wording=wording, choice="yes")
    again = reword(
        member=scene.grace,
        revision=scene.revision,
        wording=scene.wording,
        text="Some taxis are late.",
        reason="It says less now.",
    )
    answer_wording(participant=scene.amina, wording=again, choice="yes")
    assert exact_numbers(scene.conversation) == {"asked": 12, "answered": 7, "disputed": 1}
    version = both_publish(scene.grace, scene.hal)
    assert version.frozen["wordings_asked"] == {"asked": 10, "answered": 5, "disputed": 0}
    assert version.counted["wordings"] == {"asked": 12, "answered": 7, "disputed": 1}
    change_phases(member=scene.grace, phases=["agreeing"], reason="One more look.")
    answer_wording(participant=scene.ben, wording=again, choice="not_quite", why="Always late.")
    scene.dispute.refresh_from_db()
    numbers = draft_document(scene.conversation).wordings_asked
    assert numbers == published_document(version).wordings_asked, "one more person moves nothing"


def test_disputes_take_as_many_queries_for_30_as_for_1(scene):
    scene.show_reason()
    with CaptureQueriesContext(connection) as one:
        disputed_wordings(scene.conversation)
    for n in range(29):
        statement = make_statement(scene.conversation, f"Thing {n}", by=scene.amina)
        wording = word(
            scene.grace, make_idea(scene.conversation, f"Idea {n}", statement), statement
        )
        answer = answer_wording(
            participant=scene.amina, wording=wording, choice="not_quite", why=f"Why {n}"
        )
        look_at(words=answer.words, by=scene.hal, outcome="shown")
    with CaptureQueriesContext(connection) as many:
        assert len(disputed_wordings(scene.conversation)) == 30
    assert len(many) == len(one)
