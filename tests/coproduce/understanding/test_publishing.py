import json
import re

import pytest
from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.conversations.models import KeyTurn, Phase
from coproduce.ideas.models import Wording
from coproduce.people.models import Role
from coproduce.refused import Refused
from coproduce.reports.shared_understanding import paper_of_version
from coproduce.responses.models import Figure, Tally
from coproduce.statements.models import RoomMark
from coproduce.understanding.document import TookPart, fingerprint
from coproduce.understanding.models import Draft, Frozen, Passage, PassageSource, Version
from coproduce.understanding.queries.draft import draft_document
from coproduce.understanding.queries.versions import published_document
from coproduce.understanding.services import publish, raise_question
from coproduce.words.models import Masking, Standing, Words, WordsText
from tests.coproduce.cast import make_member, make_participant, make_statement
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_idea,
    make_team,
    put_together,
    show_figure,
    write_draft,
)

pytestmark = pytest.mark.django_db


def same(one, other):
    strip = [
        [
            (line.kind, line.text, line.sources, line.figures, line.idea_id, line.wording_id)
            for line in document.lines
        ]
        for document in (one, other)
    ]
    return strip[0] == strip[1] and all(
        getattr(one, name) == getattr(other, name)
        for name in ("title", "introduction", "asked", "order", "rule", "took_part", "said")
    )


def arrange(conversation, *texts):
    statements = [make_statement(conversation, text) for text in texts]
    make_idea(conversation, "The journey", *statements)
    return statements


def test_a_version_reads_as_the_draft_did(conversation, team):
    grace, hal = team
    late, often = arrange(conversation, "The taxi is late.", "It is often late.")
    put_together(late, often)
    alone = make_statement(conversation, "I walk.")
    RoomMark.objects.create(conversation=conversation, statement=late, count=4, source="room")
    show_figure(late, {"parent_carers": (40, 2, 3), "education": (1, 12, 0)})
    write_draft(grace, asked=120)
    raise_question(member=grace, revision=Draft.objects.get().revision, text="Is it genuine?")
    document = draft_document(conversation)
    version = both_publish(grace, hal)
    published = published_document(version)
    assert same(document, published)
    assert [line.ref != "" for line in published.lines] == [True] * 3
    assert published.questions[0].others[0].sources[0].words_id == alone.pk
    assert published.asked == 120
    assert version.number == 1
    assert (version.first_key, version.second_key) == (grace, hal)


def test_one_key_publishes_nothing(conversation, team):
    grace, _ = team
    arrange(conversation, "The taxi is late.")
    write_draft(grace)
    turn, version = publish(member=grace, saw=fingerprint(draft_document(conversation)))
    assert version is None
    assert turn.waits_for_second
    assert not Version.objects.exists()


def test_the_second_key_is_for_exactly_what_the_first_one_saw(conversation, team):
    grace, hal = team
    arrange(conversation, "The taxi is late.")
    write_draft(grace)
    saw = fingerprint(draft_document(conversation))
    publish(member=grace, saw=saw)
    write_draft(grace, introduction="Something else.")
    with pytest.raises(Refused, match="It has changed"):
        publish(member=hal, saw=saw)
    assert not Version.objects.exists()
    _, version = publish(member=hal, saw=fingerprint(draft_document(conversation)))
    assert version is None, "what changed needs both keys again"


def test_the_fingerprint_follows_every_word_and_heading_and_not_the_figures(conversation, team):
    grace, _ = team
    late, often = arrange(conversation, "The taxi is late.", "It is often late.")
    write_draft(grace)
    seen = [fingerprint(draft_document(conversation))]

    def changes():
        seen.append(fingerprint(draft_document(conversation)))
        return seen[-1] != seen[-2]

    show_figure(late, {"parent_carers": (40, 2, 3)})
    assert not changes()
    Masking.objects.create(words=late.words, spans=[[4, 8]], by=grace.account)
    assert changes()
    put_together(late, often)
    assert changes()
    conversation.ideas.update(name="Taxis")
    assert changes()
    conversation.ideas.update(summary="About taxis.")
    assert changes()
    RoomMark.objects.create(conversation=conversation, statement=often, count=1, source="room")
    assert changes()
    Words.objects.filter(pk=often.pk).update(standing=Standing.HELD)
    assert changes()


def test_figures_stand_as_they_are_when_the_second_key_turns(conversation, team):
    grace, hal = team
    (late,) = arrange(conversation, "The taxi is late.")
    write_draft(grace)
    saw = fingerprint(draft_document(conversation))
    publish(member=grace, saw=saw)
    show_figure(late, {"parent_carers": (40, 2, 3)})
    _, version = publish(member=hal, saw=saw)
    assert published_document(version).lines[0].agreeing == ("parent_carers",)


def test_who_runs_it_alone_needs_one_key():
    conversation = agreeing_conversation("Alone", runs_alone=True)
    grace, _ = make_team(conversation)
    arrange(conversation, "The taxi is late.")
    write_draft(grace)
    _, version = publish(member=grace, saw=fingerprint(draft_document(conversation)))
    assert version.second_key is None


def test_what_is_missing_is_said(conversation, team):
    grace, _ = team
    with pytest.raises(Refused, match="title"):
        publish(member=grace, saw="")
    write_draft(grace, introduction="")
    with pytest.raises(Refused, match="introduction"):
        publish(member=grace, saw="")
    write_draft(grace, introduction="People told us.")
    with pytest.raises(Refused, match="nothing to publish"):
        publish(member=grace, saw="")


def test_before_the_agreeing_phase_nothing_is_published():
    conversation = agreeing_conversation("Early", phases=[Phase.LISTENING])
    grace, _ = make_team(conversation)
    arrange(conversation, "The taxi is late.")
    write_draft(grace)
    with pytest.raises(Refused, match="from the agreeing phase on"):
        publish(member=grace, saw=fingerprint(draft_document(conversation)))
    assert not KeyTurn.objects.exists()


def test_a_facilitator_alone_does_not_publish(conversation):
    hal = make_member(conversation, "Hal", Role.FACILITATOR, group="health")
    arrange(conversation, "The taxi is late.")
    with pytest.raises(PermissionError):
        publish(member=hal, saw="")


def test_a_wording_that_comes_up_again_stops_the_next_version(conversation, team):
    grace, _ = team
    late, often = arrange(conversation, "The taxi is late.", "It is often late.")
    wording = Wording.objects.create(
        conversation=conversation, idea=conversation.ideas.get(), text="Late taxis."
    )
    wording.rests_on.set([late, often])
    write_draft(grace)
    Words.objects.filter(pk=often.pk).update(standing=Standing.WITHDRAWN)
    with pytest.raises(Refused, match="Look at a wording under “The journey” again"):
        publish(member=grace, saw=fingerprint(draft_document(conversation)))


def test_nothing_changes_a_published_version(conversation, team):
    grace, hal = team
    arrange(conversation, "The taxi is late.")
    write_draft(grace)
    version = both_publish(grace, hal)
    passage = version.passages.get()
    source = passage.sources.get()
    before = list(Version.objects.values()), list(Passage.objects.values())
    version.what_changed = passage.text = source.digest = "something else"
    for record in (version, passage, source):
        for change in (record.save, record.delete):
            with pytest.raises(Frozen):
                change()
    for kind, values in (
        (Version, {"what_changed": "else"}),
        (Passage, {"text": "else"}),
        (PassageSource, {"digest": "else"}),
    ):
        for change in (
            lambda kind=kind, values=values: kind.objects.update(**values),
            lambda kind=kind: kind.objects.all().delete(),
            lambda kind=kind, values=values: kind.objects.bulk_update(
                list(kind.objects.all()), list(values)
            ),
        ):
            with pytest.raises(Frozen):
                change()
    assert (list(Version.objects.values()), list(Passage.objects.values())) == before


def test_a_version_goes_only_with_its_whole_conversation(conversation, team):
    """The rows underneath: on the last day a conversation is taken out whole."""
    grace, hal = team
    arrange(conversation, "The taxi is late.")
    write_draft(grace)
    both_publish(grace, hal)
    related = {
        field.on_delete.__name__
        for field in (
            Passage._meta.get_field("idea").remote_field,
            Passage._meta.get_field("question").remote_field,
            PassageSource._meta.get_field("words").remote_field,
        )
    }
    assert related == {"RESTRICT"}


def test_words_taken_back_later_are_replaced_by_a_note_and_the_digest_stays(conversation, team):
    grace, hal = team
    late, _ = arrange(conversation, "The taxi is late.", "She needs to calm down.")
    write_draft(grace)
    version = both_publish(grace, hal)
    digest = late.words.digest
    Words.objects.filter(pk=late.pk).update(standing=Standing.WITHDRAWN)
    WordsText.objects.filter(words=late.pk).delete()
    first, second = published_document(version).lines
    assert first.is_empty
    assert first.listed[0].text == ""
    assert first.listed[0].note == ("Words stood here. The person who wrote them took them back.")
    assert first.listed[0].digest == digest
    assert second.listed[0].text == "She needs to calm down."
    assert second.listed[0].note == ""


@pytest.mark.parametrize("standing", [Standing.SET_APART, Standing.NOT_SHOWN, Standing.HELD])
def test_words_not_shown_later_all_read_the_same(conversation, team, standing):
    grace, hal = team
    (late,) = arrange(conversation, "The taxi is late.")
    write_draft(grace)
    version = both_publish(grace, hal)
    Words.objects.filter(pk=late.pk).update(standing=standing)
    (line,) = published_document(version).lines
    assert line.listed[0].text == ""
    assert line.listed[0].note == "Words stood here. They are not shown any more."


def test_a_name_masked_later_is_hidden_and_said(conversation, team):
    grace, hal = team
    (late,) = arrange(conversation, "Bob is late.")
    write_draft(grace)
    version = both_publish(grace, hal)
    Masking.objects.create(words=late.words, spans=[[0, 3]], by=grace.account, at=timezone.now())
    (line,) = published_document(version).lines
    assert line.listed[0].text == "[name] is late."
    assert line.listed[0].masked_later


def test_a_wording_stands_and_says_that_words_under_it_went(conversation, team):
    grace, hal = team
    late, often = arrange(conversation, "The taxi is late.", "It is often late.")
    wording = Wording.objects.create(
        conversation=conversation, idea=conversation.ideas.get(), text="Late taxis."
    )
    wording.rests_on.set([late, often])
    write_draft(grace)
    version = both_publish(grace, hal)
    assert published_document(version).lines[0].note == ""
    Words.objects.filter(pk=often.pk).update(standing=Standing.WITHDRAWN)
    (line,) = published_document(version).lines
    assert line.text == "Late taxis."
    assert line.note.startswith("Some of the words that this rests on were taken back")


def test_nothing_of_what_people_wrote_is_kept_in_the_version_itself(conversation, team):
    grace, hal = team
    arrange(conversation, "A secret that must be erasable.")
    write_draft(grace)
    both_publish(grace, hal)
    kept = json.dumps(
        [list(kind.objects.values()) for kind in (Version, Passage, PassageSource, KeyTurn, Entry)],
        default=str,
    )
    assert "secret" not in kept


def test_exact_sizes_stay_out_of_what_is_published(conversation, team):
    grace, hal = team
    (late,) = arrange(conversation, "The taxi is late.")
    show_figure(late, {"parent_carers": (41, 2, 3)})
    assert Figure.objects.get().memory["counted"]
    write_draft(grace)
    version = both_publish(grace, hal)
    published = json.dumps(version.passages.get().figure)
    assert "memory" not in published
    assert not re.search(r"(?<!\w)4[16](?!\w)", published)


def test_figures_of_two_versions_move_only_with_five_people_more(conversation, team):
    grace, hal = team
    (late,) = arrange(conversation, "The taxi is late.")
    write_draft(grace)
    told = []
    for more, agreed in enumerate((12, 13, 16, 17)):
        show_figure(late, {"parent_carers": (agreed, 0, 0)})
        write_draft(grace, introduction=f"Writing {more}.")
        version = both_publish(grace, hal)
        told.append(published_document(version).lines[0].figures[0].public["people"])
    assert told == [10, 10, 10, 15]


def test_how_many_took_part_moves_only_with_five_people_more(conversation, team):
    grace, hal = team
    arrange(conversation, "The taxi is late.")
    told = []
    for more in (12, 1, 3, 1):
        for _ in range(more):
            somebody = make_participant(conversation, "education")
            make_statement(conversation, "Something", by=somebody, standing=Standing.WAITING)
        write_draft(grace, introduction=f"Writing {len(told)}.")
        took_part = published_document(both_publish(grace, hal)).took_part
        told.append((took_part.people, dict(took_part.groups)["education"]))
    assert told == [(10, 10), (10, 10), (10, 10), (15, 15)]


def test_who_only_looked_did_not_take_part(conversation, team):
    grace, hal = team
    arrange(conversation, "The taxi is late.")
    for _ in range(20):
        make_participant(conversation, "education")
    write_draft(grace)
    assert published_document(both_publish(grace, hal)).took_part.people == 0


def test_the_same_again_is_not_a_version(conversation, team):
    grace, hal = team
    arrange(conversation, "The taxi is late.")
    write_draft(grace, what_changed="")
    both_publish(grace, hal)
    with pytest.raises(Refused, match="Nothing changed since version 1"):
        publish(member=hal, saw=fingerprint(draft_document(conversation)))


def test_publishing_is_logged_without_words(conversation, team):
    grace, hal = team
    arrange(conversation, "The taxi is late.")
    write_draft(grace)
    version = both_publish(grace, hal)
    entry = Entry.objects.get(act="publish")
    assert (entry.by, entry.about) == (hal.account, "version 1")
    assert entry.details["version"] == version.pk
    assert entry.details["lines"] == 1


def test_figures_that_were_due_are_moved_on_the_day(conversation, team):
    (late,) = arrange(conversation, "The taxi is late.")
    show_figure(late, {"parent_carers": (100, 2, 3)})
    Tally.objects.update(agree=106)  # a tenth more would have to come for a figure to move
    write_draft(team[0])
    document = published_document(both_publish(*team))
    assert document.lines[0].figures[0].public["people"] == 110


def test_after_agreeing_comes_published_by_itself_and_it_is_logged():
    conversation = agreeing_conversation(phases=[Phase.AGREEING])
    grace, hal = make_team(conversation)
    arrange(conversation, "The taxi is late.")
    write_draft(grace)
    version = both_publish(grace, hal)
    conversation.refresh_from_db()
    assert conversation.phases == [Phase.PUBLISHED]
    change = conversation.phase_changes.get()
    assert (change.phases, change.by, change.reason) == (
        ["published"],
        hal.account,
        "Version 1 is published.",
    )
    assert Entry.objects.get(act="change_phases").details["before"] == ["agreeing"]
    # A correction from the published phase moves nothing.
    write_draft(grace, introduction="Mended.")
    assert both_publish(grace, hal).number == version.number + 1
    assert conversation.phase_changes.count() == 1


def test_where_other_phases_are_open_publishing_moves_none(conversation, team):
    arrange(conversation, "The taxi is late.")
    write_draft(team[0])
    both_publish(*team)
    conversation.refresh_from_db()
    assert conversation.phases == ["listening", "agreeing"]


def test_no_total_stands_beside_partner_groups(conversation, team, client, monkeypatch):
    """Of 18 people, "about 5" and "about 5" and a hidden group: a total of 20 tells of the rest."""
    grace, hal = team
    for group, people in (("health", 4), ("education", 7), ("parent_carers", 7)):
        for person in range(people):
            make_statement(
                conversation, f"{group} {person}", by=make_participant(conversation, group)
            )
    write_draft(grace)
    version = both_publish(grace, hal)
    took_part = published_document(version).took_part
    assert dict(took_part.groups)["education"] == 5
    assert (took_part.people, took_part.total) == (20, None)

    def told():
        page = client.get(f"/c/{conversation.slug}/understanding/{version.number}/").content
        return page.decode() + str(paper_of_version(version))

    assert "bout 20" not in told()
    monkeypatch.setattr(TookPart, "total", property(lambda self: self.people))
    assert "bout 20" in told(), "a leak would be seen"
