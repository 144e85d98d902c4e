"""Signs that words may tell of harm: our own phrases, and closeness to sentences that we wrote.

An aid that puts words first in the queue. Never a control: every word is read by a person, and
what this misses is measured in docs/explanation/what-moderators-see.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commonground.vectors import SentenceVectors, Vectors

PHRASES = "phrases-2"

_SOMEONE = r"(?:me|us|him|her|them|my \w+|our \w+|each other)"
_PHRASES = re.compile(
    "|".join(
        (
            rf"\b(?:hit|hits|hitting|hurts?|hurting|beats?|beating|beaten|kick(?:s|ed|ing)?|"
            rf"slap(?:s|ped)?|punch(?:es|ed)?|smack(?:s|ed)?|choke[sd]?|strangle[sd]?|"
            rf"burn(?:s|t|ed)?|grab(?:s|bed)?|drag(?:s|ged)?)\b (?:\w+ly )?{_SOMEONE}\b",
            rf"\b(?:touch(?:es|ed)?|undress(?:es|ed)?|kiss(?:es|ed)?) {_SOMEONE}\b",
            r"\b(?:kill|killing|hurt|hurting|cut|cutting|harm|harming|starv(?:e|ing)) "
            r"(?:my|him|her)sel(?:f|ves)\b",
            r"\bself[- ]?harm",
            r"\bsuicid",
            r"\b(?:want|wants|wanted|wish|wishes|going) "
            r"(?:to die|(?:i|he|she) (?:was|were) dead)\b",
            r"\b(?:not|n[o']t) want to (?:be here any ?more|live|wake up|be alive)\b",
            r"\bend (?:it all|my life|his life|her life)\b",
            r"\b(?:scared|afraid|frightened|terrified) "
            r"(?:of (?:my|him|her|them|what)|to go home|at home)\b",
            r"\b(?:lock(?:s|ed)?|shut(?:s)?|tied?) (?:me|him|her|us|my \w+) (?:in|up|out|to)\b",
            r"\b(?:restrain|pin)(?:s|ed|ned) (?:me|him|her|my \w+)\b|\bheld (?:me|him|her) down\b",
            r"\b(?:sexual(?:ly)?|rape[ds]?|raping|abus(?:e|es|ed|ing)|groom(?:ed|ing))\b",
            r"\b(?:bruise[sd]?|black eye)\b",
            r"\b(?:no food|nothing to eat|not (?:being )?fed|do(?:es)? not feed|doesn't feed|"
            r"go(?:es)? (?:to bed )?hungry)\b",
            r"\b(?:must|can)(?: no|n'|')t tell (?:any(?:one|body)|my|mum|dad)\b",
            r"\b(?:secret|secrets) (?:with|from|between)\b",
            r"\bnaked (?:photo|picture|image)s?\b",
            r"\bphotos? of (?:me|him|her) (?:naked|undressed)\b",
        )
    )
)

PROTOTYPES = (
    "Somebody at home hits me.",
    "My dad hits me when he is angry.",
    "My mum's boyfriend hurts my brother.",
    "A member of staff hurt my child.",
    "They hold him down on the floor until he cries.",
    "He comes back from school with bruises and nobody says why.",
    "They lock her in a room alone.",
    "An adult touches me in a way that I do not like.",
    "Somebody asked me for pictures without clothes.",
    "He told me to keep it a secret.",
    "I am not safe at home.",
    "I am frightened to go home.",
    "I do not want to be alive any more.",
    "I think about killing myself.",
    "My daughter cuts herself.",
    "My son says he wants to die.",
    "I hurt myself when it gets too much.",
    "There is no food in our house.",
    "Nobody looks after us at night.",
    "Nobody gives him his medicine or changes him.",
    "The driver shouts at me and grabs my arm.",
    "Older children beat me up every day.",
    "My husband threatens to kill us.",
    "I cannot go on and I might hurt my child.",
    "Someone online wants to meet me and says not to tell.",
    "The taxi man puts his hand on my leg.",
)


# What people say every day about the same things, some of it in strong figures of speech.
EVERYDAY = (
    "The waiting list for an assessment is too long.",
    "The bus comes late every morning.",
    "The paperwork is killing me.",
    "We are fighting the council for a school place.",
    "I hate the noise in the dining hall.",
    "My daughter is worried about tests.",
    "Teachers should understand autism.",
    "I want to choose my own lunch.",
    "The school should tell us what happens next.",
    "Drivers need to know how to help.",
    "He does not like it when the timetable changes.",
    "Nobody answers the phone.",
    "I feel left out at break time.",
    "We want more clubs and short breaks.",
    "Staff should listen to children.",
    "My son cannot wait to go to college.",
    "I was cut off when I was speaking.",
    "It breaks my heart that she has no friends.",
    "Please make the forms shorter.",
    "The reports should be in plain words.",
    "I like my teacher.",
    "I am tired of telling our story again and again.",
    "Be kind and respect each other.",
    "Parents need support and information.",
    "I do not like homework.",
    "Schools should teach about bullying and safety.",
    "I want to go out with my friends by myself.",
    "The hoist hurts when it is not put on well.",
    "I am a dad of two boys.",
    "I am a teaching assistant.",
    "I am twelve and I go to a special school.",
    "The clinic is only open when we are at work.",
    "Nobody told us how long it takes.",
    "The letter came too late.",
    "They said that she does not meet the criteria.",
    "It was cancelled at the last minute.",
    "I have a brother and he needs a lot of help.",
    "I want some time for myself without my family.",
    "I would like to stay overnight with my friends.",
    "I do not like to sleep in another bed.",
    "She needs somebody who knows her well.",
    "He gets there tired after an hour on the bus.",
    "Send us pictures of the place before we go.",
    "Put it on a page on the internet so that everybody can find it.",
    "There is no changing place, so we cannot stay.",
    "We had to go to a tribunal to get it.",
    "It is a battle, but we do not give up.",
    "I want to do it by myself.",
    "Ask me and not my parents.",
    "On Mondays there is a group for girls.",
    "Somebody rang to ask how we were.",
    "We filled in the same form again and again.",
)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def phrases_worry(text: str) -> bool:
    return _PHRASES.search(_plain(text)) is not None


_sides_by_model: dict[str, tuple[Vectors, Vectors]] = {}


def _sides(model: SentenceVectors) -> tuple[Vectors, Vectors]:
    if model.name not in _sides_by_model:
        _sides_by_model[model.name] = model.embed(PROTOTYPES), model.embed(EVERYDAY)
    return _sides_by_model[model.name]


def worries(
    texts: Sequence[str],
    model: SentenceVectors | None = None,
    vectors: Vectors | None = None,
) -> list[bool]:
    """For each text, whether it may tell of harm.

    With `model`, also a text whose meaning lies nearer to one of `PROTOTYPES` than to all of
    `EVERYDAY`: no closeness of its own is asked for, since no fixed one told the two apart.
    `vectors`: those of the texts, shape (texts, d), where the model has made them already.
    """
    found = [phrases_worry(text) for text in texts]
    if model is not None and texts:
        harm, everyday = _sides(model)
        made = model.embed(texts) if vectors is None else vectors
        nearer = (made @ harm.T).max(axis=1) >= (made @ everyday.T).max(axis=1)
        found = [by_phrase or bool(near) for by_phrase, near in zip(found, nearer, strict=True)]
    return found
