"""What every page may use."""

from django.conf import settings
from django.http import HttpRequest

from coproduce.pages.about.appearance import chosen


def installation(request: HttpRequest) -> dict[str, object]:
    return {
        "help_lines": settings.HELP_LINES,
        "public_url": settings.PUBLIC_URL,
        "appearance": chosen(request),
    }
