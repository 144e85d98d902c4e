"""A backup is exact, opens only with its passphrase, and comes back on another installation."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import override_settings

from coproduce.audit.models import Entry
from coproduce.audit.services import record
from coproduce.conversations.models import Conversation
from coproduce.exchange.backup.archive import BackupError
from coproduce.exchange.backup.plan import LEFT_OUT, TABLES
from coproduce.exchange.backup.restoring import restore
from coproduce.exchange.backup.writing import back_up
from coproduce.ideas.models import Idea, Placement, Wording
from coproduce.people import code_keys
from coproduce.people.models import Account, PrivateCode, Role
from coproduce.responses.services import answer, give_reason
from coproduce.statements.models import RoomMark, Statement
from coproduce.words.models import Masking, Words
from coproduce.words.services import withdraw
from tests.coproduce.cast import (
    make_conversation,
    make_member,
    make_participant,
    make_statement,
)

pytestmark = pytest.mark.django_db(transaction=True)

PASSPHRASE = "four round stones on paper"


@pytest.fixture
def conversation():
    """A conversation in which something of every common kind has happened."""
    conversation = make_conversation()
    grace = make_member(conversation, "Grace", Role.ORGANISER)
    amina = make_participant(conversation, "parent_carers")
    ben = make_participant(conversation, "education", "health")
    PrivateCode.objects.create(participant=amina, digest=code_keys.digest("hat moon river cup"))
    bus = make_statement(conversation, "The bus is late. Ask Karen.", by=amina)
    Masking.objects.create(words=bus.words, spans=[[21, 26]], by=grace.account)
    seat = make_statement(conversation, "We wait with them at the gate.", by=ben)
    answer(participant=ben, statement=bus, answer=1)
    answer(participant=ben, statement=bus, answer=-1)
    give_reason(participant=amina, statement=seat, answer=0, text="Not every day.", form_key="r1")
    idea = Idea.objects.create(
        conversation=conversation, question=bus.question, name="On time", made_by=grace.account
    )
    Placement.objects.create(idea=idea, statement=bus, placed_by=grace.account)
    wording = Wording.objects.create(conversation=conversation, idea=idea, text="Be on time.")
    wording.rests_on.set([bus, seat])
    newer = Wording.objects.create(
        conversation=conversation, idea=idea, text="Come on time.", replaces=wording
    )
    newer.rests_on.set([bus])
    RoomMark.objects.create(conversation=conversation, idea=idea, count=3, source="the room")
    return conversation


def picture(slug):
    """What a person would find: everything by name and reference, nothing by key."""
    conversation = Conversation.objects.get(slug=slug)
    return {
        "statements": sorted(
            (
                statement.text,
                statement.words.text,
                statement.ref,
                statement.question.text,
                statement.cluster.listed.ref,
                sorted(
                    (r.first_answer, r.answer, r.participant.membership, r.first_at.isoformat())
                    for r in statement.responses.all()
                ),
                sorted((r.words.text, r.answer) for r in statement.reasons.all()),
                sorted(p.idea.name for p in statement.placements.all()),
            )
            for statement in Statement.objects.filter(conversation=conversation)
        ),
        "tallies": sorted(
            (t.cluster.listed.ref, t.membership, t.agree, t.disagree, t.not_sure, t.mixed)
            for cluster in conversation.clusters.all()
            for t in cluster.tallies.all()
        ),
        "wordings": sorted(
            (
                w.text,
                w.replaces.text if w.replaces else "",
                sorted(s.ref for s in w.rests_on.all()),
            )
            for w in conversation.wordings.all()
        ),
        "marks": sorted((m.idea.name, m.count, m.source) for m in conversation.room_marks.all()),
        "team": sorted(
            (m.account.email, m.partner_group.key, sorted(g.role for g in m.grants.all()))
            for m in conversation.team.all()
        ),
    }


def another_installation():
    """Empty, but for a conversation of its own, so that no key fits by chance."""
    call_command("flush", interactive=False, verbosity=0)
    other = make_conversation("Short breaks")
    for number in range(5):
        make_statement(other, f"Something else {number}", by=make_participant(other, "health"))


def test_everything_comes_back_on_another_installation(conversation, tmp_path):
    before = picture("getting-to-school")
    file = tmp_path / "school.backup"
    back_up(conversations=[conversation], path=file, passphrase=PASSPHRASE)
    another_installation()
    done = restore(path=file, passphrase=PASSPHRASE)
    assert picture("getting-to-school") == before
    assert done.conversations == ["getting-to-school"]
    assert done.new_accounts == ["grace@example.org"]
    assert not Account.objects.get(email="grace@example.org").has_usable_password()


def test_the_log_names_the_same_things_there(conversation, tmp_path):
    """Undo reads keys from the log: they must be those of the rows as they are here."""
    idea = Idea.objects.get()
    record(conversation=conversation, act="name_idea", details={"idea": idea.pk, "before": "Late"})
    refs = list(conversation.statements.values_list("pk", flat=True))
    record(conversation=conversation, act="merge", details={"statements": refs, "ideas": 2})
    file = tmp_path / "school.backup"
    back_up(conversations=[conversation], path=file, passphrase=PASSPHRASE)
    another_installation()
    restore(path=file, passphrase=PASSPHRASE)
    named = Entry.objects.get(act="name_idea", conversation__slug="getting-to-school")
    assert named.details == {"idea": Idea.objects.get().pk, "before": "Late"}
    merged = Entry.objects.get(act="merge", conversation__slug="getting-to-school")
    here = Conversation.objects.get(slug="getting-to-school").statements
    assert sorted(merged.details["statements"]) == sorted(here.values_list("pk", flat=True))
    assert merged.details["ideas"] == 2
    assert Idea.objects.get().pk != idea.pk or sorted(refs) != sorted(merged.details["statements"])


def test_private_codes_go_on_working_under_another_secret(conversation, tmp_path, settings):
    settings.DATA_FOLDER = tmp_path / "there"
    settings.DATA_FOLDER.mkdir()
    file = tmp_path / "school.backup"
    back_up(conversations=[conversation], path=file, passphrase=PASSPHRASE)
    with override_settings(SECRET_KEY="another installation", DATA_FOLDER=tmp_path / "here"):
        (tmp_path / "here").mkdir()
        another_installation()
        assert not PrivateCode.objects.filter(digest__in=code_keys.digests("hat moon river cup"))
        restore(path=file, passphrase=PASSPHRASE)
        found = PrivateCode.objects.get(digest__in=code_keys.digests("hat moon river cup"))
        assert found.participant.conversation.slug == "getting-to-school"


def test_words_withdrawn_after_the_backup_are_erased_again(conversation, tmp_path, settings):
    settings.ERASURES = tmp_path / "erasures.jsonl"
    file = tmp_path / "school.backup"
    back_up(conversations=[conversation], path=file, passphrase=PASSPHRASE)
    words = Words.objects.get(kind=Words.Kind.STATEMENT, kept_text__text__startswith="The bus")
    withdraw(participant=words.participant, words=words)
    another_installation()
    done = restore(path=file, passphrase=PASSPHRASE)
    assert done.erased_again == 1
    back = Words.objects.get(ref=words.ref)
    assert (back.is_withdrawn, back.is_erased, back.text) == (True, True, "")


def test_a_wrong_passphrase_or_a_changed_file_opens_nothing(conversation, tmp_path):
    file = tmp_path / "school.backup"
    back_up(conversations=[conversation], path=file, passphrase=PASSPHRASE)
    assert b"The bus is late" not in file.read_bytes()
    with pytest.raises(BackupError, match="does not open"):
        restore(path=file, passphrase="another passphrase")
    cut = tmp_path / "cut.backup"
    cut.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(BackupError, match="does not open"):
        restore(path=cut, passphrase=PASSPHRASE)


def test_a_restore_never_writes_over_a_conversation(conversation, tmp_path):
    file = tmp_path / "school.backup"
    back_up(conversations=[conversation], path=file, passphrase=PASSPHRASE)
    with pytest.raises(BackupError, match="Already here: getting-to-school"):
        restore(path=file, passphrase=PASSPHRASE)
    assert Conversation.objects.count() == 1


def test_a_short_passphrase_is_refused_and_nothing_is_written(conversation, tmp_path):
    file = tmp_path / "school.backup"
    with pytest.raises(BackupError, match="at least 12"):
        back_up(conversations=[conversation], path=file, passphrase="short")
    assert not file.exists()


def test_only_the_named_conversation_is_in_it(conversation, tmp_path):
    other = make_conversation("Short breaks")
    make_statement(other, "Something else", by=make_participant(other, "health"))
    file = tmp_path / "school.backup"
    counts = back_up(conversations=[conversation], path=file, passphrase=PASSPHRASE)
    assert (counts["Conversation"], counts["Statement"]) == (1, 2)


def test_every_model_is_backed_up_or_left_out_by_name():
    named = {table.model for table in TABLES} | set(LEFT_OUT) | {"Account"}
    models = {model.__name__ for model in apps.get_app_config("coproduce").get_models()}
    assert models == named


def test_what_points_forward_is_filled_later():
    """A row can only be put back once those that it names are there."""
    already: set[str] = {"Account"}
    for table in TABLES:
        for field in table.rows_of._meta.concrete_fields:
            if field.related_model is None or field.name in table.later:
                continue
            assert field.related_model.__name__ in already, f"{table.model}.{field.name}"
        already.add(table.model)
