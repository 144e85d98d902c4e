"""Our own word lists, British everyday English, for the rules that tell stances apart."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from commonground.words import stem

_NEGATIONS = """
not no never none nobody nothing nowhere neither nor without hardly barely scarcely seldom rarely"""
_TURNING_VERBS = """
stop avoid ban prevent end abolish scrap refuse hate dislike oppose reject forbid prohibit lack
cease quit cancel remove fail forget ignore doubt wrong"""
_FRAMES = """
want like love need wish hope think believe feel seem allow let support favour prefer agree enjoy
help try start begin continue keep learn rather should able want"""

NEGATIONS = frozenset(_NEGATIONS.split())
"""Words that turn round what follows."""

BREAKS = frozenset(
    (*".!?;:,\n()—–", "but", "because", "so", "although", "until", "unless", "if", "when")
)
"""Where what a negation reaches ends at the latest."""

TURNING_VERBS = frozenset(map(stem, _TURNING_VERBS.split()))
"""Words that turn round what follows, as "not" does: "stop moving us", "it is wrong to"."""

FRAMES = frozenset(map(stem, _FRAMES.split()))
"""Verbs that carry a stance toward what follows more than content of their own."""

NOT_TURNING_BEFORE = frozenset(
    ("in", "at", "on", "for", "when", "after", "before", "because", "by", "during", "if", "again")
)
"""After these a turning verb has no object: "support stops in the summer" denies no summer."""

_OPPOSED = """
always often usually constantly regularly / sometimes occasionally
more increase extra greater raise grow expand higher boost double / less fewer reduce decrease cut
    smaller lower shrink halve shorten
many most plenty lots / few little
good great excellent helpful useful right positive wonderful brilliant well smoothly
    / bad terrible awful unhelpful useless wrong negative poor dreadful badly disaster disastrous
better best improve improved / worse worst worsen
safe safer safely / unsafe dangerous danger risky scared frightened frighten frightens afraid
easy easier simple simpler straightforward / hard harder difficult complicated complex tough
early earlier sooner / late later
before / after
quick quicker quickly fast faster / slow slower slowly
open / close shut
start begin introduce launch / stop end finish abolish scrap
allow let permit legal legalise legalize / ban forbid prohibit illegal criminalise
include included inclusion inclusive / exclude excluded exclusion
love like enjoy happy glad / hate dislike unhappy sad
agree support favour accept / disagree oppose against reject
trust / distrust mistrust
keep stay remain same / leave remove move scrap change changed changing vary
together jointly / separately apart alone
own myself / somebody someone
public / private
mainstream / special specialist
inside indoors / outside outdoors
quiet quieter calm silence silent / loud louder noisy noise
near nearby local close / far distant
big large / small
long longer / short shorter
high / low
hot warm / cold cool
full / empty
strong stronger / weak weaker
clear clearer / unclear confusing confused
fair / unfair unjust
fixed rigid strict / flexible
online remote virtual / face
possible / impossible
able / unable
must compulsory mandatory required obligatory / optional voluntary
yes / no
cheap cheaper free affordable / expensive costly dear
enough sufficient / insufficient lacking
honest honestly / dishonest
respect respected / disrespect disrespected
listened heard / ignored
win / lose
known familiar / unknown unfamiliar stranger
equal equally / unequal
succeed success / fail failure
benefit beneficial / harm harmful damage
necessary / unnecessary
effective / ineffective
reliable / unreliable
spend / save
leave / remain
visible / hidden
benefit beneficial help boost promote protect encourage incentivise strengthen improve
    / harm harmful damage hurt hinder undermine discourage weaken ruin spoil destroy wreck
adopt / abandon
least minimum / most maximum
above over / below under
indoor / outdoor
choice voluntary / forced compulsory
more further again / no
employed / unemployed
city town urban / rural village countryside
rent renting / own owning
male man boy / female woman girl
narrow / wide widen broad
loosen relax relaxed loose / tighten tight strict strictly
thick / thin
heavy / light
rich / poor
rough / smooth
clean / dirty filthy
dry / wet
true / false
dull boring / lively exciting interesting
careful carefully / careless carelessly
beautiful / ugly
nice / nasty
polite politely / rude rudely
gradual gradually / sudden suddenly
deep / shallow
constructive / destructive
meaningful / meaningless
natural / artificial
hopeful / hopeless
remember / forget
accept / refuse
attack / defend
praise / criticise
ignore / notice
unite / divide
borrow / lend
buy / sell
reassure / worry
fill / empty
simplify / complicate
admit / deny
temporary temporarily / permanent permanently
active actively / passive passively
continue keep retain preserve maintain restore resume proceed / axe drop abandon ditch
admit accept welcome include / refuse reject exclude
build create / destroy demolish
ease relieve soothe improve / worsen worse aggravate
excessive / insufficient scarce
welcoming inviting friendly / unwelcoming unfriendly hostile intimidating
valuable worthwhile / pointless worthless
punctual promptly / late delayed
quick quicker soon sooner / slow slower
up / down
on / off
"""

_OPPOSED_OF_ONE_THING = """
create bring make earn gain / cost lose
keep fulfil honour / break
keep hold / sell
save / lose
win / lose
raise / lower
give / take
open unlock / lock
"""


def _axes(lines: str) -> dict[str, tuple[tuple[int, int], ...]]:
    sides: dict[str, list[tuple[int, int]]] = {}
    for axis, line in enumerate(lines.strip().replace("\n    ", " ").splitlines()):
        for side, group in zip((1, -1), line.split("/"), strict=True):
            for word in group.split():
                place = (axis, side)
                known = sides.setdefault(stem(word), [])
                if place not in known:
                    known.append(place)
    return {word: tuple(places) for word, places in sides.items()}


AXES_OF_ONE_THING = _axes(_OPPOSED_OF_ONE_THING)
"""Like `AXES`, for words that oppose only before one word: "create jobs", "cost jobs"."""

AXES = _axes(_OPPOSED)
"""For each stem, the (axis, side) pairs it stands on; two words oppose when their sides do.

From "narrow" on, the lines start from words that WordNet 3.1 (Princeton) names as direct antonyms
and counts as common; those were left out that tell kinds of things apart more than stances.
"""


@lru_cache(maxsize=65536)
def sides_of(word: str) -> tuple[tuple[int, int], ...]:
    """Where a stem stands in `AXES`; "stricter" and "strictest" where "strict" does."""
    if word in AXES:
        return AXES[word]
    for ending in ("er", "est"):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) > 2:
            tried = (bare, bare + "e", bare[:-1]) if bare[-1] == bare[-2] else (bare, bare + "e")
            for one in tried:
                if one in AXES and one not in FRAMES:
                    return AXES[one]
    return ()


def on_one_side(one: str, other: str) -> bool:
    """Whether two stems say much the same on some axis: "loud", "noisy"."""
    return bool(set(sides_of(one)) & set(sides_of(other)))


_NEGATIVE_STARTS = ("un", "in", "im", "il", "ir", "dis", "non", "mis")


@lru_cache(maxsize=65536)
def without_prefix(word: str) -> frozenset[str]:
    """What a stem says without the negative prefix or ending it may have: inaccess, pointless."""
    found: set[str] = set()
    for start in _NEGATIVE_STARTS:
        rest = word[len(start) :]
        if word.startswith(start) and len(rest) > 3:
            # Of "unreadable" the stem is shorter than that of "readable".
            found |= {rest, stem(rest), f"{rest}abl"}
    rest = word.removesuffix("less")
    if rest != word and len(rest) > 2:
        found |= {rest, stem(rest), stem(rest + "ful")}
    return frozenset(found)


def opposed(ones: Iterable[str], others: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs (one, other) of stems that stand on opposite sides of an axis, never on the same."""
    ones, others = set(ones), set(others)
    found = {(one, bare) for one in ones for bare in without_prefix(one) & others}
    found |= {(bare, other) for other in others for bare in without_prefix(other) & ones}
    standing = [(other, sides) for other in others if (sides := sides_of(other))]
    for one in ones:
        places = dict(sides_of(one))
        for other, sides in standing if places else ():
            meet = [places[axis] == side for axis, side in sides if axis in places]
            if meet and not any(meet):
                found.add((one, other))
    return found


_IMPLIED_NOT = """
too cancel cancelled broken break miss missing block struggle late only lack fail refuse hard
difficult bad worse poor slow unless forgotten ignore wrong without short away out lose lost"""

IMPLIED_NOT = frozenset(map(stem, _IMPLIED_NOT.split()))
"""Words that often say in other ways what "not" says: "too noisy for me", "I cannot cope"."""

_SPEAKS_WELL = """
benefit beneficial safe safer safely dignity boost capable freedom improve improved protect healthy
relief effective fair good great excellent love enjoy happy kind friendly welcome welcoming proud
better best brilliant wonderful success succeed acceptable trust respect calm comfortable"""
_SPEAKS_BADLY = """
harm harmful violence violent disease kill killing crime criminal immoral reckless addictive suffer
suffering pain painful dangerous danger abuse abused damage damaging unfair bad badly terrible awful
hate poor wrong rude lonely scared afraid frightened worse worst battle fight stress stressful
disaster fail failure useless risk risky distraction drug lose lost ignored broken"""

VALENCE = dict.fromkeys(map(stem, _SPEAKS_WELL.split()), 1) | dict.fromkeys(
    map(stem, _SPEAKS_BADLY.split()), -1
)
"""Words that speak well (1) or badly (-1) of what they stand beside."""

_WHO = {
    "young.self": "i me my mine myself",
    "any.we": "we us ourselves",
    "young.child": "child children kid kids youngster young teenager teenagers youth son sons"
    " daughter daughters",
    "young.pupil": "pupil pupils student students",
    "family.parent": "parent parents mum mums mam mother mothers dad dads father",
    "family.all": "families family carer carers sibling siblings brother brothers sister sisters",
    "worker.school": "school schools teacher teachers headteacher college colleges teaching",
    "worker.any": "professional professionals staff worker workers assistant assistants",
    "worker.health": "doctor doctors nurse nurses gp nhs therapist therapists hospital",
    "worker.council": "council councils government authority authorities officer officers police",
    "any.resident": "resident residents neighbour neighbours villagers",
    "any.tenant": "tenant tenants lodger lodgers",
    "any.landlord": "landlord landlords landlady owner owners",
    "any.driver": "driver drivers motorist motorists",
    "any.cyclist": "cyclist cyclists",
    "any.walker": "pedestrian pedestrians walker walkers",
    "any.patient": "patient patients",
    "any.customer": "customer customers shopper shoppers",
    "any.visitor": "visitor visitors tourist tourists guest guests",
    "any.volunteer": "volunteer volunteers",
    "any.employer": "employer employers boss bosses manager managers",
    "any.employee": "employee employees",
    "any.politician": "politician politicians councillor councillors mp mps mayor",
    "any.old": "pensioner pensioners elderly grandparent grandparents",
}

WHO = {word: who for who, names in _WHO.items() for word in names.split()}
"""Words for people, by who they are. "I" stands with the young: each may speak for both."""

OWNERS = frozenset(("my", "our", "your", "their", "his", "her"))
"""Before a word for people, these name no further person: "my mum" is one."""

_NO_KINDS = """
i me my mine myself we us ourselves young elderly children"""
_OF_MANY = frozenset(word for word in WHO if word.endswith("s")) - {"nhs", "boss"}
KINDS = WHO.keys() - _OF_MANY - frozenset(_NO_KINDS.split())
"""Words for people that can tell, before a noun, what kind of thing it is: "school bus"."""

_PEOPLE = """
people person folk adult adults member members leader leaders governor governors group groups
representative representatives user users team teams man men woman women boy boys girl girls friend
friends"""
PEOPLE = frozenset(_PEOPLE.split())
"""Words for people that leave open which: "school leaders" are people of the school."""

PLACES = frozenset(("in", "on", "at", "of", "from", "with", "near", "into", "onto", "by", "for"))
BEFORE_NOUNS = PLACES | frozenset(
    ("a", "an", "the", "this", "these", "those", "its", "every", "no", "my", "our", "your", "his")
)
"""What follows these directly is no verb. Not so "that" and "her": "let her decide"."""

_AFTER_NOUNS = """
is are was were has have should must can could will would may might need needs"""
AFTER_NOUNS = frozenset(_AFTER_NOUNS.split())
"""What stands directly before these is no verb, unless "to" stands before it."""

_WHEN = {
    "monday": "mondays", "tuesday": "tuesdays", "wednesday": "wednesdays",
    "thursday": "thursdays", "friday": "fridays", "saturday": "saturdays", "sunday": "sundays",
    "january": "", "february": "", "april": "", "june": "", "july": "", "august": "",
    "september": "", "october": "", "november": "", "december": "",
    "spring": "", "summer": "summers", "autumn": "", "winter": "winters",
    "morning": "mornings", "afternoon": "afternoons", "evening": "evenings night nights",
    "daily": "", "weekly": "fortnightly", "monthly": "", "yearly": "annual annually",
    "primary": "", "secondary": "",
}  # fmt: skip

WHEN = {form: word for word, forms in _WHEN.items() for form in (word, *forms.split())}
"""Times and stages, of which another one is another wish: "open on Mondays", "on Tuesdays"."""

PIVOTS = frozenset(("than", "before", "after", "instead"))
"""Words whose two sides cannot be swapped: "rather buses than trains"."""

SWAPS = {
    "swap": frozenset(("for", "with")),
    "exchang": frozenset(("for", "with")),
    "trade": frozenset(("for",)),
    "replac": frozenset(("with", "by")),
    "prefer": frozenset(("to", "over")),
    "choos": frozenset(("over",)),
}
"""After these (stems), words whose two sides cannot be swapped: "swap the bench for a swing"."""

_WISHES = """
should ought must need needs want wants wish hope please let prefer deserve deserves"""
WISHES = frozenset(_WISHES.split())
"""Words that ask for something: "there should be a crossing", "we need one"."""

ATTITUDES = WISHES | frozenset(
    ("like", "love", "enjoy", "agree", "believe", "think", "support", "favour", "accept", "allowed")
)
"""Who says "not" before these does not tell what is missing, but what they think of it."""

_ASKS = """
keep put make give let open build provide create add bring fix mend repair improve offer start teach
train tell explain ask help support allow include listen show send plant clean have get use invite
hold hire pay publish speak talk treat respect protect set turn run widen move reduce increase"""
ASKS = frozenset(_ASKS.split())
"""Verbs that ask for something where a text starts with them: "put a bench here"."""

FACTS = frozenset(
    ("is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "could", "will")
)
"""Before "not" these tell how things are, unless "do" opens the clause ("do not close it")."""

SOME = frozenset(("some", "several", "many", "most", "few"))
ALL = frozenset(("all", "every", "each", "everyone", "everybody"))
"""How many are meant: what is said of some is not said of all."""
