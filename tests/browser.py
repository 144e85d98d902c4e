"""Finding a browser and the accessibility checker, for the journeys."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# Rules of axe that we hold: WCAG 2.2 A and AA, and what it calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Everything that is pressed and is below 44 px, but for links inside a sentence, words of the
# glossary, and what is only there for screen readers until it has the focus.
TOO_SMALL = """() => {
  const small = [];
  const all = "a[href], button, select, textarea, summary, input:not([type=hidden])";
  for (const one of document.querySelectorAll(all)) {
    if (!one.checkVisibility() || one.matches(".govuk-skip-link, .term > summary")) continue;
    const label = one.matches("[type=radio], [type=checkbox]") && (one.closest("label") ||
      one.labels[0]);
    const box = (label || one).getBoundingClientRect();
    const inSentence = one.matches("a") && getComputedStyle(one).display === "inline" &&
      [...one.parentElement.childNodes].some(
        node => node.nodeType === Node.TEXT_NODE && node.textContent.trim().length > 1);
    if (box.width && !inSentence && Math.min(box.width, box.height) < 43.9)
      small.push(`${one.tagName} "${(one.innerText || one.name || "").trim()}" ` +
        `${Math.round(box.width)} by ${Math.round(box.height)} px`);
  }
  return small;
}"""


def unavailable(reason: str) -> NoReturn:
    """Skip with the reason; in CI nothing is skipped, so there it fails."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def executable() -> str | None:
    """Chromium from $COPRODUCE_CHROMIUM, then the system's; None leaves it to Playwright."""
    for path in (os.environ.get("COPRODUCE_CHROMIUM", ""), "/usr/bin/chromium"):
        if path and Path(path).exists():
            return path
    return None


def axe_source() -> str:
    folder = Path(os.environ.get("COPRODUCE_NODE_MODULES", ROOT / "node_modules"))
    file = folder / "axe-core" / "axe.min.js"
    if not file.exists():
        unavailable("axe-core is not installed: python3 tools/assets.py --tests")
    return file.read_text(encoding="utf-8")


def findings(violations: list[dict[str, object]]) -> str:
    """What axe found, one line for each element."""
    lines = []
    for violation in violations:
        nodes = violation["nodes"]
        assert isinstance(nodes, list)
        lines += [f"{violation['id']}: {violation['help']}: {node['html']}" for node in nodes]
    return "\n".join(lines)
