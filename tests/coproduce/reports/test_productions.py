import datetime
from unittest import mock

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.audit.models import Entry
from coproduce.conversations.models import Phase
from coproduce.moderation.services import look_at, mask
from coproduce.people.models import Role
from coproduce.refused import Refused
from coproduce.reports import producing
from coproduce.reports.makers import MAKERS
from coproduce.reports.models import ProducedFile, Production
from coproduce.reports.producing import Made
from coproduce.reports.queries.productions import file_of, production_of, productions_of
from coproduce.reports.services import ask_for
from coproduce.reports.tasks import produce
from coproduce.reports.wanted import Wanted, fingerprints_of
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_member, make_participant, make_statement
from tests.coproduce.reports.opened import open_docx, open_pdf
from tests.coproduce.reports.working import work_through
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_idea,
    make_team,
    show_figure,
    write_draft,
)

pytestmark = pytest.mark.django_db

KIND = Production.Kind.VERSION_PDF


@pytest.fixture
def conversation():
    return agreeing_conversation()


@pytest.fixture
def amina(conversation):
    return make_participant(conversation, "parent_carers")


@pytest.fixture
def version(conversation, amina):
    grace, hal = make_team(conversation)
    bus = make_statement(conversation, "The bus is late. 😀", by=amina)
    driver = make_statement(conversation, "Ask Karen, the driver.", by=amina)
    show_figure(bus, {"parent_carers": (6, 0, 0), "education": (2, 3, 1)})
    make_idea(conversation, "On time", bus, driver)
    write_draft(grace)
    return both_publish(grace, hal)


@pytest.fixture
def later(settings):
    """Work is put down for a worker, as on a server."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_a_version_as_pdf_and_as_word_file(version):
    for kind in (KIND, Production.Kind.VERSION_DOCX):
        ask_for(wanted=Wanted(kind, version=version))
    pdf = open_pdf(bytes(file_of(Wanted(KIND, version=version)).content))
    assert pdf.title == "What we understand together"
    assert [text for _, text in pdf.headings] == [
        "How this came about",
        "What is important to you in getting to school?",
        "On time",
        "About this version",
    ]
    assert [table["TH"] for table in pdf.tables] == [2]
    file = file_of(Wanted(Production.Kind.VERSION_DOCX, version=version))
    assert file.name == "getting-to-school-version-1.docx"
    word = open_docx(bytes(file.content))
    assert word.headings == pdf.headings
    assert "“The bus is late. 😀”" in word.bullets
    assert "Agreed by Parent carers." in word.text
    assert ["Parent carers", "a few or none"] in word.tables[0]


def test_it_is_made_once_however_often_the_button_is_pressed(version, later):
    wanted = Wanted(KIND, version=version)
    assert production_of(wanted) is None
    asked = [ask_for(wanted=wanted) for _ in range(5)]
    assert {one.pk for one in asked} == {Production.objects.get().pk}
    assert work_through() == 1
    assert production_of(wanted).is_ready
    with mock.patch.dict(MAKERS, {KIND: mock.Mock(side_effect=AssertionError)}):
        assert ask_for(wanted=wanted).is_ready
        assert work_through() == 0


def test_two_workers_with_the_same_work_make_it_once(version, later):
    production = ask_for(wanted=Wanted(KIND, version=version))
    assert producing.claim(production.pk, task="one", path=produce.module_path) is not None
    other = produce.enqueue(production.pk)
    result = DBTaskResult.objects.get(pk=other.id)
    result.claim("worker")
    assert producing.claim(production.pk, task="one", path=produce.module_path) is None
    production.refresh_from_db()
    assert production.state == Production.State.WORKING


def test_work_that_a_killed_worker_left_is_taken_up_again(version, later):
    production = ask_for(wanted=Wanted(KIND, version=version))
    first = DBTaskResult.objects.get()
    first.claim("worker that is killed")
    assert producing.claim(production.pk, task=str(first.pk), path=produce.module_path) is not None
    producing.Progress(production.pk)(1, 3)
    # The worker is gone; `work.reap` gives its piece of work back, and another takes it.
    DBTaskResult.objects.update(status="READY")
    assert work_through() == 1
    production.refresh_from_db()
    assert production.is_ready
    assert ProducedFile.objects.count() == 1


def test_what_goes_wrong_is_said_and_can_be_asked_for_again(version):
    wanted = Wanted(KIND, version=version)
    with mock.patch.dict(MAKERS, {KIND: mock.Mock(side_effect=OSError("disk full"))}):
        failed = ask_for(wanted=wanted)
    assert (failed.state, failed.problem) == ("failed", producing.WENT_WRONG)
    with mock.patch.dict(MAKERS, {KIND: mock.Mock(side_effect=Refused("It is too early."))}):
        assert ask_for(wanted=wanted).problem == "It is too early."
    assert ask_for(wanted=wanted).is_ready


def test_work_that_was_lost_is_put_down_again_when_somebody_asks(version, later):
    wanted = Wanted(KIND, version=version)
    ask_for(wanted=wanted)
    DBTaskResult.objects.all().delete()
    ask_for(wanted=wanted)
    assert work_through() == 0
    Production.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=1))
    ask_for(wanted=wanted)
    assert work_through() == 1
    assert production_of(wanted).is_ready


def test_a_file_from_before_words_changed_is_not_handed_out(conversation, version):
    wanted = Wanted(KIND, version=version)
    ask_for(wanted=wanted)
    before = file_of(wanted)
    assert before is not None
    hal = conversation.team.get(account__name="Hal")
    driver = conversation.words.get(kept_text__text__contains="Karen")
    mask(words=driver, by=hal, spans=[(4, 9)])
    assert file_of(wanted) is None
    assert productions_of(fingerprints_of([wanted])) == {KIND: None}
    ask_for(wanted=wanted)
    assert file_of(wanted).pk != before.pk
    assert Production.objects.count() == 1, "the one before is gone"


def test_words_that_are_taken_back_leave_no_file_behind(conversation, version, amina):
    ask_for(wanted=Wanted(KIND, version=version))
    other = agreeing_conversation("Elsewhere")
    grace = make_member(other, "Grace", Role.ORGANISER)
    hal = make_member(other, "Hal", Role.ORGANISER, group="education")
    make_idea(other, "An idea", make_statement(other, "Other words."))
    write_draft(grace)
    kept = ask_for(wanted=Wanted(KIND, version=both_publish(grace, hal)))
    bus = conversation.words.get(kept_text__text__contains="bus")
    withdraw(words=bus, participant=amina)
    assert list(Production.objects.all()) == [kept]


def test_words_taken_back_while_it_is_made_are_not_in_any_file(conversation, version, amina):
    bus = conversation.words.get(kept_text__text__contains="bus")

    def slow(production, progress):
        progress(1, 2)
        withdraw(words=bus, participant=amina)
        return Made("old.pdf", "application/pdf", b"The bus is late.")

    with mock.patch.dict(MAKERS, {KIND: slow}):
        production = Production.objects.create(
            kind=KIND, version=version, conversation=conversation, fingerprint="a"
        )
        produce.call(mock.Mock(task_result=mock.Mock(id="x")), production.pk)
    assert ProducedFile.objects.count() == 0
    with pytest.raises(producing.Abandoned):
        producing.Progress(production.pk)(2, 2)


def test_acts_that_change_nothing_in_a_version_leave_its_file(conversation, version):
    wanted = Wanted(KIND, version=version)
    ask_for(wanted=wanted)
    conversation.phases = [Phase.ACTING]
    conversation.save()
    Entry.objects.create(conversation=conversation, act="state")
    assert file_of(wanted) is not None
    hal = conversation.team.get(account__name="Hal")
    conversation.phases = [Phase.AGREEING]
    conversation.save()
    new = make_statement(conversation, "New words.", standing="waiting")
    look_at(words=new.words, by=hal, outcome="shown")
    assert file_of(wanted) is None


def test_the_same_queries_for_1_line_and_30(conversation, version, django_assert_num_queries):
    from coproduce.reports.shared_understanding import paper_of_version

    grace, hal = (conversation.team.get(account__name=name) for name in ("Grace", "Hal"))
    version.conversation  # noqa: B018 - read beforehand
    with django_assert_num_queries(3):
        paper_of_version(version)
    idea = conversation.ideas.get()
    from coproduce.ideas.models import Placement

    for number in range(30):
        Placement.objects.create(
            idea=idea, statement=make_statement(conversation, f"Words {number}"), position=number
        )
    longer = both_publish(grace, hal)
    longer.conversation  # noqa: B018
    with django_assert_num_queries(3):
        paper_of_version(longer)
