"""All models of the app, by domain package, for Django to find."""

from coproduce.audit.models import Entry
from coproduce.conversations.models import (
    Area,
    Conversation,
    KeyTurn,
    PartnerGroup,
    PhaseChange,
    Question,
)
from coproduce.exchange.models import ImportFile, ImportRow, PendingFile
from coproduce.ideas.models import Idea, Placement, Wording
from coproduce.moderation.models import Look
from coproduce.people.models import (
    Account,
    JoinSlip,
    PaperSlip,
    Participant,
    PrivateCode,
    RoleGrant,
    SignInLink,
    TeamMember,
    WrongCode,
)
from coproduce.responses.models import Figure, Reason, Response, Skip, Tally
from coproduce.safeguarding.models import Concern, ConcernStep, WorrySign
from coproduce.statements.models import (
    Cluster,
    LikenessAnswer,
    MergeLink,
    PairSearch,
    PairSuggestion,
    RoomMark,
    SentenceVector,
    Statement,
)
from coproduce.understanding.models import Draft, Passage, PassageSource, RaisedQuestion, Version
from coproduce.words.models import Masking, Withdrawal, Words, WordsText

__all__ = [
    "Account",
    "Area",
    "Cluster",
    "Concern",
    "ConcernStep",
    "Conversation",
    "Draft",
    "Entry",
    "Figure",
    "Idea",
    "ImportFile",
    "ImportRow",
    "JoinSlip",
    "KeyTurn",
    "LikenessAnswer",
    "Look",
    "Masking",
    "MergeLink",
    "PairSearch",
    "PairSuggestion",
    "PaperSlip",
    "Participant",
    "PartnerGroup",
    "Passage",
    "PassageSource",
    "PendingFile",
    "PhaseChange",
    "Placement",
    "PrivateCode",
    "Question",
    "RaisedQuestion",
    "Reason",
    "Response",
    "RoleGrant",
    "RoomMark",
    "SentenceVector",
    "SignInLink",
    "Skip",
    "Statement",
    "Tally",
    "TeamMember",
    "Version",
    "Withdrawal",
    "Wording",
    "Words",
    "WordsText",
    "WorrySign",
    "WrongCode",
]
