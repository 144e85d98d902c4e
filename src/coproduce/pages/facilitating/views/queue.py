"""New words of every kind, waiting to be looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coproduce.conversations.models import Conversation
from coproduce.moderation import names
from coproduce.moderation.access import LOOKERS, words_in_sight, words_to_worry_about
from coproduce.moderation.models import Look
from coproduce.moderation.queries import count_waiting, queue, read_by_phrases
from coproduce.moderation.services import look_at, mask
from coproduce.moderation.tasks import read_what_was_left
from coproduce.pages.audience import for_team
from coproduce.pages.facilitating.views.acting import whole
from coproduce.people.models import TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.safeguarding.models import Concern
from coproduce.words.models import Words

KINDS = [(kind.value, kind.label) for kind in Words.Kind]


@dataclass
class Typed:
    """What a facilitator typed about one row, kept when it could not be done."""

    outcome: str = ""
    ground: str = ""
    note: str = ""
    hide: str = ""
    marked: list[str] = field(default_factory=list)
    problem: str = ""

    @property
    def not_kept(self) -> list[str]:
        """Sentences that give back what was typed, where its row stands here no more."""
        parts = " / ".join(line.strip() for line in self.hide.splitlines() if line.strip())
        return [
            f"{what}: “{typed.strip()}”."
            for what, typed in (("You had written", self.note), ("You wanted to hide", parts))
            if typed.strip()
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@for_team(*LOOKERS)
def look(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    typed: dict[str, Typed] = {}
    if request.method == "POST":
        typed = _look_at_all(request, member)
        if not typed:
            return redirect(request.get_full_path())
    read_by_phrases(conversation)
    read_what_was_left(conversation.pk)
    held = request.GET.get("held") == "yes"
    kind = request.GET.get("kind", "")
    page = queue(
        conversation,
        held=held,
        kind=kind if kind in Words.Kind.values else "",
        page=request.GET.get("page"),
    )
    here = {row.ref for row in page}
    for ref, each in typed.items():
        if ref not in here:  # somebody else has looked at it, or it stands on another page now
            messages.warning(request, " ".join([f"{ref}: {each.problem}", *each.not_kept]))
    return render(
        request,
        "facilitating/queue.html",
        {
            "conversation": conversation,
            "tab": "queue",
            "page": page,
            "rows": [(row, typed.get(row.ref, Typed())) for row in page],
            "problems": [(ref, each.problem) for ref, each in typed.items() if ref in here],
            "waiting": count_waiting(conversation),
            "held": held,
            "kind": kind,
            "kinds": KINDS,
            "grounds": Look.Ground.choices,
            "finds_names": names.finds_names(),
            "help_lines": settings.HELP_LINES,
        },
    )


def _look_at_all(request: HttpRequest, member: TeamMember) -> dict[str, Typed]:
    """Do what was chosen, each on its own, so that one problem stops nothing else."""
    form = request.POST
    refs = [key.removeprefix("seen-") for key in form if key.startswith("seen-")]
    worries = [ref for ref in refs if form.get(f"outcome-{ref}") == Look.Outcome.SET_APART]
    found = words_in_sight(member.conversation, refs)
    found |= words_to_worry_about(member.conversation, worries)
    problems: dict[str, Typed] = {}
    done: list[str] = []
    set_apart: list[str] = []
    for ref in refs:
        outcome = form.get(f"outcome-{ref}", "")
        row = Typed(
            outcome=outcome,
            ground=form.get(f"ground-{ref}", ""),
            note=form.get(f"note-{ref}", ""),
            hide=form.get(f"hide-{ref}", ""),
            marked=form.getlist(f"part-{ref}"),
        )
        if not (outcome or row.hide.strip() or row.marked):
            continue
        try:
            if ref not in found:
                raise Meanwhile(
                    "Somebody has looked at these words meanwhile, or they were taken back."
                )
            _look_at_one(form, found[ref], member, row)
        except Meanwhile as meanwhile:
            now = _what_now(member, ref in worries)
            messages.warning(request, " ".join([f"{ref}: {meanwhile} {now}", *row.not_kept]))
        except Refused as refused:
            row.problem = str(refused)
            problems[ref] = row
        else:
            (set_apart if outcome == Look.Outcome.SET_APART else done).append(ref)
    if done:
        messages.success(request, f"Done: {len(done)} {'row' if len(done) == 1 else 'rows'}.")
    if set_apart:
        _say_set_apart(request, member, set_apart)
    return problems


@transaction.atomic
def _look_at_one(form: QueryDict, words: Words, member: TeamMember, row: Typed) -> None:
    seen = whole(form.get(f"seen-{words.ref}")) or 0
    # The safeguarding lead gets the exact words: no slip of the pen about names keeps them back.
    spans = [] if row.outcome == Look.Outcome.SET_APART else _marked(words.text, row)
    if spans:
        mask(words=words, by=member, spans=spans, seen=seen)
    if row.outcome:
        look_at(
            words=words,
            by=member,
            outcome=row.outcome,
            ground=row.ground,
            note=row.note,
            seen=seen,
        )


def _what_now(member: TeamMember, was_worried: bool) -> str:
    if not was_worried:
        return "Nothing was done twice."
    conversation = member.conversation
    name, contact = conversation.safeguarding_name, _contact(conversation)
    return f"Nothing could be set apart. Please tell {name} yourself now: {contact}."


def _contact(conversation: Conversation) -> str:
    """How to reach the safeguarding lead, to stand at the end of a sentence."""
    return conversation.safeguarding_contact.strip().rstrip(".")


def _marked(text: str, row: Typed) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for part in row.marked:
        start, _, end = part.partition("-")
        if (first := whole(start)) is not None and (last := whole(end)) is not None:
            spans.append((first, last))
    for line in row.hide.splitlines():
        here = names.occurrences(text, line)
        if line.strip() and not here:
            raise Refused(
                f"“{line.strip()}” does not stand in these words. Copy it as it is there."
            )
        spans.extend(here)
    return spans


def _say_set_apart(request: HttpRequest, member: TeamMember, refs: list[str]) -> None:
    conversation = member.conversation
    name, contact = conversation.safeguarding_name, _contact(conversation)
    told = Concern.objects.filter(words__ref__in=refs, steps__kind="told").distinct().count()
    if told == len(refs):
        told_so = f"{name} was told by e-mail, without the words."
    else:
        told_so = f"No e-mail could be sent. Please tell {name} now: {contact}."
    messages.warning(
        request,
        f"Set apart. Only {name} can read the words now. {told_so} "
        "If somebody may be in danger now, call 999.",
    )
