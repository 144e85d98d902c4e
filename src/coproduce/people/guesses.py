"""A limit on guesses at private codes, for all web processes together.

Somebody who mistypes is told so without a guess being counted: only four real code words that
open nothing count. A whole room shares one address, so the limit for an address is far above
what a room needs; at that pace, guessing one of 50,000 codes takes an address about 40,000 years.
"""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.utils import timezone

from coproduce.people import code_keys
from coproduce.people.models import WrongCode

COUNTED_FOR = timedelta(hours=1)
FROM_ONE_ADDRESS = 60
FROM_EVERYWHERE = 3000


def _whence(address: str) -> str:
    """Which address, for today only: nothing here says who tried."""
    day = timezone.localdate().isoformat()
    return hmac.new(code_keys.current(), f"{day} {address}".encode(), "sha256").hexdigest()[:32]


def too_many(address: str) -> bool:
    recent = WrongCode.objects.filter(at__gt=timezone.now() - COUNTED_FOR)
    if recent.filter(whence=_whence(address)).count() >= FROM_ONE_ADDRESS:
        return True
    return recent.count() >= FROM_EVERYWHERE


def count_wrong(address: str) -> None:
    WrongCode.objects.filter(at__lte=timezone.now() - COUNTED_FOR).delete()
    WrongCode.objects.create(whence=_whence(address))
