import datetime
from copy import deepcopy

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import Action, Decision, DecisionStep, QuestionAnswer, Reply
from coproduce.decisions.services import check_action, move_action, reply
from coproduce.moderation.services import look_at
from coproduce.words.models import Standing, Words
from coproduce.words.services import keep_words, withdraw
from tests.coproduce.cast import make_statement
from tests.coproduce.decisions.published import DAY, a_decision, an_action, published
from tests.coproduce.devices import device_of, signed_in
from tests.coproduce.made_once import until_the_module_ends

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures.jsonl"


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield published()


@pytest.fixture
def world(made, db):
    return deepcopy(made)


def at(name, world, *args):
    return reverse(f"deciding:{name}", args=[world.conversation.slug, *args])


def text(answer):
    return answer.content.decode()


def filled(**more):
    return {
        "what": "Two more buses.",
        "why": "Children wait in the rain.",
        "outcome": "will",
        "decided_on": "2026-01-05",
        "decided_by": "The board",
        "form_key": "one form",
        **more,
    }


def test_a_decision_without_a_reason_is_refused_and_what_was_typed_is_kept(world):
    dee = signed_in(world.dee)
    typed = filled(why=" ", on=[f"idea-{world.buses.pk}"], note="From September.")
    answer = dee.post(at("decide", world), typed)
    assert answer.status_code == 422
    page = text(answer)
    assert "A decision without a reason is not kept." in page
    assert "Two more buses." in page
    assert "From September." in page
    assert f'value="idea-{world.buses.pk}" checked' in page
    assert not Decision.objects.exists()


def test_everything_that_is_missing_is_said_at_once(world):
    dee = signed_in(world.dee)
    page = text(dee.post(at("decide", world), {"form_key": "one form"}))
    for missing in (
        "Write what was decided.",
        "Write why. A decision without a reason is not kept.",
        "Choose what was decided.",
        "Say when.",
        "Write who decided.",
    ):
        assert missing in page
    page = text(dee.post(at("add_action", world), {"form_key": "one form"}))
    for missing in (
        "Write what will be done.",
        "Write who does it: a post or a body.",
        "Choose one, or “None of these”.",
        "Say by when it is done.",
    ):
        assert missing in page


def test_a_decision_on_withdrawn_words_is_refused_and_what_was_typed_is_kept(world):
    withdraw(words=world.bus.words, participant=world.amina)
    answer = signed_in(world.dee).post(
        at("decide", world), filled(more=world.bus.ref.replace("-", " ").lower())
    )
    assert answer.status_code == 422
    assert f"The words {world.bus.ref} were taken back." in text(answer)
    assert "Children wait in the rain." in text(answer)
    answer = signed_in(world.dee).post(at("decide", world), filled())
    assert "Choose what this rests on" in text(answer)


def test_two_tabs_make_one_decision_and_everybody_can_read_it(world):
    dee = signed_in(world.dee)
    line = world.line(world.school)
    typed = filled(on=[f"idea-{world.buses.pk}"], more=f"{line.ref}\n{world.gate.ref}")
    for _ in range(2):
        answer = dee.post(at("decide", world), typed)
        assert answer.status_code == 302
    decision = Decision.objects.get()
    assert decision.rests_on.count() == 3
    page = text(Client().get(reverse("public:decision", args=[decision.ref])))
    assert "Children wait in the rain." in page
    assert "Buses on time" in page
    assert "Somebody at the gate, please." in page
    moved = {"do": "move", "outcome": "not_ours", "note": "Theirs.", "passed_to": "The county"}
    address = at("decision", world, decision.ref)
    lacking = dee.post(address, {**moved, "passed_to": ""})
    assert lacking.status_code == 422
    assert "Say whom you passed it on to." in text(lacking)
    dee.post(address, moved)
    assert DecisionStep.objects.count() == 2
    page = text(Client().get(reverse("public:decision", args=[decision.ref])))
    assert "Not ours to decide. We passed it on to The county." in page
    corrected = dee.post(
        at("correct_decision", world, decision.ref),
        filled(
            what="One bus.",
            on=[f"idea-{world.buses.pk}"],
            why_corrected="We counted again.",
            form_key="two",
        ),
    )
    assert corrected.status_code == 302
    page = text(Client().get(f"/d/{decision.ref}/"))
    assert "We counted again." in page
    assert "This was corrected" in text(
        Client().get(reverse("public:decision", args=[decision.ref]))
    )


def test_only_the_decision_makers_page_takes_decisions(world):
    decision = a_decision(world)
    for member in (world.grace, world.hal, world.sam):
        client = signed_in(member)
        assert client.get(at("decide", world)).status_code == 404
        page = client.get(at("decision", world, decision.ref))
        assert page.status_code == 200
        moved = {"do": "move", "outcome": "done", "note": "x"}
        assert client.post(at("decision", world, decision.ref), moved).status_code == 404
    assert DecisionStep.objects.count() == 1


def test_one_reply_for_all_that_is_ticked(world):
    hal = signed_in(world.hal)
    page = text(hal.get(at("owe", world)))
    assert "Buses on time" in page
    assert "Waiting since today." in page
    ticked = [f"idea-{world.buses.pk}", f"idea-{world.school.pk}"]
    lacking = hal.post(at("owe", world), {"do": "reply", "on": ticked, "text": "", "form_key": "k"})
    assert lacking.status_code == 422
    assert text(lacking).count(" checked") == 2
    nothing = hal.post(at("owe", world), {"do": "reply", "text": "We heard.", "form_key": "k"})
    assert "Tick what you reply to" in text(nothing)
    assert "We heard." in text(nothing)
    for _ in range(2):
        hal.post(
            at("owe", world), {"do": "reply", "on": ticked, "text": "We heard.", "form_key": "k"}
        )
    assert Reply.objects.get().rests_on.count() == 2
    assert "Everybody has heard back." in text(hal.get(at("owe", world)))
    understood = reverse("public:version", args=[world.conversation.slug, 1])
    assert text(Client().get(understood)).count("We heard.") == 2
    dee = signed_in(world.dee)
    on = dee.post(at("owe", world), {"do": "decide", "on": ticked})
    assert on.headers["Location"].startswith(at("decide", world) + "?on=idea-")
    assert text(dee.get(on.headers["Location"])).count(" checked") == 2


def amina_asks_who_pays(world):
    words, _ = keep_words(
        conversation=world.conversation,
        participant=world.amina,
        kind=Words.Kind.QUESTION,
        text="Who pays?",
        how_given="own",
        standing=Standing.SHOWN,
    )
    return words


def test_what_we_owe_asks_for_a_reply_or_an_answer_only_where_something_waits_for_one(world):
    hal, sam = signed_in(world.hal), signed_in(world.sam)
    assert "Send the reply" in text(hal.get(at("owe", world)))
    assert "Send the answer" not in text(sam.get(at("owe", world)))
    amina_asks_who_pays(world)
    assert "Send the answer" in text(sam.get(at("owe", world)))
    ticked = [f"idea-{world.buses.pk}", f"idea-{world.school.pk}"]
    hal.post(at("owe", world), {"do": "reply", "on": ticked, "text": "Heard.", "form_key": "k"})
    assert "Who pays?" in text(hal.get(at("owe", world)))
    assert "Send the reply" not in text(hal.get(at("owe", world)))
    assert "Write down a decision" not in text(signed_in(world.dee).get(at("owe", world)))
    assert "Send the answer" in text(sam.get(at("owe", world)))


def test_actions_decisions_and_reviews_are_done_on_the_page_itself(world):
    today = timezone.localdate()
    action = an_action(world, world.gate, due_on=today)
    decision = a_decision(world, world.gate, outcome="try", by_when=today)
    withdraw(words=world.gate.words, participant=world.ben)
    dee = signed_in(world.dee)

    def post(do, ref, **fields):
        return dee.post(
            at("owe", world),
            {"do": do, "ref": ref, **{f"{ref}-{k}": v for k, v in fields.items()}},
        )

    lacking = post("move_action", action.ref, kind="progress", note="")
    assert lacking.status_code == 422
    assert "Say how it goes." in text(lacking)
    assert post("move_action", action.ref, kind="said_done", note="It is.").status_code == 302
    assert Action.objects.get().standing == "said_done"
    moved = post("move_decision", decision.ref, outcome="done", note="It went well.")
    assert moved.status_code == 302
    assert Decision.objects.get().outcome == "done"
    assert "rested on words that were taken back" in text(dee.get(at("owe", world)))
    for ref in (action.ref, decision.ref):
        post("stands", ref, reason="Others said so too.")
    assert "rested on words" not in text(dee.get(at("owe", world)))


def test_a_person_says_that_it_is_not_done_and_the_reason_is_shown_once_looked_at(world):
    action = an_action(world, decision=a_decision(world))
    address = reverse("taking_part:check_action", args=[world.conversation.slug, action.ref])
    amina, ben = device_of(world.amina), device_of(world.ben)
    assert amina.get(address).status_code == 404
    move_action(action=action, by=world.dee, kind="said_done", note="They run.")
    mine = text(amina.get(reverse("taking_part:mine", args=[world.conversation.slug])))
    assert "Is it done?" in mine
    assert address in mine
    lacking = amina.post(address, {"done": "no", "why": "", "form_key": "k"})
    assert lacking.status_code == 422
    assert "Write why it is not done. Nothing was sent yet." in text(lacking)
    amina.post(address, {"done": "no", "why": "It was late on Monday.", "form_key": "k"})
    ben.post(address, {"done": "yes", "why": "", "form_key": "k"})
    public = reverse("public:action", args=[action.ref])
    page = text(Client().get(public))
    assert "say that it is not. Others say that it is" in page
    assert "It was late on Monday." not in page
    look_at(words=Words.objects.get(kind="dispute"), by=world.hal, outcome="shown")
    page = text(Client().get(public))
    assert "It was late on Monday." in page
    assert "Overdue" not in page
    Action.objects.update(due_on=timezone.localdate() - 3 * DAY)
    assert "3 days ago" in text(Client().get(public))


def test_somebody_signed_in_as_one_of_the_team_is_not_asked(world):
    action = an_action(world, world.gate)
    move_action(action=action, by=world.dee, kind="said_done", note="They run.")
    ben = device_of(world.ben)
    ben.force_login(world.hal.account, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("taking_part:check_action", args=[world.conversation.slug, action.ref])
    page = ben.post(address, {"done": "yes", "form_key": "k"})
    assert "What the team says does not count here." in text(page)
    assert Action.objects.get().standing == "said_done"


def test_questions_are_answered_for_everybody(world):
    words = amina_asks_who_pays(world)
    public = reverse("public:questions", args=[world.conversation.slug])
    assert "No answer yet" in text(Client().get(public))
    sam = signed_in(world.sam)
    key = f"words-{words.pk}"
    lacking = sam.post(at("questions", world), {"question": key, "text": "The county."})
    assert lacking.status_code == 422
    assert "The county." in text(lacking)
    given = {"text": "The county.", "answered_by": "Transport officer", "form_key": "k"}
    assert signed_in(world.hal).post(at("questions", world), given).status_code == 404
    sam.post(at("questions", world), {"question": key, **given})
    page = text(Client().get(public))
    assert "Answered by: Transport officer" in page
    answer = QuestionAnswer.objects.get()
    sam.post(
        at("correct_answer", world, answer.ref),
        {
            "text": "The school.",
            "answered_by": "Transport officer",
            "why_corrected": "The school pays now.",
            "form_key": "k2",
        },
    )
    page = text(Client().get(public))
    assert "The school." in page
    assert "Before it was corrected" in page
    assert "The school pays now." in page
    here = {"do": "answer", "on": f"question-{key}", "answer-text": "Both.", "answer-form_key": "h"}
    again = sam.post(at("owe", world), {**here, "answer-answered_by": "Officer"})
    assert again.status_code == 302


def test_a_stranger_sees_nothing_of_words_that_are_not_shown_in_what_a_reply_covers(world):
    hidden = make_statement(world.conversation, "Karen did it.", standing=Standing.NOT_SHOWN)
    sam = signed_in(world.sam)
    page = text(sam.get(at("owe", world)))
    assert "Karen did it." not in page
    assert hidden.ref in page
    assert "Karen did it." in text(signed_in(world.hal).get(at("owe", world)))


PAGES = ("owe", "decisions", "replies", "questions")


def many(world, start, end):
    from coproduce.decisions.grounds import Ground
    from coproduce.decisions.services import answer_questions, reply

    for n in range(start, end):
        statement = make_statement(world.conversation, f"Said {n}.")
        decision = a_decision(world, statement, world.buses)
        action = an_action(world, decision=decision, due_on=timezone.localdate())
        move_action(action=action, by=world.dee, kind="progress", note="So far.")
        reply(by=world.hal, text="We heard.", rests_on=[Ground.of(statement)], form_key=f"r{n}")
        for shown in (True, False):
            words, _ = keep_words(
                conversation=world.conversation,
                participant=world.amina,
                kind=Words.Kind.QUESTION,
                text=f"Question {n}?",
                how_given="own",
                standing=Standing.SHOWN,
            )
            if shown:
                answer_questions(
                    by=world.sam,
                    questions=[words],
                    text="Yes.",
                    answered_by="Officer",
                    form_key=f"a{n}",
                )


def test_every_list_takes_the_same_questions_for_1_and_for_30(world):
    dee, everybody = signed_in(world.dee), Client()
    slug = world.conversation.slug
    addresses = [(dee, at(name, world)) for name in PAGES]
    addresses += [
        (everybody, reverse("public:questions", args=[slug])),
        (everybody, reverse("public:version", args=[slug, 1])),
    ]

    def counts():
        found = []
        for client, address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append((address, len(queries)))
        return found

    many(world, 0, 2)
    few = counts()
    many(world, 2, 30)
    assert counts() == few


def test_a_decisions_page_takes_the_same_questions_for_1_and_for_30_actions(world):
    decision = a_decision(world)
    address = reverse("public:decision", args=[decision.ref])

    def count(actions):
        while decision.actions.count() < actions:
            action = an_action(world, decision=decision)
            move_action(action=action, by=world.dee, kind="said_done", note="Done.")
            check_action(participant=world.amina, action=action, confirms=True)
        with CaptureQueriesContext(connection) as queries:
            Client().get(address)
        return len(queries)

    assert count(1) == count(30)


def test_a_day_that_is_no_day_is_said_of_its_field(world):
    answer = signed_in(world.dee).post(at("decide", world), filled(decided_on="soon"))
    assert "Write the date with numbers" in text(answer)
    late = {
        "what": "Order.",
        "owner": "Transport",
        "owner_group": "none",
        "due_on": (timezone.localdate() - datetime.timedelta(days=1)).isoformat(),
        "on": f"idea-{world.buses.pk}",
        "form_key": "k",
    }
    answer = signed_in(world.dee).post(at("add_action", world), late)
    assert answer.status_code == 422
    assert "has passed. Choose today or a later date." in text(answer)
    assert "Transport" in text(answer)


def test_everybody_reads_what_a_reply_said_before_and_why_it_was_corrected(world):
    said = reply(
        by=world.grace, text="No buses.", rests_on=[Ground.of(world.buses)], form_key="first"
    )
    grace, address = signed_in(world.grace), at("correct_reply", world, said.ref)
    sent = {"text": "Two buses.", "on": f"idea-{world.buses.pk}", "form_key": "second"}
    without = grace.post(address, sent)
    assert without.status_code == 422
    assert "Say why you correct it" in text(without)
    assert "Two buses." in text(without)
    assert grace.post(address, {**sent, "why_corrected": "Money came."}).status_code == 302
    for page in (
        f"/s/{world.late.ref}/",
        f"/s/{world.late.ref}/sheet/",
        "/c/getting-to-school/done/",
        "/c/getting-to-school/understanding/1/",
    ):
        shown = text(Client().get(page))
        order = [shown.index(part) for part in ("Two buses.", "Money came.", "No buses.")]
        assert order == sorted(order), page


def test_an_action_is_corrected_on_a_page_that_keeps_what_was_typed(world):
    action = an_action(world, world.buses)
    address = at("correct_action", world, action.ref)
    dee = signed_in(world.dee)
    page = text(dee.get(address))
    assert "Order two buses." in page
    assert f'value="idea-{world.buses.pk}" checked' in page
    typed = {
        "what": "Order three buses.",
        "owner": "Head of transport",
        "owner_group": "health",
        "on": [f"idea-{world.buses.pk}"],
        "seen": 0,
    }
    answer = dee.post(address, {**typed, "why_corrected": " "})
    assert answer.status_code == 422
    assert "Say why you correct it." in text(answer)
    assert "Order three buses." in text(answer)
    for _ in range(2):
        answer = dee.post(address, {**typed, "why_corrected": "There are three."})
        assert answer.status_code == 302
    assert Action.objects.get().what == "Order three buses."
    for page in (dee.get(at("action", world, action.ref)), Client().get(f"/a/{action.ref}/")):
        assert "Before, it said: “Order two buses.”" in text(page)
        assert "There are three." in text(page)
    assert signed_in(world.sam).get(address).status_code == 404


def test_a_partner_group_that_takes_part_no_more_can_stay_the_owners(world):
    action = an_action(world, world.buses)
    action.owner_group.retired_at = timezone.now()
    action.owner_group.save()
    page = text(signed_in(world.dee).get(at("correct_action", world, action.ref)))
    assert 'value="health" checked' in page
    assert 'value="health"' not in text(signed_in(world.dee).get(at("add_action", world)))


def test_who_decided_last_stands_there_and_what_people_were_told_is_not_put_in_its_place(world):
    world.conversation.who_decides = "The board decides. Two parents sit in it."
    world.conversation.save()
    dee = signed_in(world.dee)
    form = dee.get(at("decide", world)).context["form"]
    assert form["decided_by"].value() == ""
    a_decision(world, decided_by="The transport board")
    answer = dee.get(at("decide", world))
    assert answer.context["form"]["decided_by"].value() == "The transport board"
    assert "People were told: “The board decides. Two parents sit in it.”" in text(answer)
