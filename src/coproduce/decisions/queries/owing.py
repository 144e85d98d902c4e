"""What we owe: everything that people wait for, the oldest first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.utils import timezone

from coproduce.agreeing.models import LineAnswer
from coproduce.conversations.models import Doing
from coproduce.decisions.models import Action, Decision, DecisionStep, Outcome, Reply, RestsOn
from coproduce.decisions.queries.ideas import IdeaOutcome, LineOutcome, what_became_of_lines
from coproduce.decisions.queries.naming import line_text
from coproduce.decisions.queries.questions import AskedQuestion, questions_of
from coproduce.moderation.models import Look
from coproduce.understanding.models import Passage
from coproduce.understanding.queries.versions import with_sources
from coproduce.words.models import Standing, Withdrawal, Words

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation

IDEA, LINE, WORDS, ACTION, DISPUTE, DECISION, QUESTION, REVIEW, WORDING = (
    "idea",
    "line",
    "words",
    "action",
    "dispute",
    "decision",
    "question",
    "review",
    "wording",
)
# In the words of the page; the order of its list of kinds.
KINDS = {
    IDEA: "Ideas that wait for a decision or a reply",
    LINE: "Lines under no heading, without a reply",
    WORDS: "Words that are not shown, without a reply",
    QUESTION: "Questions without an answer",
    ACTION: "Actions that are due",
    DISPUTE: "Actions that people say are not done",
    WORDING: "Wordings that their writers dispute",
    DECISION: "Decisions that people were to hear more about",
    REVIEW: "What rested on words that were taken back",
}
DUE_WITHIN = datetime.timedelta(days=14)
# Words that nobody can read, and whose writer is still owed a word.
UNSHOWN = (Standing.NOT_SHOWN, Standing.WITHDRAWN)
# They still wait to be looked at while that can be done, and are owed a word when it cannot.
UNSEEN = (Standing.WAITING, Standing.HELD)


@dataclass(frozen=True)
class Owed:
    """One thing that people wait for. `since`: from when on; `due`: the day that was promised."""

    kind: str
    key: str
    title: str
    since: datetime.date
    due: datetime.date | None
    thing: Any

    @property
    def thing_name(self) -> str:
        names = {Decision: "A decision", Action: "An action", Reply: "A reply"}
        return names.get(type(self.thing), "")

    def late(self, today: datetime.date) -> int:
        """Days after the promised day; 0 until then."""
        return 0 if self.due is None else max(0, (today - self.due).days)

    def waited(self, today: datetime.date) -> int:
        return max(0, (today - self.since).days)


def what_we_owe(conversation: Conversation, today: datetime.date | None = None) -> list[Owed]:
    """Replies due, actions due, questions open, disputes, and what to look at again.

    What was to be done first stands first: by the promised day, where there is one, and otherwise
    by the day from which on people wait.
    """
    today = today or timezone.localdate()
    owed = [*_questions(conversation, today)]
    if conversation.allows(Doing.DECIDE):
        owed += [
            *_replies(conversation, today),
            *_words(conversation),
            *_actions(conversation, today),
            *_decisions(conversation, today),
        ]
    owed += [*_reviews(conversation), *_wordings(conversation)]
    return sorted(owed, key=lambda one: (one.due or one.since, one.kind, one.key))


def overdue(conversation: Conversation, today: datetime.date | None = None) -> list[Action]:
    """Actions whose day has passed and of which nobody says that they are done. For everybody."""
    today = today or timezone.localdate()
    return list(
        Action.objects.filter(Action.overdue_on(today), conversation=conversation)
        .select_related("decision", "owner_group")
        .order_by("due_on", "pk")
    )


def _replies(conversation: Conversation, today: datetime.date) -> list[Owed]:
    owed = []
    for one in what_became_of_lines(conversation, today):
        if one.idea_id is None:
            owed += [_line(one, line) for line in one.lines if line.is_waiting]
        elif one.is_waiting:
            owed.append(
                Owed(IDEA, f"idea-{one.idea_id}", one.name, one.waiting_since, one.promised, one)
            )
    return owed


def _line(outcome: IdeaOutcome, line: LineOutcome) -> Owed:
    passage = line.passage
    return Owed(
        LINE, f"line-{passage.ref}", passage.text, outcome.waiting_since, outcome.promised, line
    )


def _words(conversation: Conversation) -> list[Owed]:
    """Words of people that nobody can read: each is owed a reply of its own.

    Who took back everything has no code any more, so nobody would read a reply.
    """
    answered = RestsOn.objects.held().filter(
        conversation=conversation, words__isnull=False, reply__isnull=False
    )
    looks = dict(
        Look.objects.filter(
            words__conversation=conversation, words__standing=Standing.NOT_SHOWN, undone_at=None
        )
        .order_by("at", "pk")
        .values_list("words_id", "at")
    )
    taken_back = dict(
        Withdrawal.objects.filter(words__conversation=conversation).values_list("words_id", "at")
    )
    since = {**taken_back, **looks}
    standing = UNSHOWN if conversation.allows(Doing.ARRANGE) else UNSHOWN + UNSEEN
    return [
        Owed(
            WORDS,
            f"words-{words.ref}",
            words.get_standing_display(),
            timezone.localdate(since.get(words.pk, words.given_at)),
            conversation.hear_back_by,
            words,
        )
        for words in Words.objects.filter(
            conversation=conversation, kind=Words.Kind.STATEMENT, standing__in=standing
        )
        .exclude(pk__in=answered.values("words"))
        .exclude(participant__left_at__isnull=False)
    ]


def _questions(conversation: Conversation, today: datetime.date) -> list[Owed]:
    return [_question(one) for one in questions_of(conversation, today) if one.is_open]


def _question(one: AskedQuestion) -> Owed:
    return Owed(QUESTION, f"question-{one.key}", one.text, one.asked_on or one.today, None, one)


def _actions(conversation: Conversation, today: datetime.date) -> list[Owed]:
    """Actions due within two weeks or overdue, and those of which people say: it is not done."""
    owed = []
    near = Q(standing=Action.Standing.OPEN, due_on__lte=today + DUE_WITHIN)
    for action in Action.objects.filter(
        near | Q(standing=Action.Standing.DISPUTED), conversation=conversation
    ).select_related("owner_group"):
        disputed = action.standing == Action.Standing.DISPUTED
        owed.append(
            Owed(
                DISPUTE if disputed else ACTION,
                f"action-{action.ref}",
                action.what,
                timezone.localdate(action.made_at),
                action.due_on,
                action,
            )
        )
    return owed


def _decisions(conversation: Conversation, today: datetime.date) -> list[Owed]:
    """Decisions with a day by which people were to hear more, when it is near or has passed."""
    owed = []
    near = DecisionStep.objects.filter(
        decision=OuterRef("pk"), by_when__lte=today + DUE_WITHIN
    )  # perhaps not its latest
    for decision in Decision.objects.filter(
        Exists(near),
        conversation=conversation,
        ended_at=None,
        outcome__in=[Outcome.TRY, Outcome.NOT_YET],
    ).prefetch_related("steps"):
        step: DecisionStep | None = decision.latest_step
        if step is not None and step.by_when and step.by_when <= today + DUE_WITHIN:
            owed.append(
                Owed(
                    DECISION,
                    f"decision-{decision.ref}",
                    decision.what,
                    timezone.localdate(step.at),
                    step.by_when,
                    decision,
                )
            )
    return owed


def _reviews(conversation: Conversation) -> list[Owed]:
    flagged: dict[str, Owed] = {}
    for one in (
        RestsOn.objects.held()
        .filter(conversation=conversation)
        .exclude(review_since=None)
        .select_related("decision", "action", "reply")
        .order_by("review_since", "pk")
    ):
        thing: Decision | Action | Reply | None = one.decision or one.action or one.reply
        assert thing is not None
        assert one.review_since is not None
        key = f"review-{thing.ref}"
        title = thing.text if isinstance(thing, Reply) else thing.what
        since = timezone.localdate(one.review_since)
        flagged.setdefault(key, Owed(REVIEW, key, title, since, None, thing))
    return list(flagged.values())


def _wordings(conversation: Conversation) -> list[Owed]:
    """Combined wordings of which writers say: not quite what we meant. Until the team answers."""
    first: dict[int, Owed] = {}
    for one in (
        LineAnswer.objects.filter(
            wording__conversation=conversation,
            wording__ended_at=None,
            as_writer=True,
            choice=LineAnswer.Choice.NOT_QUITE,
            ended_at=None,
            steps=None,
        )
        .select_related("wording")
        .order_by("at", "pk")
    ):
        key = f"wording-{one.wording_id}"
        since = timezone.localdate(one.at)
        first.setdefault(
            one.wording_id, Owed(WORDING, key, one.wording.text, since, None, one.wording)
        )
    return list(first.values())


def on_the_page(
    conversation: Conversation, rows: Sequence[Owed], *, reads_all: bool
) -> dict[str, str]:
    """By key: the text of the lines and words among these rows, read for one page of them.

    Actions among them have their steps read with them.
    `reads_all`: the person also looks at new words, so words that are not shown can be read here.
    """
    prefetch_related_objects([row.thing for row in rows if isinstance(row.thing, Action)], "steps")
    passages = {row.thing.passage.pk: row.key for row in rows if row.kind == LINE}
    texts: dict[str, str] = {}
    for passage in with_sources(Passage.objects.filter(pk__in=passages)):
        texts[passages[passage.pk]] = line_text(passage)[0]
    if reads_all:
        words = {row.thing.pk: row.key for row in rows if row.kind == WORDS}
        for one in Words.objects.filter(pk__in=words, kept_text__isnull=False).select_related(
            "kept_text"
        ):
            texts[words[one.pk]] = one.text
    return texts
