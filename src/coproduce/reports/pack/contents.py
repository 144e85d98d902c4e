"""Writing the pack: a folder for each conversation, and a page to read first."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from commonground.rounding import rounded_count
from coproduce.conversations.models import Phase
from coproduce.exchange.statement_export import safe_cell
from coproduce.reports.open_data.formats import as_csv
from coproduce.reports.open_data.sets import SETS
from coproduce.reports.pack.chain import COLUMNS, chain_of, said_between
from coproduce.reports.paper import as_pdf
from coproduce.reports.shared_understanding import paper_of_version
from coproduce.understanding.models import Version

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation

# Of open data, what the pack holds beside the chain.
FROM_OPEN_DATA = ("lines", "decisions", "actions", "replies", "questions", "genuineness")


def pack_of(
    conversations: Sequence[Conversation],
    *,
    partner_group: str = "",
    more: Sequence[tuple[str, bytes]] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> bytes:
    """The zip. `more`: other files at its top, by name. Needs partner groups prefetched."""
    versions = {
        one.pk: list(
            Version.objects.filter(conversation=one)
            .select_related("conversation")
            .order_by("number")
        )
        for one in conversations
    }
    total = sum(2 + len(found) for found in versions.values()) + 1
    done = 0

    def step() -> None:
        nonlocal done
        progress(done, total)
        done += 1

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("README.txt", read_me(conversations, versions, partner_group, more))
        for name, content in more:
            pack.writestr(name, content)
        for one in conversations:
            step()
            rows = [[column.name for column in COLUMNS], *chain_of(one, partner_group)]
            pack.writestr(f"{one.slug}/chain.csv", _table(rows))
            step()
            pack.writestr(f"{one.slug}/about.csv", _table(_about(one, versions[one.pk])))
            for name in FROM_OPEN_DATA:
                data = SETS[name]
                pack.writestr(f"{one.slug}/{name}.csv", as_csv(data.fields, data.rows(one, False)))
            for version in versions[one.pk]:
                step()
                pdf = as_pdf(paper_of_version(version))
                pack.writestr(f"{one.slug}/versions/version-{version.number}.pdf", pdf)
        step()
    return file.getvalue()


def _table(rows: Iterable[Sequence[str]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def _about(conversation: Conversation, versions: Sequence[Version]) -> list[tuple[str, str, str]]:
    """What the conversation stated, its phases and versions by day, how many took part."""
    rows = [("what", "date", "text")]
    for field in (
        "name", "purpose", "can_change", "cannot_change", "who_decides", "time_and_money",
        "thanks", "who_runs_it",
    ):  # fmt: skip
        rows.append((field.replace("_", " "), "", str(getattr(conversation, field))))
    fixed = {True: "yes", False: "no", None: "not stated"}[conversation.options_fixed]
    rows.append(("options fixed when it opened (the organiser says)", "", fixed))
    rows.append(("promised", "", str(conversation.get_rung_display())))
    promised = conversation.hear_back_by.isoformat() if conversation.hear_back_by else ""
    rows.append(("people hear back by", promised, ""))
    rows.append(("people could say something", "", said_between(conversation)))
    for change in conversation.phase_changes.order_by("at", "pk"):
        phases = ", ".join(str(Phase(phase).label) for phase in change.phases)
        rows.append(("phases", timezone.localdate(change.at).isoformat(), phases))
    for version in versions:
        day = timezone.localdate(version.published_at).isoformat()
        keys = "two partner groups confirmed it" if version.second_key_id else "one partner alone"
        rows.append((f"version {version.number}", day, keys))
    if versions:
        frozen = versions[-1].frozen
        labels = dict(frozen["rule"]["groups"])
        rows.append(("people asked", "", str(frozen["asked"] or "not stated")))
        if not frozen["took_part"]["groups"]:
            # Beside partner groups a total can give away a hidden one.
            rows.append(("people who took part", "", rounded_count(frozen["took_part"]["people"])))
        for key, people in frozen["took_part"]["groups"]:
            rows.append((f"took part: {labels.get(key, key)}", "", rounded_count(people)))
    return rows


def read_me(
    conversations: Sequence[Conversation],
    versions: dict[int, list[Version]],
    partner_group: str,
    more: Sequence[tuple[str, bytes]],
) -> str:
    day = timezone.localdate()
    lines = [
        "Inspection pack",
        f"Made on {day.day} {day:%B %Y} by Coproduce at {settings.PUBLIC_URL}",
        "",
        "What this is",
        "",
        "People said what matters to them. Others answered. Statements that say the same were put",
        "together, and connected statements stand under an idea. A shared understanding was",
        "published: its lines rest on the statements. Decisions and replies rest on lines, ideas",
        "or statements. Actions follow from decisions. This pack lets you follow each statement",
        "to what came of it.",
        "",
        "Where to begin",
        "",
        "Open chain.csv in the folder of a conversation, with a spreadsheet. Each row is one way",
        "from a statement to an action. A statement that reaches two decisions has two rows. An",
        "empty response means that the statement still waits. The columns:",
        "",
        *(f"  {column.name}: {column.meaning}" for column in COLUMNS),
        "",
        "Then:",
        "",
        "  about.csv: what the conversation stated, its phases and versions with their days, how",
        "    many people were asked and took part",
        "  genuineness.csv: was it genuine? What people felt, the record, and what changed",
        *(
            f"  {name}.csv: {SETS[name].about[0].lower()}{SETS[name].about[1:]}"
            for name in FROM_OPEN_DATA
            if name != "genuineness"
        ),
        "  versions: each published version as a PDF",
        *(f"  {name}: the yearly report on the Local Offer" for name, _ in more),
        "",
        "The conversations",
        "",
    ]
    for one in conversations:
        count = len(versions[one.pk])
        told = f"{count} version{'' if count == 1 else 's'}"
        lines.append(f"  {one.slug}: {one.name} ({told})")
    if partner_group:
        labels = {
            group.label
            for one in conversations
            for group in one.partner_groups.all()
            if group.key == partner_group
        }
        lines += [
            "",
            "Only one partner group",
            "",
            f"chain.csv holds only statements of: {', '.join(sorted(labels))}. Statements whose",
            "partner group cannot be told are not among them.",
        ]
    lines += [
        "",
        "How to read numbers",
        "",
        "Nobody may be picked out. Numbers of people are rounded to 5. Fewer than five read “a few",
        "or none”. Shares of groups under 20 people are words. A partner group stands beside a",
        "statement only where at least five people of exactly that group wrote in the same way,",
        "and where those left over hide each other too. It is decided once. Words whose writer",
        "took them back are gone; their row says so. Nothing in this pack says who wrote or",
        "answered what.",
        "",
        "Done means done",
        "",
        "An action is done when people whose words it rests on, of another partner group than its",
        "owner, confirm it. Said to be done means that only the owner says so. Disputed means that",
        "somebody whose words it rests on says that it is not.",
        "",
    ]
    return "\r\n".join(lines)
