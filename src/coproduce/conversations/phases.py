"""Which phases may be open together, and what each of them means for people."""

from __future__ import annotations

from collections.abc import Iterable

from coproduce.conversations.models import ALLOWED, Conversation, Doing, Phase
from coproduce.refused import Refused

ORDER = {phase: place for place, phase in enumerate(Phase.values)}
TOGETHER = frozenset({Phase.GATHERING, Phase.LISTENING, Phase.CONNECTING})

MEANING = {
    Phase.GATHERING: "People write words in answer to the questions.",
    Phase.LISTENING: "People answer what others said: agree, don’t agree, not sure.",
    Phase.CONNECTING: "The team puts words together that say the same, and makes ideas.",
    Phase.AGREEING: "People look at the draft and at the wordings. A version can be published.",
    Phase.PUBLISHED: "The shared understanding is published. Decisions come next.",
    Phase.ACTING: "Those who decide say what they do, and by when.",
    Phase.CLOSED: "It is over. Everything that was published can still be read.",
}

_DOES = {
    Doing.SAY: "Write new words",
    Doing.ANSWER: "Answer what others said",
    Doing.ARRANGE: "Look at new words, put them together, make ideas (the team)",
    Doing.CONFIRM_WORDING: "Say of the draft, line by line, if it is right",
    Doing.PUBLISH: "Publish a version (the team, with two keys)",
    Doing.DECIDE: "Say what is decided and done, and reply (the team)",
    Doing.ANSWER_QUESTIONS: "Answer questions that people asked (the team)",
    Doing.CHECK_IN: "Say in one minute how it felt",
}

_PUBLISH_ALONE = "Publish a version (the team, with one key)"


def in_order(phases: Iterable[str]) -> list[str]:
    return sorted({str(phase) for phase in phases}, key=lambda phase: ORDER[Phase(phase)])


def check_phases(phases: list[str]) -> None:
    """Raises Refused unless these phases may be open together, in an open conversation."""
    if not phases:
        raise Refused("Pick at least one phase.", field="phases")
    if Phase.DRAFT in phases:
        raise Refused("A conversation that was opened is not a draft again.", field="phases")
    others = set(phases) - {Phase.ACTING}
    beside_acting = Phase.ACTING in phases and others == {Phase.AGREEING}
    if len(phases) > 1 and not (others <= TOGETHER or beside_acting):
        raise Refused(
            "Gathering, listening and connecting can run together. Acting can go on beside them, "
            "or beside agreeing. Every other phase stands alone.",
            field="phases",
        )


def reopens(history: Iterable[Iterable[str]], now: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether an earlier phase, which was open once and is not now, would open again.

    Acting that goes on beside others does not count: it is of the version before.
    """
    been = {phase for phases in history for phase in phases}
    open_now = set(now)
    latest = max(ORDER[Phase(phase)] for phase in open_now - {Phase.ACTING} or open_now)
    return any(
        phase in been and phase not in now and ORDER[Phase(phase)] < latest for phase in wanted
    )


def consequences(conversation: Conversation, wanted: list[str]) -> list[str]:
    """What opening and closing these phases does, in sentences, before anybody does it."""
    said = []
    now = set(conversation.phases)
    does = _DOES | ({Doing.PUBLISH: _PUBLISH_ALONE} if conversation.runs_alone else {})
    for doing, what in does.items():
        was, will = bool(ALLOWED[doing] & now), bool(ALLOWED[doing] & set(wanted))
        if will and not was:
            said.append(f"{what}: from now on.")
        elif was and not will:
            said.append(f"{what}: not any more.")
    history = [change.phases for change in conversation.phase_changes.all()]
    if not conversation.is_draft and reopens(history, now, wanted):
        said.append(
            "An earlier phase opens again. A new round begins: new words get answers of their "
            "own, and what is published stays as it is."
        )
    if Phase.CLOSED in wanted:
        said.append("It leaves the public list. What was published can still be read.")
    said.append("People can read and take back their words, as before.")
    return said
