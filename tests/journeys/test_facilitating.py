"""A facilitator looks at new words and arranges them; a safeguarding lead finds what worries."""

import pytest

from coproduce.ideas.models import Idea, Placement
from coproduce.ideas.queries import ideas_of
from coproduce.ideas.services import make_idea
from coproduce.people.models import Role
from coproduce.safeguarding.models import Concern
from coproduce.statements import likeness
from coproduce.statements.models import MergeLink
from coproduce.words.models import Standing, Words
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement
from tests.journeys.people import signed_in_already

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school():
    likeness.forget_all()
    return make_conversation()


@pytest.fixture
def signed_in(page_at, live_server):
    """`signed_in(member, width)`: a page of a device on which the member has signed in."""

    def open_page(member, width=1200, **options):
        return signed_in_already(page_at(width, **options), member, live_server.url)

    return open_page


def waiting(school, *texts):
    return [make_statement(school, text, standing=Standing.WAITING).words for text in texts]


def test_new_words_are_looked_at_by_keyboard(school, signed_in, check_accessibility):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    waiting(school, "The bus is late.", "Train drivers.", "The bus is silly.")
    page = signed_in(hal)
    page.goto(f"/team/c/{school.slug}/new-words/")
    check_accessibility(page)
    order = [
        row.get_attribute("id").removeprefix("row-") for row in page.locator("[data-row]").all()
    ]
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("3")
    page.keyboard.type("It is hurtful")
    page.get_by_role("button", name="Do what I chose").focus()
    page.keyboard.press("d")
    page.get_by_text("Done: 3 rows.").wait_for()
    check_accessibility(page)
    standings = dict(Words.objects.values_list("ref", "standing"))
    assert [standings[ref] for ref in order] == ["shown", "held", "not_shown"]


def test_a_name_is_hidden_by_selecting_it(school, signed_in, check_accessibility):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    waiting(school, "Jamie waits for an hour.")
    page = signed_in(hal)
    page.goto(f"/team/c/{school.slug}/new-words/")
    page.locator("[data-text]").evaluate(
        """text => { const range = document.createRange();
           range.setStart(text.firstChild, 0); range.setEnd(text.firstChild, 5);
           getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    page.keyboard.press("h")
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.keyboard.press("d")
    page.get_by_text("Done: 1 row.").wait_for()
    check_accessibility(page)
    assert Words.objects.get().shown_text == "[name] waits for an hour."


def test_words_set_apart_are_found_by_farah_alone(school, signed_in, check_accessibility):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    farah = make_member(school, "Farah", Role.SAFEGUARDING)
    dev = make_participant(school, "children")
    make_statement(school, "My dad hits me.", by=dev, standing=Standing.WAITING)
    page = signed_in(hal, 320, javascript=False)
    page.goto(f"/team/c/{school.slug}/new-words/")
    check_accessibility(page)
    page.get_by_label("Worried about someone’s safety").check()
    page.get_by_role("button", name="Do what I chose").click()
    page.get_by_text("Only Farah can read the words now.").wait_for()
    check_accessibility(page)
    assert "My dad hits me." not in page.content()
    for path in ["connect/", "log/", "new-words/?held=yes"]:
        page.goto(f"/team/c/{school.slug}/{path}")
        check_accessibility(page)
        assert "My dad hits me." not in page.content()
    assert page.goto(f"/team/c/{school.slug}/concerns/").status == 404

    hers = signed_in(farah, 320)
    hers.goto(f"/team/c/{school.slug}/concerns/")
    check_accessibility(hers)
    assert "My dad hits me." not in hers.content()
    hers.get_by_role("link", name="Look at").click()
    check_accessibility(hers)
    hers.get_by_role("button", name="Open the words").click()
    hers.get_by_text("My dad hits me.").wait_for()
    check_accessibility(hers)
    hers.get_by_label("I passed it on").check()
    hers.get_by_label("What, to whom, and why?").fill("Children's services, by telephone.")
    hers.get_by_role("button", name="Keep this").click()
    hers.get_by_text("We have kept what you did.").wait_for()
    check_accessibility(hers)
    assert [step.kind for step in Concern.objects.get().steps.all()][-1] == "referred"


def test_a_pair_is_put_together_and_undone_in_the_log(school, signed_in, check_accessibility):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    make_statement(school, "Train the drivers.")
    make_statement(school, "Train drivers!")
    page = signed_in(hal, 320)
    page.goto(f"/team/c/{school.slug}/connect/")
    check_accessibility(page)
    page.get_by_role("button", name="Put together").click()
    page.get_by_text("2 put together.").wait_for()
    check_accessibility(page)
    assert MergeLink.objects.get().holds
    page.get_by_role("link", name="Open “").click()
    check_accessibility(page)
    page.goto(f"/team/c/{school.slug}/log/")
    check_accessibility(page)
    page.locator("summary", has_text="Undo").click()
    check_accessibility(page)
    page.get_by_role("button", name="Undo it").click()
    page.get_by_text("Undone.", exact=True).wait_for()
    check_accessibility(page)
    assert not MergeLink.objects.get().holds


def test_ideas_by_buttons_without_scripts(school, signed_in, check_accessibility):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    make_statement(school, "The bus is late.")
    make_statement(school, "I like my helper.")
    page = signed_in(hal, 320, javascript=False)
    page.goto(f"/team/c/{school.slug}/connect/")
    check_accessibility(page)
    page.get_by_label("A new idea: its name").fill("Journeys")
    page.get_by_role("button", name="New idea").click()
    page.get_by_text("Made the idea “Journeys”.").wait_for()
    page.locator("summary", has_text="The bus is late.").click()
    check_accessibility(page)
    page.get_by_role("button", name="Put there", exact=True).first.click()
    page.get_by_text("Put in “Journeys”.").wait_for()
    assert Placement.objects.held().get().statement.text == "The bus is late."
    page.get_by_role("link", name="Name, split or join this idea").click()
    page.get_by_label("Name", exact=True).fill("The journey is part of the school day")
    page.get_by_role("button", name="Keep this").first.click()
    page.get_by_role("heading", name="The journey is part of the school day").wait_for()
    for path in ["connect/", "ideas/", f"ideas/{Idea.objects.get().pk}/", "ideas/suggested/"]:
        page.goto(f"/team/c/{school.slug}/{path}")
        check_accessibility(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_typed_in_one_suggested_idea_stays_when_another_is_made(
    javascript, school, signed_in, check_accessibility
):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    for said in ("Quiet rooms help at lunch.", "A quiet room at lunch.", "Lunch in a quiet room."):
        make_statement(school, said)
    for said in ("The bus came late.", "Our bus is late again.", "A late bus, again."):
        make_statement(school, said)
    page = signed_in(hal, 320, javascript=javascript)
    page.goto(f"/team/c/{school.slug}/ideas/suggested/?detail=more")
    check_accessibility(page)
    first, second = page.get_by_label("Name", exact=True).all()
    second.fill("Getting there on time")
    first.fill("A first idea")
    first.press("Enter")
    if not javascript:  # Enter makes nothing there, and loses nothing
        page.get_by_text("Nothing was made.").wait_for()
        check_accessibility(page)
        page.get_by_role("button", name="Make this idea").first.click()
    page.get_by_text("Made the idea “A first idea”.").wait_for()
    check_accessibility(page)
    assert page.get_by_label("Name", exact=True).input_value() == "Getting there on time"
    page.get_by_role("button", name="Make this idea").click()
    page.get_by_text("Made the idea “Getting there on time”.").wait_for()
    assert [one.statements for one in ideas_of(school, school.questions.get())] == [3, 3]


def test_a_slip_is_dragged_into_an_idea(school, signed_in, check_accessibility):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    bus = make_statement(school, "The bus is late.")
    idea = make_idea(question=bus.question, name="Journeys", by=hal)
    page = signed_in(hal)
    page.goto(f"/team/c/{school.slug}/connect/")
    check_accessibility(page)
    page.locator(f'[data-slip="{bus.ref}"]').drag_to(page.locator(f'li[data-idea="{idea.pk}"]'))
    page.get_by_text("Put in “Journeys”.").wait_for()
    check_accessibility(page)
    assert Placement.objects.held().get().idea == idea


def test_two_facilitators_at_once_do_not_overwrite_each_other(
    school, signed_in, check_accessibility
):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    grace = make_member(school, "Grace", Role.FACILITATOR)
    (words,) = waiting(school, "The bus is late.")
    his, hers = signed_in(hal), signed_in(grace)
    for page in (his, hers):
        page.goto(f"/team/c/{school.slug}/new-words/")
    his.get_by_label("Hold").check()
    his.get_by_role("button", name="Do what I chose").click()
    his.get_by_text("Done: 1 row.").wait_for()
    hers.get_by_label("Show", exact=True).check()
    hers.get_by_role("button", name="Do what I chose").click()
    hers.get_by_text("Hal has looked at these words meanwhile: Hold.").wait_for()
    check_accessibility(hers)
    words.refresh_from_db()
    assert words.standing == Standing.HELD


@pytest.mark.parametrize("javascript", [True, False])
def test_a_name_typed_for_a_new_idea_stays_until_it_is_made(school, signed_in, javascript):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    make_statement(school, "Train the drivers.")
    make_statement(school, "Train drivers!")
    bus = make_statement(school, "The bus is late.")
    make_idea(question=bus.question, name="Journeys", by=hal)
    page = signed_in(hal, javascript=javascript)
    page.goto(f"/team/c/{school.slug}/connect/")
    name = page.get_by_label("A new idea: its name")
    name.fill("Kind drivers")
    page.get_by_role("button", name="Put together").click()
    page.get_by_text("Put together. You can undo it in the log.").wait_for()
    assert name.input_value() == "Kind drivers"
    looked_for = page.get_by_label("Put others together: find statements by words in them")
    for way in (page.get_by_role("button", name="Find"), looked_for):
        looked_for.fill("late")
        way.press("Enter")
        page.get_by_role("heading", name="Find statements to put together").wait_for()
        assert page.get_by_label("The bus is late.").count() == 1
        page.get_by_role("link", name="Connect").first.click()
        page.get_by_role("heading", name="Connect", exact=True).wait_for()
        assert name.input_value() == "Kind drivers"
        assert looked_for.input_value() == ""
    if javascript:
        name.fill("Drivers")
        page.get_by_role("link", name="Journeys").click()
        page.wait_for_load_state()
        assert name.input_value() == "Drivers"
        page.locator(f"#slip-{bus.ref}").drag_to(page.get_by_role("link", name="Journeys"))
        page.get_by_text("Put in “Journeys”.").wait_for()
        assert name.input_value() == "Drivers"
    name.fill("People")
    name.press("Enter")
    page.get_by_text("Made the idea “People”.").wait_for()
    assert name.input_value() == ""
    assert [one.name for one in Idea.objects.order_by("pk")] == ["Journeys", "People"]


@pytest.mark.parametrize("javascript", [True, False])
def test_an_idea_is_split_after_a_statement_was_moved(
    school, signed_in, check_accessibility, javascript
):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    bus, taxi, train = (
        make_statement(school, f"The {what} is late.") for what in ("bus", "taxi", "train")
    )
    question = bus.question
    idea = make_idea(question=question, name="Late", by=hal, statements=[bus, taxi, train])
    make_idea(question=question, name="Other", by=hal)
    page = signed_in(hal, 320, javascript=javascript)
    page.goto(f"/team/c/{school.slug}/ideas/{idea.pk}/")
    page.locator("summary", has_text="Split").click()
    second = page.get_by_label("Name of the second idea")
    second.fill("Rails")
    page.get_by_role("group", name="Which statements go there?").get_by_label(
        "The train is late."
    ).check()
    page.locator(f"#slip-{taxi.ref} summary").click()
    page.locator(f"#to-{taxi.ref}").select_option("Other")
    page.locator(f"#slip-{taxi.ref}").get_by_role("button", name="Move there").click()
    page.get_by_text("Put in “Other”.").wait_for()
    check_accessibility(page)
    assert second.input_value() == "Rails"
    second.press("Enter")
    if not javascript:  # Enter presses the first button of the page there, and names nothing
        page.get_by_text("Nothing is done yet. Press the button under what you filled").wait_for()
        check_accessibility(page)
        page.get_by_role("button", name="Split").click()
    page.get_by_text("Split. The new idea is “Rails”.").wait_for()
    check_accessibility(page)
    held = Placement.objects.held().order_by("statement")
    assert [one.idea.name for one in held] == ["Late", "Other", "Rails"]
    page.goto(f"/team/c/{school.slug}/log/")
    page.locator("summary", has_text="split “Rails” from the idea “Late”").click()
    page.get_by_role("button", name="Undo it").first.click()
    page.get_by_text("Undone.", exact=True).wait_for()
    assert [one.idea.name for one in held.all()] == ["Late", "Other", "Late"]
