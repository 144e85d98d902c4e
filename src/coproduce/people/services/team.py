"""The team of a conversation: invite, change, leave. Every change is a row and in the log."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation, KeyTurn, PartnerGroup
from coproduce.people.access import require_role
from coproduce.people.models import Account, Role, RoleGrant, TeamMember
from coproduce.people.services.accounts import make_sign_in_link
from coproduce.refused import Refused

log = logging.getLogger(__name__)


@transaction.atomic
def add_to_team(
    *,
    conversation: Conversation,
    account: Account,
    roles: Iterable[str],
    partner_group: PartnerGroup | None,
    by: Account | None,
) -> TeamMember:
    """Put an account in a team, or back in it, with its roles. For services: asks no access."""
    member, _ = TeamMember.objects.get_or_create(conversation=conversation, account=account)
    member.left_at = None
    member.partner_group = partner_group
    member.save(update_fields=["left_at", "partner_group"])
    _hold_roles(member, roles, by)
    return member


def _hold_roles(member: TeamMember, roles: Iterable[str], by: Account | None) -> None:
    wanted = set(roles)
    held = {grant.role for grant in member.grants.all() if grant.is_held}
    member.grants.filter(role__in=held - wanted, ended_at=None).update(ended_at=timezone.now())
    for role in sorted(wanted - held):
        RoleGrant.objects.create(member=member, role=role, granted_by=by)
    # What was prefetched told of the roles before.
    getattr(member, "_prefetched_objects_cache", {}).clear()


def may_be_handed_a_link(account: Account, by: Account) -> bool:
    """Whether an organiser may hold a link that opens this account.

    A link opens everything that the account can reach. So nobody gets one for an account that
    has a password already, that runs the installation, or that is in a team which they do not
    organise themselves.
    """
    if account.has_usable_password() or account.runs_installation:
        return False
    organised = TeamMember.objects.filter(
        account=by, left_at=None, grants__role=Role.ORGANISER, grants__ended_at=None
    ).values("conversation")
    others = TeamMember.objects.filter(account=account, left_at=None)
    return not others.exclude(conversation__in=organised).exists()


@transaction.atomic
def invite_member(
    *,
    by: TeamMember,
    name: str,
    email: str,
    roles: Iterable[str],
    partner_group: PartnerGroup | None,
) -> tuple[TeamMember, str | None]:
    """Invite somebody to the team. Returns the member and a one-time token to hand to them.

    The token is None when they sign in with what they have: an account with a password, or one
    that another team invited. Raises Refused when they are in the team already.
    """
    require_role(by, Role.ORGANISER)
    roles = list(roles)
    if not roles:
        raise Refused("Pick at least one role.", field="roles")
    wanted = Account.objects.normalise(email)
    account = Account.objects.filter(email=wanted).first()
    if account is None:
        account = Account.objects.create_account(email=wanted, name=name)
    elif TeamMember.objects.filter(
        conversation=by.conversation, account=account, left_at=None
    ).exists():
        raise Refused(
            "Somebody with this email address is in the team already. You can change their roles.",
            field="email",
        )
    member = add_to_team(
        conversation=by.conversation,
        account=account,
        roles=roles,
        partner_group=partner_group,
        by=by.account,
    )
    record(
        conversation=by.conversation,
        act="invite_member",
        by=by.account,
        about=account.name[:60],
        details={"member": member.pk, "roles": sorted(roles), "group": _key(partner_group)},
    )
    return member, _way_in(member, by)


@transaction.atomic
def invite_again(*, by: TeamMember, member: TeamMember) -> str:
    """A new one-time token for a member who has no password yet; an earlier one ends."""
    require_role(by, Role.ORGANISER)
    _same_conversation(by, member)
    token = _way_in(member, by)
    if token is None:
        raise Refused(
            "This person has a password, or is in a team that you do not organise. "
            "They sign in by themselves, or ask whoever runs this installation."
        )
    record(
        conversation=by.conversation,
        act="invite_again",
        by=by.account,
        about=member.account.name[:60],
        details={"member": member.pk},
    )
    return token


def _way_in(member: TeamMember, by: TeamMember) -> str | None:
    """A token, where one may be handed over."""
    if may_be_handed_a_link(member.account, by.account):
        return make_sign_in_link(account=member.account, by=by.account)
    return None


def write_to_invited(*, by: TeamMember, member: TeamMember, token: str | None) -> bool | None:
    """Mail an invitation that was kept: whether it was sent, or None where no mail is set up.

    Called once the invitation is committed, so that a mail server that is down loses nothing.
    """
    require_role(by, Role.ORGANISER)
    _same_conversation(by, member)
    if not settings.EMAIL_HOST:
        return None
    path = reverse("team:way_in", args=[token]) if token else reverse("team:sign_in")
    try:
        return bool(_write(member, by, settings.PUBLIC_URL + path))
    except OSError as problem:  # what smtplib raises is one of these
        log.warning("An invitation could not be sent: %s", problem)
        return False


def _write(member: TeamMember, by: TeamMember, address: str) -> int:
    return send_mail(
        subject=f"{by.account.name} asks you to help run “{by.conversation.name}”",
        message=(
            f"Hello {member.account.name},\n\n"
            f"{by.account.name} asks you to help run the conversation "
            f"“{by.conversation.name}”.\n\n"
            f"Open this to come in:\n{address}\n\n"
            "If you did not expect this, you can leave it. Nothing happens then.\n"
        ),
        from_email=None,
        recipient_list=[member.account.email],
    )


@transaction.atomic
def change_member(
    *,
    by: TeamMember,
    member: TeamMember,
    roles: Iterable[str],
    partner_group: PartnerGroup | None,
) -> TeamMember:
    """Change a member's roles and the partner group that they stand for.

    Nobody changes their own partner group once the conversation is open: the two keys rest on
    it. A key that the member turned, and that waits for its second, ends with the change.
    """
    require_role(by, Role.ORGANISER)
    _same_conversation(by, member)
    conversation = by.conversation
    roles = set(roles)
    if not roles:
        raise Refused("Pick at least one role. To take somebody out of the team, use Leave.")
    _keep_whom_it_needs(member, without=set(Role.values) - roles)
    if member.partner_group_id != (partner_group.pk if partner_group else None):
        if member.pk == by.pk and not conversation.is_draft:
            raise Refused(
                "Ask another organiser to change the partner group that you stand for.",
                field="partner_group",
            )
        _end_waiting_keys(member, "The partner group of the person who turned it changed.")
    before = {"roles": sorted(_held(member)), "group": _key(member.partner_group)}
    member.partner_group = partner_group
    member.save(update_fields=["partner_group"])
    _hold_roles(member, roles, by.account)
    after = {"roles": sorted(roles), "group": _key(partner_group)}
    if before != after:
        record(
            conversation=conversation,
            act="change_member",
            by=by.account,
            about=member.account.name[:60],
            details={"member": member.pk, "before": before, "after": after},
        )
    return member


@transaction.atomic
def leave_team(*, by: TeamMember, member: TeamMember, reason: str = "") -> TeamMember:
    """Leave, or (an organiser) take somebody out. What they did stays theirs in the log."""
    if by.pk != member.pk:
        require_role(by, Role.ORGANISER)
    _same_conversation(by, member)
    _keep_whom_it_needs(member, without=set(Role.values))
    _end_waiting_keys(member, "The person who turned it left the team.")
    member.grants.filter(ended_at=None).update(ended_at=timezone.now())
    member.left_at = timezone.now()
    member.save(update_fields=["left_at"])
    record(
        conversation=by.conversation,
        act="leave_team",
        by=by.account,
        about=member.account.name[:60],
        reason=reason,
        details={"member": member.pk},
    )
    return member


def _held(member: TeamMember) -> set[str]:
    return {grant.role for grant in member.grants.all() if grant.is_held}


def _key(group: PartnerGroup | None) -> str | None:
    return group.key if group else None


def _same_conversation(by: TeamMember, member: TeamMember) -> None:
    if by.conversation_id != member.conversation_id or not member.is_present:
        raise PermissionError(f"{by} does not organise the team of {member}.")


def _keep_whom_it_needs(member: TeamMember, *, without: set[str]) -> None:
    """Somebody organises a conversation always, and safeguards it while it is not a draft."""
    needed = {Role.ORGANISER: "organises it"}
    if not member.conversation.is_draft:
        needed[Role.SAFEGUARDING] = "is its safeguarding lead"
    for role, what in needed.items():
        if role not in without or role not in _held(member):
            continue
        others = RoleGrant.objects.filter(
            member__conversation=member.conversation,
            member__left_at=None,
            role=role,
            ended_at=None,
        ).exclude(member=member)
        if not others.exists():
            raise Refused(
                f"{member.account.name} is the only person who {what}. "
                "Give the role to somebody else first.",
                field="roles",
            )


def _end_waiting_keys(member: TeamMember, because: str) -> None:
    member.first_keys.filter(act__in=KeyTurn.Act.values, second_at=None, ended_at=None).update(
        ended_at=timezone.now(), ended_because=because
    )
