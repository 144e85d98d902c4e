from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from coproduce.audit.models import Entry
from coproduce.people import access
from coproduce.people.models import Account, Role, SignInLink
from coproduce.people.services import (
    change_member,
    invite_again,
    invite_member,
    leave_team,
    make_first_organiser,
    make_sign_in_link,
    use_sign_in_link,
    write_to_invited,
)
from coproduce.refused import Refused
from tests.coproduce.cast import make_conversation, make_member, partner_group

pytestmark = pytest.mark.django_db

PASSWORD = "a kettle and nine spoons"


def test_a_link_opens_an_account_once():
    grace = make_first_organiser(email="Grace@Example.org ", name="Grace")
    token = make_sign_in_link(account=grace)
    assert token not in str(list(SignInLink.objects.values()))
    assert use_sign_in_link(token=token, password=PASSWORD) == grace
    assert Account.objects.get(email="grace@example.org").check_password(PASSWORD)
    with pytest.raises(Refused):
        use_sign_in_link(token=token, password="another one altogether")
    assert access.open_sign_in_link(token) is None


def test_the_first_organiser_is_made_once():
    assert make_first_organiser(email="grace@example.org", name="Grace") == make_first_organiser(
        email="GRACE@example.org", name="Somebody"
    )


def test_an_old_link_opens_nothing():
    grace = make_first_organiser(email="grace@example.org", name="Grace")
    token = make_sign_in_link(account=grace, holds_for=timedelta(seconds=-1))
    assert access.open_sign_in_link(token) is None
    with pytest.raises(Refused):
        use_sign_in_link(token=token, password=PASSWORD)


def test_a_new_link_ends_the_one_before():
    grace = make_first_organiser(email="grace@example.org", name="Grace")
    first, second = make_sign_in_link(account=grace), make_sign_in_link(account=grace)
    assert access.open_sign_in_link(first) is None
    assert access.open_sign_in_link(second) is not None


def test_a_password_that_is_easy_to_guess_leaves_the_link_open():
    grace = make_first_organiser(email="grace@example.org", name="Grace")
    token = make_sign_in_link(account=grace)
    with pytest.raises(ValidationError):
        use_sign_in_link(token=token, password="password")
    assert access.open_sign_in_link(token) is not None


@pytest.fixture
def grace():
    return make_member(make_conversation(), "Grace")


def invite(by, name="Ben", roles=(Role.FACILITATOR,), group="education"):
    return invite_member(
        by=by,
        name=name,
        email=f"{name.lower()}@example.org",
        roles=roles,
        partner_group=partner_group(by.conversation, group),
    )


def test_an_invited_member_comes_in_with_a_link(grace):
    ben, token = invite(grace)
    account = use_sign_in_link(token=token, password=PASSWORD)
    member = access.team_member(account, grace.conversation.slug, Role.FACILITATOR)
    assert member == ben
    assert access.team_member(account, grace.conversation.slug, Role.ORGANISER) is None


def test_nobody_is_handed_a_link_to_somebody_elses_account(grace):
    """A link opens all that an account reaches: not for one with a password, nor another team's."""
    elsewhere = make_member(make_conversation("Short breaks"), "Hal")
    _, token = invite(elsewhere, "Ben")
    assert token is not None
    _, token_here = invite(grace, "Ben")
    assert token_here is None
    make_member(elsewhere.conversation, "Amina")
    _, for_amina = invite(grace, "Amina")
    assert for_amina is None
    _, for_first = invite(grace, make_first_organiser(email="olu@example.org", name="Olu").name)
    assert for_first is None


def test_a_link_can_be_made_again_until_there_is_a_password(grace):
    ben, first = invite(grace)
    second = invite_again(by=grace, member=ben)
    assert access.open_sign_in_link(first) is None
    use_sign_in_link(token=second, password=PASSWORD)
    ben.account.refresh_from_db()
    with pytest.raises(Refused):
        invite_again(by=grace, member=ben)


def test_the_same_person_is_invited_once(grace):
    invite(grace)
    with pytest.raises(Refused, match="in the team already"):
        invite(grace)


def test_an_invitation_goes_out_by_mail_where_mail_is_set_up(grace, settings, mailoutbox):
    ben, token = invite(grace, "Ben")
    assert write_to_invited(by=grace, member=ben, token=token) is None
    assert mailoutbox == []
    settings.EMAIL_HOST = "mail.example.org"
    dan, token = invite(grace, "Dan")
    assert write_to_invited(by=grace, member=dan, token=token) is True
    (mail,) = mailoutbox
    assert mail.to == ["dan@example.org"]
    assert f"/team/in/{token}/" in mail.body


def test_roles_change_as_rows(grace):
    ben, _ = invite(grace)
    health = partner_group(grace.conversation, "health")
    change_member(by=grace, member=ben, roles=[Role.SPECIALIST], partner_group=health)
    assert [(g.role, g.is_held) for g in ben.grants.order_by("pk")] == [
        (Role.FACILITATOR, False),
        (Role.SPECIALIST, True),
    ]
    entry = Entry.objects.get(act="change_member")
    assert entry.details["before"] == {"roles": ["facilitator"], "group": "education"}
    assert entry.details["after"] == {"roles": ["specialist"], "group": "health"}


def test_nobody_changes_the_partner_group_that_their_own_key_rests_on(grace):
    health = partner_group(grace.conversation, "health")
    with pytest.raises(Refused, match="Ask another organiser"):
        change_member(by=grace, member=grace, roles=[Role.ORGANISER], partner_group=health)


def test_somebody_always_organises_and_safeguards(grace):
    farah, _ = invite(grace, "Farah", [Role.SAFEGUARDING])
    with pytest.raises(Refused, match="only person who organises it"):
        leave_team(by=grace, member=grace)
    with pytest.raises(Refused, match="safeguarding lead"):
        leave_team(by=farah, member=farah)
    invite(grace, "Ben", [Role.SAFEGUARDING, Role.ORGANISER])
    leave_team(by=farah, member=farah)
    assert access.team_member(farah.account, grace.conversation.slug) is None


def test_a_facilitator_changes_nobody_and_may_leave(grace):
    ben, _ = invite(grace)
    with pytest.raises(PermissionError):
        invite(ben, "Dan")
    with pytest.raises(PermissionError):
        leave_team(by=ben, member=grace)
    leave_team(by=ben, member=ben, reason="New job")
    assert ben.left_at is not None


def test_a_member_of_another_team_is_not_reached(grace):
    hal = make_member(make_conversation("Short breaks"), "Hal")
    with pytest.raises(PermissionError):
        change_member(by=grace, member=hal, roles=[Role.ORGANISER], partner_group=None)
    assert access.colleague(grace, hal.pk) is None
