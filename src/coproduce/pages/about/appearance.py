"""How pages look to one person. The choice lives in a cookie of their device, nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.http import HttpRequest, HttpResponseBase

COOKIE = "appearance"
KEPT_FOR = 365 * 24 * 60 * 60

CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "size": (("usual", "Usual"), ("large", "Large"), ("largest", "Very large")),
    "theme": (
        ("light", "Light"),
        ("dark", "Dark"),
        ("device", "As this device is set"),
    ),
    "font": (
        ("usual", "Atkinson Hyperlegible, our usual font"),
        ("dyslexic", "OpenDyslexic, a font that some people with dyslexia like"),
    ),
}


@dataclass(frozen=True, slots=True)
class Appearance:
    size: str = "usual"
    theme: str = "light"
    font: str = "usual"


def chosen(request: HttpRequest) -> Appearance:
    """What this device keeps; anything unknown in the cookie is left out."""
    kept = request.COOKIES.get(COOKIE, "").split(".")
    names = [field.name for field in fields(Appearance)]
    return Appearance(
        **{
            name: value
            for name, value in zip(names, kept, strict=False)
            if value in {key for key, _ in CHOICES[name]}
        }
    )


def keep(response: HttpResponseBase, appearance: Appearance) -> None:
    response.set_cookie(
        COOKIE,
        f"{appearance.size}.{appearance.theme}.{appearance.font}",
        max_age=KEPT_FOR,
        samesite="Lax",
    )
