"""What a backup holds, in the order in which it can be put back, and what it leaves out.

A test compares this with every model of the app: a new model is named here or left out by name.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True)
class Table:
    """A model and the way from it to its conversation, in the words of a Django filter.

    `later` are fields that point forward or to the same table; they are filled when all rows
    are there.
    """

    model: str
    conversation: str
    later: tuple[str, ...] = ()

    @property
    def rows_of(self) -> type[Model]:
        return apps.get_model("coproduce", self.model)


TABLES = (
    Table("Conversation", "pk"),
    Table("Question", "conversation"),
    Table("PartnerGroup", "conversation"),
    Table("Area", "conversation"),
    Table("PhaseChange", "conversation"),
    Table("TeamMember", "conversation"),
    Table("RoleGrant", "member__conversation"),
    Table("KeyTurn", "conversation"),
    Table("Participant", "conversation"),
    Table("PrivateCode", "participant__conversation"),
    Table("JoinSlip", "conversation"),
    Table("PaperSlip", "conversation"),
    Table("Words", "conversation"),
    Table("WordsText", "words__conversation"),
    Table("WorrySign", "words__conversation"),
    Table("Masking", "words__conversation"),
    Table("Withdrawal", "words__conversation"),
    Table("Look", "words__conversation"),
    Table("Concern", "conversation"),
    Table("ConcernStep", "concern__conversation"),
    Table("ImportFile", "conversation"),
    Table("ImportRow", "file__conversation"),
    Table("Cluster", "conversation", later=("listed",)),
    Table("Statement", "conversation"),
    Table("MergeLink", "conversation"),
    Table("LikenessAnswer", "first__conversation"),
    Table("Response", "participant__conversation"),
    Table("Skip", "participant__conversation"),
    Table("Reason", "words__conversation"),
    Table("Tally", "cluster__conversation"),
    Table("Figure", "cluster__conversation"),
    Table("Idea", "conversation"),
    Table("Placement", "idea__conversation"),
    Table("Wording", "conversation", later=("replaces", "rests_on")),
    Table("RoomMark", "conversation"),
    Table("Draft", "conversation"),
    Table("RaisedQuestion", "conversation"),
    Table("Version", "conversation"),
    Table("Passage", "version__conversation"),
    Table("PassageSource", "passage__version__conversation"),
    Table("LineAnswer", "wording__conversation"),
    Table("DisputeStep", "line_answer__wording__conversation"),
    Table("StatementTag", "statement__conversation"),
    Table("Decision", "conversation", later=("replaces",)),
    Table("DecisionStep", "decision__conversation"),
    Table("Action", "conversation"),
    Table("ActionStep", "action__conversation"),
    Table("ActionCheck", "action__conversation"),
    Table("Reply", "conversation", later=("replaces",)),
    Table("RestsOn", "conversation"),
    Table("QuestionAnswer", "conversation", later=("replaces", "questions")),
    Table("CheckIn", "conversation"),
    Table("CheckInAnswer", "check_in__conversation"),
    Table("PublicCount", "conversation"),
    Table("Entry", "conversation", later=("undoes",)),
)

# Keys of rows inside JSON (the log's details, a version's frozen text) go by these names, singular
# or plural. They are exchanged for the keys of this installation like any other.
NAMED_IN_JSON = {
    "action": "Action",
    "check": "ActionCheck",
    "check_in": "CheckIn",
    "decision": "Decision",
    "line_answer": "LineAnswer",
    "passage": "Passage",
    "question_answer": "QuestionAnswer",
    "raised": "RaisedQuestion",
    "reply": "Reply",
    "rests_on": "RestsOn",
    "tag": "StatementTag",
    "cluster": "Cluster",
    "concern": "Concern",
    "different": "LikenessAnswer",
    "file": "ImportFile",
    "grant": "RoleGrant",
    "idea": "Idea",
    "likeness": "LikenessAnswer",
    "link": "MergeLink",
    "look": "Look",
    "mark": "RoomMark",
    "masking": "Masking",
    "member": "TeamMember",
    "placement": "Placement",
    "question": "Question",
    "replaces": "Wording",
    "room_mark": "RoomMark",
    "statement": "Statement",
    "turn": "KeyTurn",
    "version": "Version",
    "wording": "Wording",
    "words": "Words",
}

LEFT_OUT = {
    "SignInLink": "one-time sign-in links: make new ones",
    "WrongCode": "counts of wrong guesses at private codes",
    "PairSearch": "when pairs that may say the same were last looked for: it is done again",
    "PairSuggestion": "pairs suggested as the same: they are looked for again",
    "PendingFile": "files that were being looked at before an import: send them again",
    "Theme": "themes of the area, over several conversations: load or make them there",
    "ThemeIdea": "which ideas stand in a theme of the area",
    "IdeaLikeness": "ideas of other conversations that may be alike: they are looked for again",
    "BenchmarkFile": "benchmarks of the installation: load the file there",
    "Benchmark": "benchmarks of the installation: load the file there",
    "MapEntry": "the embedding map of the installation: load it there",
    "Involvement": "the embedding map of the installation: load it there",
    "Address": "addresses of people who want to be told: only this installation can open them",
    "Letter": "mail to those addresses",
    "Delivery": "mail to those addresses",
    "AnnualReport": "yearly reports, over several conversations",
    "LeftOut": "what a yearly report leaves out",
    "Production": "files that were made in the background: make them again",
    "ProducedFile": "files that were made in the background: make them again",
    "SentenceVector": "sentence vectors: they are worked out again",
}

# Said to the operator beside the models left out.
ALSO_LEFT_OUT = (
    "passwords of team members: each gets a one-time link",
    "open sessions and what is on people's devices: people come back with their private codes",
    "mail that has not been sent",
)
