"""The words of a short statement, made comparable.

Everything that compares statements reads them through this module, so that "Don't!" typed on a
phone and "do not" typed in an office are the same words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

LONGEST = 1000
"""Characters of a statement that are read. What is longer is compared by its first 1,000."""

_TEXTS_KEPT = 16384
"""Texts whose reading is kept in memory, a few kilobytes each."""

_WORD_OR_MARK = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.,;:!?()\n—–]")
_LIST_NUMBER = re.compile(r"^\s*\d{1,3}[.):]\s+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_NUMERALS = {
    word: str(number)
    for number, word in enumerate(
        # "one" is left out: it is mostly a pronoun ("one of us", "the right one")
        (
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ),
        start=2,
    )
}
_WHOLE = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "wasnt": ("was", "not"),
    "arent": ("are", "not"),
    "shouldnt": ("should", "not"),
    "wouldnt": ("would", "not"),
    "couldnt": ("could", "not"),
    "cant": ("can", "not"),
    "wont": ("will", "not"),
    "mustnt": ("must", "not"),
    "havent": ("have", "not"),
    "hasnt": ("has", "not"),
}
_ENDINGS = {
    "'re": "are",
    "'ve": "have",
    "'ll": "will",
    "'d": "would",
    "'m": "am",
}

_FUNCTION_WORDS = """
    a an the this that these those there here it its he she they them his her hers their theirs we
    us our ours you your yours i me my mine one ones who whom whose which what when where why how
    and or but so if then than as at by for from in into of off on onto out over to up with within
    about after again all also am any anyone anything are be been being because before both can
    could did do does doing done each else even ever every everyone everything everybody get gets
    getting got had has have having just let like lot made make makes making may maybe might more
    most much must need needed needs no nobody none nor not nothing now often only other others own
    please put quite rather really same shall should some someone something still such sure take
    takes very was way ways well were will would yes yet too while during through between against
    until upon us per via want wanted wants lots thing things anybody able"""

FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that carry grammar, stance or quantity and say little about what a statement is about."""


def tidy(text: str) -> str:
    """`text` in one Unicode form, no control characters, single-spaced, at most `LONGEST` long."""
    if text.isascii() and text.isprintable():
        # Most texts: nothing to fold, so that letters need not be looked at one by one.
        return re.sub(r" +", " ", text[: 4 * LONGEST].replace("`", "'")).strip()[:LONGEST]
    folded = unicodedata.normalize("NFKC", text[: 4 * LONGEST]).translate(_APOSTROPHES)
    kept = "".join(
        letter if letter.isprintable() or letter == "\n" else " "
        for letter in folded
        if unicodedata.category(letter) != "Cs"
    )
    return re.sub(r"[^\S\n]+", " ", kept).strip()[:LONGEST]


@lru_cache(maxsize=_TEXTS_KEPT)
def words_and_marks(text: str) -> tuple[str, ...]:
    """Lower-case words with contractions written out, and the marks that end a clause, in order."""
    found: list[str] = []
    for piece in _WORD_OR_MARK.findall(_LIST_NUMBER.sub("", tidy(text)).casefold()):
        if piece in _WHOLE:
            found.extend(_WHOLE[piece])
        elif piece.endswith("n't"):
            found.extend((piece[:-3], "not"))
        elif "'" in piece:
            head, tail = piece.split("'", 1)
            ending = "'" + tail
            found.append(head)
            if ending in _ENDINGS:
                found.append(_ENDINGS[ending])
        else:
            found.append(_NUMERALS.get(piece, piece))
    # Of "n't" by itself, nothing stands before the ending.
    return tuple(piece for piece in found if piece)


_OWNER = re.compile(r"([^\W_]+)'s\b")


def owners(text: str) -> frozenset[str]:
    """Lower-case words that stand with "'s": whose something is, or who is or has something."""
    return frozenset(_OWNER.findall(tidy(text).casefold()))


def is_word(piece: str) -> bool:
    return piece[0].isalnum()


@lru_cache(maxsize=_TEXTS_KEPT)
def words(text: str) -> tuple[str, ...]:
    return tuple(piece for piece in words_and_marks(text) if is_word(piece))


_stemmer = snowballstemmer.stemmer("english")

_SAID_ALSO_AS = {
    "child": "children kid kids son sons daughter daughters",
    "person": "people persons",
    "bus": "buses busses",
    "mum": "mums mam mams mom moms mummy mother mothers",
    "dad": "dads daddy father fathers",
    "colour": "color colors colored colouring",
    "centre": "center centers centered",
    "programme": "program programs",
    "licence": "license licenses licences",
    "practice": "practise practised practising",
    "enquiry": "inquiry inquiries enquiries",
    "grey": "gray",
    "paediatric": "pediatric",
    "learn": "learnt",
    "travel": "travelling traveling traveler traveller travellers",
    "cancel": "cancelled canceled cancelling canceling cancellation",
    "defence": "defense",
    "judgement": "judgment",
}
_IRREGULAR = {
    "become": "became",
    "begin": "began begun",
    "break": "broke broken",
    "bring": "brought",
    "build": "built",
    "buy": "bought",
    "catch": "caught",
    "choose": "chose chosen",
    "come": "came",
    "deal": "dealt",
    "draw": "drew drawn",
    "drive": "drove driven",
    "eat": "ate eaten",
    "fall": "fell fallen",
    "feel": "felt",
    "fight": "fought",
    "forget": "forgot forgotten",
    "give": "gave given",
    "go": "went gone",
    "grow": "grew grown",
    "hear": "heard",
    "hide": "hid hidden",
    "hold": "held",
    "keep": "kept",
    "know": "knew known",
    "lead": "led",
    "lose": "lost",
    "make": "made",
    "meet": "met",
    "pay": "paid",
    "ride": "rode ridden",
    "ring": "rang rung",
    "run": "ran",
    "say": "said",
    "see": "saw seen",
    "sell": "sold",
    "send": "sent",
    "show": "shown",
    "sing": "sang sung",
    "sit": "sat",
    "sleep": "slept",
    "speak": "spoke spoken",
    "spend": "spent",
    "stand": "stood",
    "steal": "stole stolen",
    "swim": "swam swum",
    "take": "took taken",
    "teach": "taught",
    "tell": "told",
    "think": "thought",
    "throw": "threw thrown",
    "understand": "understood",
    "wake": "woke woken",
    "wear": "wore worn",
    "win": "won",
    "write": "wrote written",
}
"""Verbs whose past no ending shows; "left" and "found" are left out, being other words as well."""
_ONE_WORD = {
    form: word
    for word, forms in (*_IRREGULAR.items(), *_SAID_ALSO_AS.items())
    for form in forms.split()
}
"""Everyday words that say the same, British words with their American spellings, and past forms."""

_AMERICAN = re.compile(r"(?<=[a-z]{3})(?:yz|iz)(?=(?:e|es|ed|er|ers|ing|ation|ations)$)")
_AMERICAN_OUR = re.compile(r"^(neighb|behavi|fav|lab|hon|hum|rum|harb|vap|col)or(?=$|[a-z])")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem by Porter's second algorithm, after everyday variants are made one.

    "Kids", "sons" and "daughters" are children; American spellings become British ones; "taught" is
    what "teach" is.
    """
    british = _AMERICAN_OUR.sub(r"\1our", _ONE_WORD.get(word, word))
    british = _AMERICAN.sub(lambda found: found[0].replace("z", "s"), british)
    return str(_stemmer.stemWord(british))


@lru_cache(maxsize=_TEXTS_KEPT)
def content_stems(text: str) -> tuple[str, ...]:
    """Stems of the words that say what the statement is about, in order, repeats kept.

    A "just" at the end is one of them: it means fair there.
    """
    said = words(text)
    told = [word for word in said if word not in FUNCTION_WORDS]
    if told and said[-1] == "just":
        told.append("just")
    return tuple(map(stem, told))


@lru_cache(maxsize=_TEXTS_KEPT)
def letter_grams(text: str) -> frozenset[str]:
    """Runs of four characters inside spaced words: what still matches when a word is misspelt.

    Texts without spaces between words (Chinese, Japanese) are compared by these alone.
    """
    spaced = f" {' '.join(words(text))} "
    size = 4 if spaced.isascii() else 2
    return frozenset([spaced[at : at + size] for at in range(max(1, len(spaced) - size + 1))])
