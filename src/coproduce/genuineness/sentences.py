"""The three sentences that the genuineness page opens with, and contradictions said as facts.

Pure functions of `Facts`. Nothing here is a score. Each rule has a name, under which
docs/explanation/was-it-genuine.md explains it; a test holds that every one is explained there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from commonground.agreement import Stance
from commonground.rounding import rounded_count
from coproduce.genuineness.facts import Facts, GroupSaid

# What says that people felt heard; where groups stand alike on the first, the next counts.
FELT_HEARD = ("voice", "audience", "space")


def least_heard(facts: Facts) -> GroupSaid | None:
    """The partner group that felt least heard: the fewest who could say what they really think.

    Where two stand alike, fewer who say that people who can decide see it; then fewer for whom the
    way of taking part worked; then the order in which they were invited. None where all stand alike
    or nothing can be told of two groups.
    """
    told = facts.question(FELT_HEARD[0]).told
    if len(told) < 2:
        return None
    places = {
        group.key: tuple(
            next((g.place for g in facts.question(asked).told if g.key == group.key), 1.0)
            for asked in FELT_HEARD
        )
        for group in told
    }
    if len(set(places.values())) == 1:
        return None
    return min(told, key=lambda group: places[group.key])


def what_people_felt(facts: Facts) -> str:
    """How many were asked and answered, who felt least heard first, and then the others."""
    if facts.asked is None:
        return "How people felt: nobody was asked so far."
    asked = (
        f"{_people(facts.asked)} asked how it was; {rounded_count(facts.answered or 0)} answered."
    )
    told = facts.question("voice").told
    if not told:
        return f"{asked} Too few answered to tell how it felt."
    least = least_heard(facts)
    order = ([least] if least else []) + [g for g in told if least is None or g.key != least.key]
    first = "" if least is None else f"{least.label} felt least heard. "
    said = "; ".join(f"{group.label}: {group.in_words}" for group in order)
    return f"{asked} {first}They could say what they really think: {said}."


def what_was_done(facts: Facts) -> str:
    if not facts.ideas:
        return "Nothing is published yet, so nothing could be decided on it."
    answered = (
        f"Of {facts.ideas} published {_plural(facts.ideas, 'idea')}, {facts.ideas_answered} "
        f"{_have(facts.ideas_answered)} a decision or a reply"
    )
    waiting = f", and {facts.ideas_waiting} still {_wait(facts.ideas_waiting)}"
    if facts.ideas_in_part == facts.ideas_waiting:
        waiting += " for a part of it" if facts.ideas_waiting == 1 else ", each for a part of it"
    elif facts.ideas_in_part:
        waiting += f", {facts.ideas_in_part} of them for a part of it"
    if not facts.decisions:
        return f"Nothing has been decided yet. {answered}{waiting if facts.ideas_waiting else ''}."
    decided = (
        f"{facts.decisions} {_plural(facts.decisions, 'decision')} "
        f"{_was(facts.decisions)} made, {facts.decisions_to_do} of them to do something."
    )
    return f"{decided} {answered}{waiting if facts.ideas_waiting else ''}."


def what_changed(facts: Facts) -> str:
    if not facts.actions_all:
        return "Nothing has changed so far that somebody could confirm: there are no actions."
    done, disputed = facts.actions.get("done", 0), facts.actions.get("disputed", 0)
    unconfirmed = facts.actions.get("said_done", 0)
    parts = [
        f"Of {facts.actions_all} {_plural(facts.actions_all, 'action')}, {done} {_is(done)} done "
        "and confirmed by people it matters to"
    ]
    if disputed:
        parts.append(f"{disputed} {_is(disputed)} disputed")
    if unconfirmed:
        parts.append(f"{unconfirmed} {_is(unconfirmed)} said to be done and not confirmed yet")
    if facts.overdue:
        parts.append(f"{facts.overdue} {_is(facts.overdue)} overdue")
    return "; ".join(parts) + "."


@dataclass(frozen=True)
class Rule:
    """A rule under its name; `say` gives the sentence, or nothing where it does not hold."""

    name: str
    say: Callable[[Facts], str]


def _heard_but_nothing_decided(facts: Facts) -> str:
    voice = facts.question("voice")
    if facts.ideas and not facts.decisions and voice.went_well_for_all:
        # Where something can be told of one group alone, only that group is said to have felt so.
        who = "People" if len(voice.told) > 1 else voice.told[0].label
        return f"{who} felt heard. Nothing has been decided yet."
    return ""


def _decided_but_not_told(facts: Facts) -> str:
    influence = facts.question("influence")
    if facts.decisions and influence.went_badly_for_some:
        who = _those([g.label for g in influence.told if g.went_well != Stance.AGREES])
        return (
            f"Decisions were made. Of {who}, no more than half say that they saw what changed or "
            "were told why not."
        )
    return ""


def _promised_more_than_it_was(facts: Facts) -> str:
    less = facts.how_far.having(Stance.DOES_NOT_AGREE)
    if facts.promised and less:
        return (
            f"The organiser promised “{facts.promised}”. Most people of {_those(less)} say that it "
            "did not go that far."
        )
    return ""


def _open_but_felt_decided(facts: Facts) -> str:
    felt = facts.question("already_decided").having(Stance.DOES_NOT_AGREE)
    if facts.options_fixed is False and felt:
        return (
            "The organiser says that nothing was fixed at the start. Most people of "
            f"{_those(felt)} say that it had already been decided."
        )
    return ""


def _fixed_and_promised_together(facts: Facts) -> str:
    if facts.options_fixed and facts.promised.startswith(("Co-design", "Co-production")):
        return (
            "The organiser says that options were fixed at the start, and promised to design or "
            "decide together."
        )
    return ""


def _late_with_answers(facts: Facts) -> str:
    if facts.hear_back_by and facts.hear_back_by < facts.today and facts.ideas_waiting:
        by = f"{facts.hear_back_by.day} {facts.hear_back_by:%B %Y}"
        return (
            f"People were promised to hear back by {by}. {facts.ideas_waiting} "
            f"{_plural(facts.ideas_waiting, 'idea')} still {_wait(facts.ideas_waiting)}."
        )
    return ""


def _said_done_but_disputed(facts: Facts) -> str:
    disputed = facts.actions.get("disputed", 0)
    if disputed:
        return (
            f"{disputed} {_plural(disputed, 'action')} {_was(disputed)} said to be done. People "
            f"whose words {_it(disputed)} {_rests(disputed)} on say that {_it(disputed)} "
            f"{_is(disputed)} not."
        )
    return ""


def _said_done_and_nobody_confirms(facts: Facts) -> str:
    if facts.actions.get("said_done", 0) and not facts.actions.get("done", 0):
        return "Actions are said to be done. Nobody whose words they rest on has confirmed one yet."
    return ""


def _decided_but_overdue(facts: Facts) -> str:
    if facts.decisions_to_do and facts.overdue:
        return (
            f"It was decided to act. {facts.overdue} {_plural(facts.overdue, 'action')} "
            f"{_is(facts.overdue)} past the date that was promised."
        )
    return ""


def _heard_unevenly(facts: Facts) -> str:
    voice = facts.question("voice")
    well = voice.having(Stance.AGREES)
    not_so = [g.label for g in voice.told if g.went_well != Stance.AGREES]
    if well and not_so:
        return (
            f"Most people of {_those(well)} could say what they really think. Of "
            f"{_those(not_so)}, no more than half could."
        )
    return ""


def _spoke_but_not_in_decisions(facts: Facts) -> str:
    few = facts.adopted.having(Stance.DIVIDED)
    many = facts.adopted.having(Stance.AGREES)
    if facts.decisions_to_do and few and many:
        return (
            f"Words of most people of {_those(many)} led to a decision to do something. Of "
            f"{_those(few)}, words of no more than half did."
        )
    return ""


def _few_answered(facts: Facts) -> str:
    if facts.asked and (facts.answered or 0) * 2 < facts.asked:
        return (
            "Fewer than half of those who were asked how it was have answered. Satisfied people "
            "answer most."
        )
    return ""


def _children_invited_not_there(facts: Facts) -> str:
    if facts.children_invited and not facts.children_took_part:
        return "Children and young people were invited. A few or none took part."
    return ""


def _invited_not_there(facts: Facts) -> str:
    if facts.groups_missing:
        return f"Invited, and a few or none took part: {', '.join(facts.groups_missing)}."
    return ""


RULES: tuple[Rule, ...] = (
    Rule("heard-but-nothing-decided", _heard_but_nothing_decided),
    Rule("heard-unevenly", _heard_unevenly),
    Rule("promised-more-than-it-was", _promised_more_than_it_was),
    Rule("open-but-felt-decided", _open_but_felt_decided),
    Rule("fixed-and-promised-together", _fixed_and_promised_together),
    Rule("decided-but-not-told", _decided_but_not_told),
    Rule("spoke-but-not-in-decisions", _spoke_but_not_in_decisions),
    Rule("late-with-answers", _late_with_answers),
    Rule("decided-but-overdue", _decided_but_overdue),
    Rule("said-done-but-disputed", _said_done_but_disputed),
    Rule("said-done-and-nobody-confirms", _said_done_and_nobody_confirms),
    Rule("children-invited-not-there", _children_invited_not_there),
    Rule("invited-not-there", _invited_not_there),
    Rule("few-answered", _few_answered),
)


@dataclass(frozen=True)
class Contradiction:
    """A fact that stands against another, and the name of the rule that said it."""

    rule: str
    sentence: str


def contradictions(facts: Facts) -> list[Contradiction]:
    """What does not fit together, in the order of `RULES`."""
    return [Contradiction(rule.name, told) for rule in RULES if (told := rule.say(facts))]


def _people(number: int) -> str:
    told = rounded_count(number)
    return f"{told[0].upper()}{told[1:]} people were" if number else "A few people or none were"


def _those(labels: Sequence[str]) -> str:
    *before, last = labels
    return f"{', '.join(before)} and {last}" if before else last


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _wait(number: int) -> str:
    return "waits" if number == 1 else "wait"


def _it(number: int) -> str:
    return "it" if number == 1 else "they"


def _rests(number: int) -> str:
    return "rests" if number == 1 else "rest"
