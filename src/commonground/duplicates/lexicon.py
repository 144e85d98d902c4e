"""Our own word lists, British everyday English, for the rules that tell stances apart."""

from __future__ import annotations

from commonground.words import stem

_NEGATIONS = """
not no never none nobody nothing nowhere neither nor without hardly barely scarcely"""
_TURNING_VERBS = """
stop avoid ban prevent end abolish scrap refuse hate dislike oppose reject forbid
    prohibit lack cease quit cancel remove cut fail forget ignore"""
_FRAMES = """
want like love need wish hope hate think believe feel seem allow support favour prefer
    agree enjoy help try start begin continue keep learn"""

NEGATIONS = frozenset(_NEGATIONS.split())
"""Words that turn round what follows."""

TURNING_VERBS = frozenset(map(stem, _TURNING_VERBS.split()))
"""Verbs that turn round what follows, as "not" does: "stop moving us", "hate being late"."""

FRAMES = frozenset(map(stem, _FRAMES.split()))
"""Verbs that carry a stance toward what follows more than content of their own."""

_OPPOSED = """
always often usually constantly regularly / never rarely seldom hardly
more increase extra longer bigger greater raise grow expand
    / less fewer reduce decrease cut smaller lower shrink
all every everyone everybody everything / none nobody nothing
many most plenty lots / few little
good great excellent helpful useful right best better positive wonderful brilliant
    / bad terrible awful unhelpful useless wrong worst worse negative poor dreadful
safe safer safely / unsafe dangerous danger risky
easy easier simple simpler straightforward / hard harder difficult complicated complex tough
early earlier sooner / late later
before / after
quick quicker quickly fast faster / slow slower slowly
open opened / close closed shut
start begin introduce launch / stop end finish abolish scrap
allow let permit allowed legal legalise / ban forbid prohibit illegal banned forbidden criminalise
include included inclusion inclusive / exclude excluded exclusion
love like enjoy happy glad / hate dislike unhappy sad
agree support favour accept / disagree oppose against reject
trust / distrust mistrust
keep stay remain / leave remove move scrap
same / different
together jointly / separately apart alone
public / private
mainstream / special specialist
inside indoors / outside outdoors
quiet quieter calm / loud louder noisy
near nearby local close / far distant
big large / small
long / short
high / low
strong stronger / weak weaker
clear clearer / unclear confusing confused
fair / unfair unjust
fixed rigid strict / flexible
online remote virtual / person face
possible / impossible
able / unable
must compulsory mandatory required / optional voluntary
yes / no
cheap cheaper free affordable / expensive costly dear
enough sufficient / insufficient lacking
honest honestly / dishonest
respect respected / disrespect disrespected
listened heard / ignored
informed / uninformed
win / lose
group / individual
known familiar / unknown unfamiliar stranger strangers
full / part
equal equally / unequal
succeed success / fail failure
benefit beneficial / harm harmful damage
responsible / irresponsible
necessary / unnecessary
effective / ineffective
accessible / inaccessible
reliable / unreliable
spend / save
"""


def _axes() -> dict[str, tuple[tuple[int, int], ...]]:
    sides: dict[str, list[tuple[int, int]]] = {}
    for axis, line in enumerate(_OPPOSED.strip().replace("\n    ", " ").splitlines()):
        for side, group in zip((1, -1), line.split("/"), strict=True):
            for word in group.split():
                place = (axis, side)
                known = sides.setdefault(stem(word), [])
                if place not in known:
                    known.append(place)
    return {word: tuple(places) for word, places in sides.items()}


AXES = _axes()
"""For each stem, the (axis, side) pairs it stands on; two words oppose when their sides do."""


def opposed(one: str, other: str) -> bool:
    """Whether two stems stand on opposite sides of an axis and never on the same one."""
    first, second = AXES.get(one, ()), AXES.get(other, ())
    pairs = [(a, b) for a, side_a in first for b, side_b in second if a == b and side_a == -side_b]
    return bool(pairs) and one != other


WHO = {
    word: who
    for who, names in {
        "me": "i me my mine myself",
        "child": "child children kid kids pupil pupils student students youngster son daughter",
        "parent": "parent parents mum mums mam mother mothers dad dads father carer carers",
        "school": "school schools teacher teachers headteacher college colleges",
        "professional": "professional professionals staff specialist specialists "
        "expert experts worker workers",
        "health": "doctor doctors nurse nurses gp nhs therapist therapists",
        "council": "council councils government authority authorities officer officers",
    }.items()
    for word in names.split()
}
"""Words for people, by who they are."""
