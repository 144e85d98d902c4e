import pytest

from coproduce.statements.models import RoomMark, Statement
from tests.coproduce.cast import make_conversation, make_member

pytestmark = pytest.mark.django_db

PAGE = "/team/c/getting-to-school/type-in/"


@pytest.fixture
def hal(client):
    hal = make_member(make_conversation(), "Hal", "facilitator")
    client.force_login(hal.account)
    return hal


def send(client, shown=None, **given):
    form = (shown or client.get(PAGE)).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return client.post(PAGE, {**data, **given}, follow=True)


def test_slip_after_slip_the_choices_stay_and_the_words_do_not(client, hal):
    shown = send(
        client, words="The bus is late.", number="12", dots="2", groups=["parent_carers", "health"]
    )
    (statement,) = Statement.objects.all()
    assert f"Slip 12 is kept, as {statement.ref}." in shown.content.decode()
    form = shown.context["form"]
    assert form["number"].value() == "13"
    assert form["groups"].value() == ["parent_carers", "health"]
    assert "The bus is late." not in shown.content.decode()
    send(client, shown, words="We wait with them.")
    latest = Statement.objects.order_by("pk").last()
    assert latest.words.participant.membership == 0b1010
    assert latest.words.participant.paper_slips.get().number == 13
    assert RoomMark.objects.count() == 1


def test_the_button_pressed_twice_keeps_one_slip(client, hal):
    shown = client.get(PAGE)
    send(client, shown, words="The bus is late.")
    send(client, shown, words="The bus is late.")
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": ""}, "Type the words of the slip."),
        ({"words": "x" * 2001}, "There is room for 2,000 characters."),
        ({"words": "I walk.", "number": "twelve"}, "Write a whole number, in figures."),
        ({"words": "I walk.", "dots": "-1"}, "Write 0 or a larger number."),
        ({"words": "I walk.", "groups": ["nobody"]}, "Pick from what stands here."),
    ],
)
def test_errors_keep_what_was_typed(client, hal, given, said):
    shown = send(client, **{"number": "12", **given}).content.decode()
    assert said in shown
    assert given["words"] in shown
    assert Statement.objects.count() == 0


def test_the_words_are_kept_when_the_number_belongs_to_others(client, hal):
    send(client, words="The bus is late.", number="12", groups=["parent_carers"])
    shown = send(client, words="I teach.", number="12", groups=["education"]).content.decode()
    assert "Slip 12 is here already, with: Parent carers." in shown
    assert "I teach." in shown
    assert Statement.objects.count() == 1


def test_it_says_when_nothing_can_be_typed_in(client, hal):
    hal.conversation.phases = ["acting"]
    hal.conversation.save()
    shown = client.get(PAGE).content.decode()
    assert "Now it does none of these." in shown
    assert "<textarea" not in shown


def test_which_question_a_slip_answers_is_asked_for_in_words(client, hal):
    hal.conversation.questions.create(text="What else?", position=2)
    page = client.post(PAGE, {"words": "The bus is late.", "how_given": "paper"}).content.decode()
    assert page.count("Choose the question that the slip answers.") == 2  # at the top, at the field
    assert not Statement.objects.exists()
