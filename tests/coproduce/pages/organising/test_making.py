import re

import pytest

from coproduce.conversations.models import Conversation
from coproduce.conversations.services import state
from coproduce.conversations.stated import PARTS, stated_value
from coproduce.people.models import Role
from coproduce.words.models import Standing
from tests.coproduce.cast import make_conversation, make_member, make_statement
from tests.coproduce.conversations.drafts import (
    STATED,
    again,
    installation_account,
    join_hal,
    make_draft,
)

pytestmark = pytest.mark.django_db


def text_of(page):
    """A page as text, its gaps taken together."""
    plain = re.sub(r"<[^>]+>", " ", page.content.decode())
    return re.sub(r"\s+", " ", plain)


@pytest.fixture
def grace(client):
    grace = make_draft()
    client.force_login(grace.account)
    return grace


def page(member, rest=""):
    return f"/team/c/{member.conversation.slug}/{rest}"


def test_a_conversation_is_made_from_a_template(client):
    client.force_login(installation_account())
    made = client.post(
        "/team/new/",
        {"name": "Short breaks", "template": "one_event", "stands_for": "parent_carers"},
    )
    assert made.url == "/team/c/short-breaks/"
    conversation = Conversation.objects.get()
    assert conversation.one_room
    assert conversation.enough == 3
    overview = text_of(client.get(made.url))
    assert "Missing before it can open" in overview
    assert "A gap is still to be filled in: [what this is about]" in overview
    for part in PARTS:
        assert f"/team/c/short-breaks/edit/{part.key}/" in client.get(made.url).content.decode()


def test_nobody_else_makes_one(client):
    member = make_member(make_draft().conversation, "Ben")
    client.force_login(member.account)
    assert client.get("/team/new/").status_code == 404


@pytest.mark.parametrize("part", [part.key for part in PARTS])
def test_each_part_shows_what_is_stated_and_saving_it_changes_nothing(client, grace, part):
    """What a form shows and sends back unchanged is what was stated."""
    from coproduce.conversations.stated import everything_stated

    before = everything_stated(again(grace.conversation))
    shown = client.get(page(grace, f"edit/{part}/"))
    assert shown.status_code == 200
    saved = client.post(page(grace, f"edit/{part}/"), sent_back(shown.context["form"]))
    assert saved.url == page(grace)
    assert everything_stated(again(grace.conversation)) == before


def sent_back(form):
    """What a browser sends of a form that nobody touched."""
    rows = list(form) if hasattr(form, "rows") else [form]
    data = {}
    for row in rows:
        for field in row:
            value = field.value()
            if hasattr(value, "isoformat"):
                value = value.isoformat()
            if value in (None, False):
                continue
            data[field.html_name] = "on" if value is True else value
    return data


def test_saving_and_going_on_leads_to_the_next_part(client, grace):
    data = {"name": "The way to school", "purpose": "To ask.", "one_room": "no", "listed": "yes"}
    answer = client.post(page(grace, "edit/about/"), {**data, "go_on": "yes"})
    assert answer.url == page(grace, "edit/questions/")
    assert again(grace.conversation).purpose == "To ask."


def test_an_error_names_the_field_and_keeps_what_was_typed(client, grace):
    answer = client.post(
        page(grace, "edit/change/"), {"can_change": "Buses.", "hear_back_by": "soon"}
    )
    text = answer.content.decode()
    assert "Type a date as day/month/year" in text
    assert "Buses." in text
    assert again(grace.conversation).can_change == "When taxis come."


def test_devons_districts_are_a_ready_choice(client, grace):
    client.post(page(grace, "edit/areas/"), {"areas": "Town\nMoor\n\nTown"})
    assert [a.label for a in again(grace.conversation).areas.all()] == ["Town", "Moor"]
    shown = client.post(page(grace, "edit/areas/"), {"areas": "Town", "ready": "devon"})
    assert "Mid Devon" in shown.content.decode()
    assert [a.label for a in again(grace.conversation).areas.all()] == ["Town", "Moor"]


def test_partner_groups_are_ticked_renamed_and_added(client, grace):
    form = client.get(page(grace, "edit/groups/")).context["form"]
    data = sent_back(form)
    names = {row["key"].value(): row.prefix for row in form if row["key"].value()}
    data[f"{names['education']}-label"] = "Schools"
    data.pop(f"{names['social_care']}-invited")
    data[f"{names['voluntary']}-invited"] = "on"
    own = next(row.prefix for row in form if not row["key"].value())
    data[f"{own}-label"] = "Young people’s council"
    data[f"{own}-is_children"] = "on"
    client.post(page(grace, "edit/groups/"), data)
    groups = again(grace.conversation).partner_groups.all()
    assert {g.key: (g.label, g.is_children) for g in groups} == {
        "children": ("Children and young people", True),
        "parent_carers": ("Parent carers", False),
        "education": ("Schools", False),
        "health": ("Health", False),
        "voluntary": ("Voluntary groups", False),
        "young-peoples-council": ("Young people’s council", True),
    }


def test_two_partner_groups_of_one_name_are_refused(client, grace):
    form = client.get(page(grace, "edit/groups/")).context["form"]
    own = next(row.prefix for row in form if not row["key"].value())
    answer = client.post(page(grace, "edit/groups/"), {**sent_back(form), f"{own}-label": "health"})
    assert "Two partner groups have the same name" in answer.content.decode()
    assert 'value="health"' in answer.content.decode()


def test_it_opens_on_the_page_with_two_keys(client, grace):
    hal = join_hal(grace)
    first = client.get(page(grace, "phases/"))
    assert "Everything it states" in text_of(first)
    assert STATED["who_decides"] in text_of(first)
    saw = first.context["saw"]
    client.post(page(grace, "phases/"), {"saw": saw, "start": "gathering"})
    assert "You turned the first key" in text_of(client.get(page(grace, "phases/")))
    client.force_login(hal.account)
    assert "Open the conversation: one key is turned." in text_of(client.get(page(grace)))
    second = client.get(page(grace, "phases/"))
    assert "The first key was turned by Grace ( Parent carers )" in text_of(second).replace(
        "(Parent carers)", "( Parent carers )"
    )
    answer = client.post(
        page(grace, "phases/"), {"saw": second.context["saw"], "start": "gathering"}
    )
    assert answer.url == page(grace)
    assert again(grace.conversation).phases == ["gathering"]


@pytest.mark.parametrize(
    ("group", "why"),
    [
        (
            "parent_carers",
            "Grace turned the first key, and stands for the same partner group as you "
            "(Parent carers). The second key is for another partner group.",
        ),
        (None, "The team page does not say which partner group you stand for."),
    ],
)
def test_who_cannot_turn_the_second_key_reads_why_and_is_shown_no_button(client, grace, group, why):
    hal = join_hal(grace, group)
    saw = client.get(page(grace, "phases/")).context["saw"]
    client.post(page(grace, "phases/"), {"saw": saw, "start": "gathering"})
    client.force_login(hal.account)
    for rest in ("phases/", "keys/"):
        shown = text_of(client.get(page(grace, rest)))
        assert why in shown
        assert "Turn the second key" not in shown
        assert "With your key it opens" not in shown
    refused = text_of(client.post(page(grace, "phases/"), {"saw": saw, "start": "gathering"}))
    assert why in refused
    assert again(grace.conversation).is_draft


def test_a_key_for_another_beginning_is_not_said_to_be_over(client, grace):
    hal = join_hal(grace)
    saw = client.get(page(grace, "phases/")).context["saw"]
    client.post(page(grace, "phases/"), {"saw": saw, "start": "gathering"})
    client.force_login(hal.account)
    other = text_of(client.get(page(grace, "phases/"), {"start": "together"}))
    assert "Grace turned the first key for another beginning: Gathering." in other
    assert "something has changed since" not in other
    assert "Turn the second key and open it" in text_of(client.get(page(grace, "phases/")))


def test_what_is_missing_is_named_where_it_can_be_filled(client):
    grace = make_draft(safeguarding_contact="")
    client.force_login(grace.account)
    shown = client.get(page(grace, "phases/")).content.decode()
    assert "How to reach the safeguarding contact" in shown
    assert page(grace, "edit/safety/") in shown
    assert 'name="saw"' not in shown
    refused = client.post(page(grace, "phases/"), {"saw": "x"})
    assert "It cannot open yet. Missing: how to reach the safeguarding contact." in text_of(refused)


def test_phases_say_what_follows_before_they_change(client, grace):
    conversation = grace.conversation
    conversation.phases = ["gathering"]
    conversation.save()
    asked = client.get(page(grace, "phases/"), {"phases": ["gathering", "listening"]})
    assert "Answer what others said: from now on." in text_of(asked)
    assert again(conversation).phases == ["gathering"]
    client.post(page(grace, "phases/"), {"phases": ["gathering", "listening"], "reason": "Time."})
    assert again(conversation).phases == ["gathering", "listening"]
    assert "Time." in text_of(client.get(page(grace, "phases/")))


def test_a_change_after_opening_waits_on_the_keys_page_and_is_shown_after(client, grace):
    hal = join_hal(grace)
    for member in (grace, hal):
        client.force_login(member.account)
        saw = client.get(page(grace, "phases/")).context["saw"]
        client.post(page(grace, "phases/"), {"saw": saw, "start": "gathering"})
    client.force_login(grace.account)
    form = client.get(page(grace, "edit/running/")).context["form"]
    answer = client.post(page(grace, "edit/running/"), {**sent_back(form), "thanks": "Cake."})
    assert answer.url == page(grace, "keys/")
    assert "Cake." in text_of(client.get(page(grace, "keys/")))
    assert again(grace.conversation).thanks == STATED["thanks"]
    client.force_login(hal.account)
    (turn,) = grace.conversation.key_turns.filter(act="change_scope")
    client.post(page(grace, f"keys/{turn.pk}/turn/"), {"saw": turn.fingerprint})
    assert again(grace.conversation).thanks == "Cake."
    changed = text_of(client.get(page(grace, "keys/")))
    assert "Before: A letter with what came of it." in changed
    assert "After: Cake." in changed


def test_only_organisers_state_open_and_invite(client, grace):
    farah = grace.conversation.team.get(account__name="Farah")
    client.force_login(farah.account)
    assert client.get(page(grace)).status_code == 200
    for rest in ("edit/about/", "phases/", "team/invite/", f"team/{grace.pk}/"):
        assert client.get(page(grace, rest)).status_code == 404


def test_a_draft_shows_first_what_is_to_be_stated_and_then_how_many_words_wait(client, grace):
    overview = client.get(page(grace)).content.decode()
    assert overview.index("What it states") < overview.index("Pages of this conversation")
    conversation = make_conversation()
    hal = make_member(conversation, "Hal", Role.FACILITATOR)
    client.force_login(hal.account)
    make_statement(conversation, "The bus is late.", standing=Standing.WAITING)
    overview = client.get(page(hal)).content.decode()
    assert overview.index("What it states") > overview.index("Pages of this conversation")
    assert "Look at new words: 1 waits" in overview
    farah = make_member(conversation, "Farah", Role.SAFEGUARDING)
    client.force_login(farah.account)
    assert "Look at new words:" not in client.get(page(farah)).content.decode()


def test_a_text_that_is_too_long_is_said_and_never_cut(client, grace):
    address = page(grace, "edit/privacy/")
    notice = "We keep your words. " * 400  # 8,000 letters, as councils have them
    shown = client.get(address).content.decode()
    assert "maxlength" not in re.search(r'<textarea name="privacy_notice"[^>]*>', shown)[0]
    sent = sent_back(client.get(address).context["form"])
    client.post(address, {**sent, "privacy_notice": notice})
    assert again(grace.conversation).privacy_notice == notice.strip()
    answer = client.post(address, {**sent, "who_can_read": "w" * 4001})
    assert "This is 4001 characters long. There is room for 4000." in text_of(answer)
    assert "w" * 4001 in text_of(answer)


def test_something_to_think_about_without_a_question_is_asked_about(client, grace):
    address = page(grace, "edit/questions/")
    sent = {"q1-text": "What helps?", "q1-material": "", "q2-text": "", "q2-material": "A film."}
    answer = client.post(address, sent)
    said = (
        "Question 2 is empty, and has something to think about. Write the question, or empty both."
    )
    assert said in text_of(answer)
    assert "A film." in text_of(answer)
    client.post(address, {**sent, "q2-text": "What else?"})
    asked = grace.conversation.questions.order_by("position")
    assert [(one.text, one.material) for one in asked] == [
        ("What helps?", ""),
        ("What else?", "A film."),
    ]
    # To stop asking it, its words are emptied; what to think about goes with it.
    client.post(address, {**sent, "q2-id": asked.last().pk})
    assert [one.text for one in grace.conversation.questions.all()] == ["What helps?"]


def test_a_partner_group_without_a_name_is_named(client, grace):
    address = page(grace, "edit/groups/")
    rows = client.get(address).context["form"].rows
    place = next(n for n, row in enumerate(rows, start=1) if row.initial["title"] == "Health")
    sent = {f"g{place}-key": "health", f"g{place}-invited": "on", f"g{place}-label": ""}
    said = "You invite “Health”. Write what you call it, or take the tick away."
    assert said in text_of(client.post(address, sent))


def test_the_districts_are_put_in_beside_what_was_typed(client, grace):
    address = page(grace, "edit/areas/")
    answer = client.post(address, {"areas": "Torbay\r\ntorridge\r\n", "ready": "devon"})
    shown = answer.context["form"]["areas"].value().splitlines()
    assert shown[:2] == ["Torbay", "torridge"]
    assert len(shown) == 9
    assert "Exeter" in shown
    assert "Torridge" not in shown


@pytest.mark.parametrize(
    ("part", "typed", "theirs"),
    [
        ("running", {"thanks": "Cake."}, {"thanks": "Tea."}),
        ("areas", {"areas": "Torbay"}, {"areas": [{"key": None, "label": "Plymouth"}]}),
    ],
)
def test_two_organisers_do_not_overwrite_what_the_other_stated(client, grace, part, typed, theirs):
    hal = join_hal(grace)
    address = page(grace, f"edit/{part}/")
    read = client.get(address)
    sent = {**sent_back(read.context["form"]), "saw": read.context["saw"], **typed}
    state(member=hal, changes=theirs)
    answer = client.post(address, sent)
    told = text_of(answer)
    (written,) = typed.values()
    assert "Somebody else in the team has changed this part meanwhile." in told
    assert "What it says now" in told
    assert written in told
    assert {"running": "Tea.", "areas": "Plymouth"}[part] in told
    (field,) = theirs
    kept = stated_value(again(grace.conversation), field)
    assert (kept if part == "running" else kept[0]["label"]) == {
        "running": "Tea.",
        "areas": "Plymouth",
    }[part]
    # Who has read it may save what they want.
    assert client.post(address, {**sent, "saw": answer.context["saw"]}).status_code == 302
    assert written in text_of(client.get(address))
