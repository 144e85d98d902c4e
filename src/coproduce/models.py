"""All models of the app, by domain package, for Django to find."""

from coproduce.agreeing.models import DisputeStep, LineAnswer
from coproduce.area.models import IdeaLikeness, Theme, ThemeIdea
from coproduce.audit.models import Entry
from coproduce.conversations.models import (
    Area,
    Conversation,
    KeyTurn,
    PartnerGroup,
    PhaseChange,
    Question,
)
from coproduce.decisions.models import (
    Action,
    ActionCheck,
    ActionStep,
    Decision,
    DecisionStep,
    QuestionAnswer,
    Reply,
    RestsOn,
)
from coproduce.exchange.models import ImportFile, ImportRow, PendingFile
from coproduce.genuineness.models import CheckIn, CheckInAnswer, PublicCount
from coproduce.ideas.models import Idea, Placement, StatementTag, Wording
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
from coproduce.reach.models import Benchmark, BenchmarkFile, Involvement, MapEntry
from coproduce.reports.models import AnnualReport, LeftOut, ProducedFile, Production
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
from coproduce.telling.models import Address, Delivery, Letter
from coproduce.understanding.models import Draft, Passage, PassageSource, RaisedQuestion, Version
from coproduce.words.models import Masking, Withdrawal, Words, WordsText

__all__ = [
    "Account",
    "Action",
    "ActionCheck",
    "ActionStep",
    "Address",
    "AnnualReport",
    "Area",
    "Benchmark",
    "BenchmarkFile",
    "CheckIn",
    "CheckInAnswer",
    "Cluster",
    "Concern",
    "ConcernStep",
    "Conversation",
    "Decision",
    "DecisionStep",
    "Delivery",
    "DisputeStep",
    "Draft",
    "Entry",
    "Figure",
    "Idea",
    "IdeaLikeness",
    "ImportFile",
    "ImportRow",
    "Involvement",
    "JoinSlip",
    "KeyTurn",
    "LeftOut",
    "Letter",
    "LikenessAnswer",
    "LineAnswer",
    "Look",
    "MapEntry",
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
    "ProducedFile",
    "Production",
    "PublicCount",
    "Question",
    "QuestionAnswer",
    "RaisedQuestion",
    "Reason",
    "Reply",
    "Response",
    "RestsOn",
    "RoleGrant",
    "RoomMark",
    "SentenceVector",
    "SignInLink",
    "Skip",
    "Statement",
    "StatementTag",
    "Tally",
    "TeamMember",
    "Theme",
    "ThemeIdea",
    "Version",
    "Withdrawal",
    "Wording",
    "Words",
    "WordsText",
    "WorrySign",
    "WrongCode",
]
