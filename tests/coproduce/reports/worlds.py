"""Worlds that differ in one hidden fact, and everything that anybody can reach in them."""

from __future__ import annotations

import io
import itertools
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from unittest import mock

from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from coproduce import models as all_models
from coproduce.conversations.models import Conversation, Phase
from coproduce.genuineness.counts import move_public_counts
from coproduce.genuineness.models import CheckIn, CheckInAnswer, PublicCount
from coproduce.ideas.models import Idea, StatementTag, Tag
from coproduce.pages.reporting.views import data, embed
from coproduce.people.models import Account, Participant, Role
from coproduce.reports.annual_files import paper_of_report, table_of_report
from coproduce.reports.models import AnnualReport
from coproduce.reports.open_data.sets import SETS
from coproduce.reports.pack.contents import pack_of
from coproduce.reports.queries.annual import annual
from coproduce.reports.services import make_report, settle_whose_words
from coproduce.reports.shared_understanding import paper_of_version
from coproduce.responses.models import Figure
from coproduce.responses.services import answer, bring_figures_up_to_date
from coproduce.responses.ways import answers_by_way
from coproduce.statements.models import Statement
from coproduce.understanding.models import Passage, Version
from tests.coproduce.cast import make_participant, make_statement
from tests.coproduce.pages.test_audience import ADDRESSES
from tests.coproduce.reports.saying import acted, decided, decision_maker, this_year, who_runs_it
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_idea,
    make_team,
    write_draft,
)

AGREE, DISAGREE = 1, -1


@dataclass(frozen=True)
class Hidden:
    """The facts that nobody may find out. A world is made from them."""

    health_agree: int = 3  # of four people of a group that is too small
    parents_agree: int = 10  # of eleven: any number that is said in the same word
    health_wrote_the_first: bool = True  # of two statements, by people of two small groups
    health_could_say: str = "yes"  # what one of the four answered in a check-in


@dataclass
class Kept:
    """What the attacker kept on one day: every output, by where it was found."""

    public: dict[str, str]  # the figures that may be shown: what the two worlds may not differ in
    outputs: dict[str, str]


def history(hidden: Hidden, *, pages: bool = True) -> list[Kept]:
    """Everything that could be kept, day by day, in the world with these facts.

    `pages` false: only what comes as data, as a report or in a pack.
    """
    sequences = connection.ops.sequence_reset_sql(
        no_style(), [getattr(all_models, name) for name in all_models.__all__]
    )
    with transaction.atomic(), mock.patch("secrets.choice", random.Random(7).choice):
        with connection.cursor() as cursor:
            for sql in sequences:
                cursor.execute(sql)
        data._kept.clear()
        embed._kept.clear()
        kept = _World(hidden, pages).days()
        transaction.set_rollback(True)
    return kept


class _World:
    def __init__(self, hidden: Hidden, pages: bool) -> None:
        self.hidden = hidden
        self.pages = pages
        self.conversation = agreeing_conversation(
            phases=[Phase.GATHERING, Phase.LISTENING, Phase.CONNECTING]
        )
        self.grace, self.hal = make_team(self.conversation)
        for role in Role.values:
            if not self.grace.has_role(role):
                self.grace.grants.create(role=role)
        self.ines = who_runs_it()
        self.health = self._people(4, "health")
        self.education = self._people(4, "education")
        self.parents = self._people(11, "parent_carers")
        self.words = [
            make_statement(self.conversation, text, by=person) for text, person in self._said()
        ]
        for statement in self.words:
            StatementTag.objects.create(statement=statement, tag=Tag.OFFER_CONTENT)
        self.report: AnnualReport | None = None

    def _people(self, count: int, group: str) -> list[Participant]:
        return [make_participant(self.conversation, group) for _ in range(count)]

    def _said(self) -> Iterator[tuple[str, Participant]]:
        two = [self.health[0], self.education[0]]
        if not self.hidden.health_wrote_the_first:
            two.reverse()
        yield "The list is old.", two[0]
        yield "The list is long.", two[1]
        for number, parent in enumerate(self.parents[:5]):
            yield f"I looked for help number {number}.", parent

    def days(self) -> list[Kept]:
        """Four days: people answer; a version is published; decisions; more people, a version."""
        self._answer(self.health, self.hidden.health_agree)
        self._answer(self.parents, self.hidden.parents_agree)
        self._check_in()
        kept = [self._look()]
        self._publish()
        kept.append(self._look())
        self._decide()
        kept.append(self._look())
        self._phase(Phase.LISTENING)
        later = self._people(6, "parent_carers")
        self._answer(later, 3)
        self._publish()
        kept.append(self._look())
        return kept

    def _answer(self, people: list[Participant], agree: int) -> None:
        for place, person in enumerate(people):
            given = AGREE if place < agree else DISAGREE
            answer(participant=person, statement=self.words[2], answer=given)

    def _check_in(self) -> None:
        for place, person in enumerate([*self.health, *self.parents]):
            choice = self.hidden.health_could_say if place == 0 else ("yes", "no", "yes")[place % 3]
            check_in = CheckIn.objects.create(
                conversation=self.conversation, participant=person, occasion="visit"
            )
            CheckInAnswer.objects.create(check_in=check_in, asked="voice", choice=choice)
            CheckIn.objects.filter(pk=check_in.pk).update(answered_at=check_in.offered_at)

    def _phase(self, phase: str) -> None:
        self.conversation.phases = [phase]
        self.conversation.save()
        for member in (self.grace, self.hal):
            member.conversation.refresh_from_db()

    def _publish(self) -> None:
        self._phase(Phase.AGREEING)
        if not self.conversation.ideas.exists():
            make_idea(self.conversation, "Finding help", *self.words)
        bring_figures_up_to_date(self.conversation)
        write_draft(self.grace)
        both_publish(self.grace, self.hal)

    def _decide(self) -> None:
        self._phase(Phase.ACTING)
        dora = decision_maker(self.conversation)
        acted(dora, decided(dora, *self.words[:3]))
        first, last = this_year()
        self.report = make_report(
            by=self.ines,
            title="Our report",
            first_day=first,
            last_day=last,
            conversations=[self.conversation],
        )

    def _look(self) -> Kept:
        bring_figures_up_to_date(self.conversation)
        move_public_counts(self.conversation)
        settle_whose_words(self.conversation)
        return Kept(
            public={
                f"figure {key}": str(shown)
                for key, shown in Figure.objects.order_by("pk").values_list("pk", "shown")
            }
            | {way.title: str(way) for way in answers_by_way(self.conversation)}
            | {
                about: str(shown)
                for about, shown in PublicCount.objects.order_by("about").values_list(
                    "about", "shown"
                )
            },
            outputs={name: plain(text) for name, text in self._outputs()},
        )

    def _outputs(self) -> Iterator[tuple[str, str]]:
        if self.pages:
            yield from self._pages()
        else:
            yield from _pages(Client(), self.conversation, {"visitors"}, "public", only="data_set")
        conversation = Conversation.objects.prefetch_related("partner_groups").get()
        for version in Version.objects.order_by("number"):
            yield f"version {version.number} as a file", str(paper_of_version(version))
        if self.report is not None:
            told = annual(self.report)
            yield "yearly report", str(paper_of_report(self.report, told))
            yield "yearly report, table", table_of_report(told)
        for group in ("", "health", "education", "parent_carers"):
            pack = zipfile.ZipFile(io.BytesIO(pack_of([conversation], partner_group=group)))
            for name in pack.namelist():
                if not name.endswith(".pdf"):
                    yield f"pack {group} {name}", pack.read(name).decode()

    def _pages(self) -> Iterator[tuple[str, str]]:
        yield from _pages(Client(), self.conversation, {"anyone", "visitors"}, "public")
        member = Client()
        member.force_login(self.grace.account)
        yield from _pages(member, self.conversation, {"team", "signed in"}, "team")
        runs = Client()
        runs.force_login(Account.objects.get(pk=self.ines.pk))
        yield from _pages(runs, self.conversation, {"installation"}, "installation")


def _pages(
    client: Client, conversation: Conversation, audiences: set[str], whose: str, only: str = ""
) -> Iterator[tuple[str, str]]:
    """Every page of these audiences that can be asked for by address, of a few of each kind."""
    refs = [
        *Statement.objects.order_by("pk").values_list("words__ref", flat=True)[:2],
        *Passage.objects.order_by("-version__number", "position").values_list("ref", flat=True)[:2],
        *conversation.decisions.values_list("ref", flat=True),
        *conversation.actions.values_list("ref", flat=True),
    ]
    values = {
        "slug": [conversation.slug],
        "number": list(conversation.versions.values_list("number", flat=True)),
        "ref": refs,
        "key": [
            *AnnualReport.objects.values_list("pk", flat=True),
            *Idea.objects.values_list("pk", flat=True),
        ],
        "letter": ["a"],
        "name": list(SETS),
        "part": ["about"],
        "ending": ["json", "csv"],
    }
    for address in ADDRESSES:
        if getattr(address.view, "audience", None) not in audiences:
            continue
        if not set(address.parameters) <= set(values) or not address.name.endswith(only):
            continue
        for chosen in itertools.product(*(values[name] for name in address.parameters)):
            path = reverse(address.name, kwargs=dict(zip(address.parameters, chosen, strict=True)))
            answer_ = client.get(path)
            if answer_.status_code == 200:
                yield f"{whose} {path}", answer_.content.decode(errors="replace")


def plain(text: str) -> str:
    """Without what is drawn anew for each page, and without days, which may pass meanwhile."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r'(name="(?:[\w-]+-)?form_key" value=)"[^"]+"', r"\1", text)
    text = re.sub(r"\d{4}-\d\d-\d\d(T[\d:.+Z]+)?", "DAY", text)
    text = re.sub(r"datetime\.\w+\([^)]*\)", "DAY", text)
    text = re.sub(r"\b\d{1,2} [A-Z][a-z]+ \d{4}(, \d\d:\d\d)?", "DAY", text)
    return re.sub(r"\b\d+ days?\b", "DAYS", text)


def differing(one: list[Kept], other: list[Kept]) -> list[str]:
    """Where the two histories are not the same, to the letter."""
    found = []
    for day, (here, there) in enumerate(zip(one, other, strict=True), start=1):
        for name in sorted(here.outputs.keys() | there.outputs.keys()):
            if here.outputs.get(name) != there.outputs.get(name):
                found.append(f"day {day}: {name}")
    return found
