"""Who takes part, and who runs it. The two never meet in one row."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class AccountManager(BaseUserManager["Account"]):
    def create_account(self, *, email: str, name: str, password: str | None = None) -> Account:
        account = self.model(email=self.normalise(email), name=name)
        account.set_password(password)
        account.save()
        return account

    @staticmethod
    def normalise(email: str) -> str:
        return unicodedata.normalize("NFKC", email).strip().lower()

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=self.normalise(username or ""))


class Account(AbstractBaseUser):
    """A team member's way in. Participants have none."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    runs_installation = models.BooleanField(
        default=False, help_text="May make conversations and invite organisers."
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A one-time way in for an account: the first organiser's, or an invitation."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return f"sign-in link {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.used_at is None and self.expires_at > timezone.now()


class Role(models.TextChoices):
    ORGANISER = "organiser", "Organiser"
    FACILITATOR = "facilitator", "Facilitator"
    SAFEGUARDING = "safeguarding", "Safeguarding lead"
    SPECIALIST = "specialist", "Specialist"
    DECISION_MAKER = "decision_maker", "Decision maker"


class TeamMember(models.Model):
    """An account in the team of one conversation, with the partner group it stands for."""

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="team"
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    partner_group = models.ForeignKey(
        "coproduce.PartnerGroup", on_delete=models.PROTECT, null=True, related_name="team_members"
    )
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "account"], name="one_membership_per_account"
            )
        ]

    def __str__(self) -> str:
        return self.account.name

    @property
    def is_present(self) -> bool:
        return self.left_at is None

    def has_role(self, *roles: str) -> bool:
        """True when the member holds any of the roles now. Uses prefetched grants where given."""
        return any(grant.role in roles and grant.is_held for grant in self.grants.all())

    @property
    def role_labels(self) -> list[str]:
        return [Role(role).label for role in Role.values if self.has_role(role)]


class RoleGrant(models.Model):
    """A role given to a team member, by whom and when; taking it away ends the row."""

    member = models.ForeignKey(TeamMember, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="roles_granted"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "role"],
                condition=models.Q(ended_at=None),
                name="a_role_is_held_once",
            )
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def is_held(self) -> bool:
        return self.ended_at is None


class WhoseWords(models.TextChoices):
    """How words were given. Kept on the participant as the default, and on each of their words."""

    OWN = "own", "My own words"
    HELPER_TYPED = "helper_typed", "My own words. A helper types them for me"
    SYMBOLS = "symbols", "I use symbols or photos"
    OBSERVATION = "observation", "I am an adult. I say what I have seen of a child"
    SPEAKS_FOR = "speaks_for", "I am an adult. I speak for a child"
    PAPER = "paper", "Typed in from paper"

    @classmethod
    def never_a_childs(cls) -> frozenset[str]:
        """Words of an adult about, or for, a child: they never count as a child's."""
        return frozenset({cls.OBSERVATION, cls.SPEAKS_FOR})


class CameBy(models.TextChoices):
    LINK = "link", "open link"
    JOIN_CODE = "join_code", "join code"
    SLIP = "slip", "join slip"
    PAPER = "paper", "paper slip"
    IMPORT = "import", "imported"
    EXAMPLE = "example", "example"


class Participant(models.Model):
    """Someone taking part in one conversation. No name, no address, no account.

    `membership` is the set of partner groups picked, as a bit mask over the groups' `bit` of
    the conversation; 0 is "no group given".
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="participants"
    )
    membership = models.PositiveIntegerField(default=0)
    area = models.ForeignKey(
        "coproduce.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    whose_words = models.CharField(
        max_length=20, choices=WhoseWords.choices, default=WhoseWords.OWN
    )
    came_by = models.CharField(max_length=10, choices=CameBy.choices, default=CameBy.LINK)
    joined_on = models.DateField(default=timezone.localdate)
    finished_at = models.DateTimeField(
        null=True, blank=True, help_text="A child sees totals from here on."
    )
    left_at = models.DateTimeField(
        null=True, blank=True, help_text="When the person withdrew everything."
    )

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return f"participant {self.pk}"

    @property
    def is_child(self) -> bool:
        """Picked the children's partner group and speaks for themselves."""
        return (
            bool(self.membership & self.conversation.children_bit)
            and self.whose_words not in WhoseWords.never_a_childs()
        )

    @property
    def may_see_totals(self) -> bool:
        return not self.is_child or self.finished_at is not None


class PrivateCode(models.Model):
    """Words that bring a participant back. Only a keyed digest is kept, never the code.

    Two codes of one person, once joined, lead to one participant.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField(default=timezone.localdate)

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return f"private code {self.pk}"


class WrongCode(models.Model):
    """A private code that opened nothing was tried: kept for an hour, to limit guesses.

    `whence` is a digest of the address under a key of the day.
    """

    whence = models.CharField(max_length=32)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"
        indexes: ClassVar = [models.Index(fields=["at", "whence"], name="recent_wrong_codes")]

    def __str__(self) -> str:
        return f"wrong code at {self.at}"


class JoinSlip(models.Model):
    """A printed single-use way in. Answers by slip and by open link can be shown apart."""

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="join_slips"
    )
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "number"], name="slips_are_numbered")
        ]

    def __str__(self) -> str:
        return f"join slip {self.number}"


class PaperSlip(models.Model):
    """A numbered slip of paper that somebody wrote on: one person a number, however many words.

    It ties a number printed on paper to a participant, so that two statements of one slip count
    one person. No page shows it.
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="paper_slips"
    )
    number = models.PositiveIntegerField()
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="paper_slips"
    )

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "number"], name="paper_slips_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"paper slip {self.number}"
