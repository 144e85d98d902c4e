import pytest
from django.urls import reverse

from coproduce.conversations.models import KeyTurn
from coproduce.people.models import Account
from coproduce.people.services import make_first_organiser, make_sign_in_link
from tests.coproduce.cast import make_conversation, make_member
from tests.coproduce.decisions.published import a_decision, published

pytestmark = pytest.mark.django_db

PASSWORD = "four round stones"
SIGN_IN = "/team/sign-in/"


@pytest.fixture
def grace():
    return make_member(make_conversation(), "Grace")


def try_to_sign_in(client, password=PASSWORD, email="grace@example.org", **more):
    return client.post(SIGN_IN, {"email": email, "password": password, **more})


def test_signing_in_and_out(client, grace):
    answer = try_to_sign_in(client, email=" Grace@Example.org")
    assert answer.status_code == 302
    assert answer.url == "/team/"
    assert "Getting to school" in client.get("/team/").content.decode()
    assert client.get("/team/sign-out/").status_code == 405
    client.post("/team/sign-out/")
    assert client.get("/team/").url == "/team/sign-in/?next=/team/"


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, grace):
    wrong = try_to_sign_in(client, "not this one").content.decode()
    unknown = try_to_sign_in(client, email="olu@example.org").content.decode()
    sentence = "This email address and password do not go together."
    assert sentence in wrong
    assert sentence in unknown
    assert 'value="grace@example.org"' in wrong


def test_guesses_are_counted_for_the_name_not_for_the_room(client, grace):
    make_member(grace.conversation, "Hal")
    for _ in range(7):
        assert try_to_sign_in(client, "wrong").status_code == 200
    locked = try_to_sign_in(client, "wrong")
    assert locked.status_code == 429
    assert "Wait 15 minutes" in locked.content.decode()
    # The right password does not help either, nor other letters of the same name.
    assert try_to_sign_in(client, email="GRACE@example.org").status_code == 429
    # Somebody else in the same room, at the same address, comes in.
    assert try_to_sign_in(client, email="hal@example.org").status_code == 302


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/team/c/getting-to-school/", "/team/c/getting-to-school/"),
        ("https://elsewhere.example/", "/team/"),
        ("//elsewhere.example/", "/team/"),
        ("", "/team/"),
    ],
)
def test_it_leads_on_to_pages_of_ours_only(client, grace, wanted, goes_to):
    assert try_to_sign_in(client, next=wanted).url == goes_to


def test_the_first_organiser_comes_in_with_a_one_time_link(client):
    account = make_first_organiser(email="grace@example.org", name="Grace")
    page = reverse("team:way_in", args=[make_sign_in_link(account=account)])
    assert "Hello Grace" in client.get(page).content.decode()
    different = client.post(page, {"password": "nine spoons in a row", "again": "other"})
    assert "not the same" in different.content.decode()
    # No browser shows a password again.
    assert "What you typed is still here" not in different.content.decode()
    easy = client.post(page, {"password": "password", "again": "password"})
    assert "too short" in easy.content.decode()
    new = {"password": "nine spoons in a row", "again": "nine spoons in a row"}
    assert client.post(page, new).url == "/team/"
    assert client.get("/team/").status_code == 200
    assert client.get(page).status_code == 404
    client.post("/team/sign-out/")
    assert try_to_sign_in(client, "nine spoons in a row").url == "/team/"


def test_wrong_used_and_old_links_give_the_same_page(client):
    account = make_first_organiser(email="grace@example.org", name="Grace")
    ended = make_sign_in_link(account=account)
    make_sign_in_link(account=account)
    pages = [client.get(f"/team/in/{token}/") for token in (ended, "never-made")]
    assert [page.status_code for page in pages] == [404, 404]
    bodies = [
        page.content.decode().replace(ended, "X").replace("never-made", "X") for page in pages
    ]
    assert bodies[0] == bodies[1]


def test_a_new_password_ends_other_sessions(client, grace):
    from django.test import Client

    elsewhere = Client()
    try_to_sign_in(client)
    try_to_sign_in(elsewhere)
    new = {"now": PASSWORD, "password": "nine spoons in a row", "again": "nine spoons in a row"}
    assert client.post("/team/password/", {**new, "now": "wrong"}).status_code == 200
    assert Account.objects.get(email="grace@example.org").check_password(PASSWORD)
    assert client.post("/team/password/", new).status_code == 302
    assert client.get("/team/").status_code == 200
    assert elsewhere.get("/team/").status_code == 302


def test_many_teams_are_listed_with_the_same_queries(client, grace, django_assert_num_queries):
    client.force_login(grace.account)
    client.get("/team/")
    with django_assert_num_queries(5):
        client.get("/team/")
    for number in range(29):
        make_member(make_conversation(f"Conversation {number}"), "Grace")
    with django_assert_num_queries(5):
        page = client.get("/team/").content.decode()
    assert page.count("Your place") == 0
    assert page.count("/team/c/") == 30


def test_who_owes_something_in_their_one_conversation_begins_with_it(client):
    world = published()
    owe = reverse("deciding:owe", args=[world.conversation.slug])
    assert try_to_sign_in(client).url == owe
    client.post("/team/sign-out/")
    answer = try_to_sign_in(client, next="/team/c/getting-to-school/phases/")
    assert answer.url == "/team/c/getting-to-school/phases/"
    client.post("/team/sign-out/")
    for idea in (world.buses, world.school):
        a_decision(world, idea)
    assert try_to_sign_in(client).url == "/team/"
    client.post("/team/sign-out/")
    world.conversation.decisions.all().delete()
    make_member(make_conversation("Another one"), "Grace")
    assert try_to_sign_in(client).url == "/team/"


def test_who_can_turn_a_second_key_reads_so_on_their_first_page(client):
    school = make_conversation()
    grace = make_member(school, "Grace", "organiser")
    people = {
        "Hal": (["organiser"], "education", True),
        "Ines": (["organiser"], "parent_carers", False),
        "Jo": (["facilitator"], "health", False),
    }
    for name, (roles, group, _) in people.items():
        make_member(school, name, *roles, group=group)
    turn = KeyTurn.objects.create(
        conversation=school, act="publish", fingerprint="0", first_by=grace
    )
    said = "<strong>Publish a version:</strong> Grace turned the first key."

    def reads_so(name):
        client.force_login(Account.objects.get(email=f"{name.lower()}@example.org"))
        return said in client.get("/team/").content.decode()

    assert {name: reads_so(name) for name in ["Grace", *people]} == {
        "Grace": False,
        **{name: can for name, (_, _, can) in people.items()},
    }
    turn.second_at = turn.first_at
    turn.save()
    assert not reads_so("Hal")
