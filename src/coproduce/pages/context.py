"""What every page may use."""

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, object]:
    return {"help_lines": settings.HELP_LINES, "public_url": settings.PUBLIC_URL}
