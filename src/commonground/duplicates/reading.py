"""Whether a text is in the language whose stances the rules can read: English.

Only used to hold back. Where a text does not look English, nothing says whether "nie", "nu" or
"ddim" turns it round, so that it is not proposed as the same as another, however near it lies.
"""

from __future__ import annotations

from functools import lru_cache

from commonground.duplicates.lexicon import AXES, NEGATIONS, VALENCE, WHO
from commonground.words import FUNCTION_WORDS, stem, words

_ENGLISH_TOO_LIST = """
    a i an am and are as at be by can do did get had has have he her here him his how if in into
    is it its just like made make me mine more most much must my no nobody none nor not now of
    off on once one ones only or other our out over own per she should since so some such than
    that the their them then there these they this those though to too up us very want was we
    well were what when where which who why will with would yes yet you your"""
_ENGLISH_TOO = frozenset(_ENGLISH_TOO_LIST.split())
_OTHERS_LIST = """
    aby ale bardzo bez będzie chcę chcemy ci co czy dla do go ich ja jak jako je jego jej jest
    już każdy która które który ma mam mamy mi mnie moja moje może mój muszą na nad nam nas nie
    niech nigdy o od oraz po pod powinien powinna powinno powinny przez się są szkoły ta tak tam
    te tego tej ten to tu tylko u w we więcej wszyscy z za ze że żeby acest această al am ar are
    au aș ca care ce cel cu cum da dar de deci din doar este eu fi fie fost în îi îmi îți la le
    li lor lui mai mea mele meu mult multe mulți ne ni nici niciodată noastre nostru noi nu ori
    pe pentru prea prin sau se sunt și să știe toate toți trebuie un unde unei unui vă vor vreau
    vrem ac at bod bydd byth chi ddim dw dy ddylai dylai dylid ei eich eisiau ein er fe fod fy
    gan gyda hi hoffwn heb hefyd hyn hynny i iawn ichi mae mewn mwy nawr nhw nid oedd oes
    pawb rhaid roedd rwy rydw rydyn sy sydd wedi wneud wrth y ydi ydw ydy yn yng ym yr el los
    las del que en una es son para por con no su más muy pero como está les des du et une est
    pas nous vous il elle ils pour dans sur avec plus qui cette der die das und ist nicht eine
    zu mit für auf wir sie den dem von werden kein mehr os as um uma é não com mais mas nós seu
    sua isso ser ao em lo gli di che è non per sono dei della nel più anche ve bir bu için çok
    daha değil var"""
_OTHERS = frozenset(_OTHERS_LIST.split())
_SURELY_ENGLISH = (FUNCTION_WORDS | _ENGLISH_TOO | NEGATIONS) - _OTHERS
_SURELY_OTHER = _OTHERS - FUNCTION_WORDS - _ENGLISH_TOO
_SHORT = 3
_ENDINGS = ("ing", "tion", "tions", "ed", "ly", "ness", "ment", "ful", "less", "ity", "ies", "ght")


@lru_cache(maxsize=16384)
def reads_as_english(text: str) -> bool:
    """False where small words of another language outweigh English ones, or nothing is English.

    Without any small word, an English ending or a word that the rules know counts, or that there
    are three words at most ("Friendly staff"), where all letters are plain. Numbers are not read,
    and neither is a text without a word: a thumb up lies beside a thumb down.
    """
    told = [word for word in words(text) if not word.isnumeric()]
    if not told:
        return False
    english = sum(word in _SURELY_ENGLISH for word in told)
    other = sum(word in _SURELY_OTHER for word in told)
    if english or other:
        return english >= other and english > 0
    if not all(word.isascii() for word in told):
        return False
    return len(told) <= _SHORT or any(
        word.endswith(_ENDINGS) or word in WHO or stem(word) in AXES or stem(word) in VALENCE
        for word in told
    )
