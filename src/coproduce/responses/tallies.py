"""Keeping the tallies in step: people counted once for each cluster, by their partner groups.

Every act that changes who answered what runs inside `in_step` or `one_answer_in_step`, or is
followed by `recount` or, for a new statement, by `begin_tally`.

Locks are taken in one order, participants first and then clusters, each by key, so that no two
acts wait for each other. SQLite has one writer at a time and needs none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Max, Min

from commonground.answers import Answer, Given, cluster_answer
from coproduce.people.models import Participant
from coproduce.prepared import Prepared, PreparedModels, planning_once
from coproduce.responses.models import Response, Tally
from coproduce.statements.models import Cluster, Statement
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet

# (cluster, membership, the column of the tally)
Place = tuple[int, int, str]

# (participant, membership, cluster, statement, answer, settles)
Row = tuple[int, int, int, int, int, bool]

COLUMNS = {1: "agree", 0: "not_sure", -1: "disagree"}


def counted() -> QuerySet[Response]:
    """The answers that count: all but those to words that their author has taken back."""
    return Response.objects.exclude(statement__words__standing=Standing.WITHDRAWN)


def lock_clusters(clusters: Collection[int]) -> None:
    if connection.features.has_select_for_update:
        list(
            Cluster.objects.select_for_update(no_key=True)
            .filter(pk__in=clusters)
            .order_by("pk")
            .values_list("pk", flat=True)
        )


def membership_here(participant: int) -> int | None:
    """Inside a transaction: the person is locked. Their partner groups, as they are now; None where
    they have taken everything back, on another device."""
    found = _here.rows(participant=participant)
    return found[0][0] if found else None


_here = Prepared(
    lambda participant: (
        Participant.objects.select_for_update(no_key=True)
        .filter(pk=participant, left_at=None)
        .values_list("membership")
    ),
    "participant",
)


def lock_participants(participants: Collection[int]) -> None:
    if connection.features.has_select_for_update:
        list(
            Participant.objects.select_for_update(no_key=True)
            .filter(pk__in=participants)
            .order_by("pk")
            .values_list("pk", flat=True)
        )


@contextmanager
def in_step(participants: Collection[int]) -> Iterator[None]:
    """Whatever is done inside to these people's answers or partner groups is carried over."""
    lock_participants(participants)
    clusters: set[int] = set()
    while not (now := _clusters(participants)) <= clusters:
        clusters |= now
        lock_clusters(clusters)
        if not connection.features.has_select_for_update:
            break
    before = _places(_rows(counted().filter(participant__in=participants)))
    yield
    after = _places(_rows(counted().filter(participant__in=participants)))
    _carry_over(before, after)


class InCluster:
    """What one person has answered in one cluster, in order of time."""

    def __init__(self, participant: int, membership: int, cluster: int) -> None:
        self._person = participant, membership, cluster
        self.rows = _in_cluster.rows(participant=participant, cluster=cluster)

    def answers(self, statement: int) -> bool:
        return any(row[3] == statement for row in self.rows)

    def put(self, statement: int, answer: int, settles: bool) -> None:
        """What was written to the database just now."""
        earlier = [row for row in self.rows if row[3] != statement]
        self.rows = [*earlier, (*self._person, statement, answer, settles)]


@contextmanager
def one_answer_in_step(
    participant: int, membership: int, statement: Statement
) -> Iterator[InCluster]:
    """The same for one person's answer to one statement: only its cluster is looked at.

    The person is locked already (`membership_here`). Whoever writes the answer `put`s it too.
    """
    own = InCluster(participant, membership, _locked_cluster_of(statement.pk))
    before = _places(own.rows)
    yield own
    _carry_over(before, _places(own.rows))


def _clusters(participants: Collection[int]) -> set[int]:
    return set(
        Response.objects.filter(participant__in=participants).values_list(
            "statement__cluster_id", flat=True
        )
    )


def _locked_cluster_of(statement: int) -> int:
    """Where the statement was put elsewhere while this waited, it is asked for again."""
    while True:
        locked = _to_lock.first(statement=statement)
        if locked is not None and (
            not connection.features.has_select_for_update
            or _cluster_of.rows(statement=statement) == [(locked.pk,)]
        ):
            return locked.pk


def _places(rows: Iterable[Row]) -> Counter[Place]:
    """Where people stand in the tallies, worked out from their answers."""
    return Counter(place for _, place in _stands(rows))


def _rows(answers: QuerySet[Response]) -> QuerySet[Response, Row]:
    return answers.order_by("answered_at", "pk").values_list(
        "participant_id",
        "participant__membership",
        "statement__cluster_id",
        "statement_id",
        "answer",
        "settles",
    )


_cluster_of = Prepared(
    lambda statement: Statement.objects.filter(pk=statement).values_list("cluster_id"),
    "statement",
)
_to_lock = PreparedModels(
    lambda statement: (
        Cluster.objects.select_for_update(no_key=True, of=("self",))
        .filter(statements=statement)
        .only("pk")
    ),
    "statement",
)
_in_cluster = Prepared(
    lambda participant, cluster: _rows(
        counted().filter(participant_id=participant, statement__cluster_id=cluster)
    ),
    "participant",
    "cluster",
)


def _stands(rows: Iterable[Row]) -> Iterator[tuple[int, Place]]:
    """Each person's place in each cluster that they answered. The rows come in order of time."""
    given: dict[tuple[int, int, int], list[Given]] = defaultdict(list)
    for order, (participant, membership, cluster, statement, answer, settles) in enumerate(rows):
        given[participant, membership, cluster].append(
            Given(Answer(answer), order, settles, statement)
        )
    for (participant, membership, cluster), answers_given in given.items():
        one = cluster_answer(answers_given)
        if one is not None:
            yield participant, (cluster, membership, str(one))


ADDED = ("agree", "disagree", "not_sure", "mixed")
# Every answer in a full room comes here while others wait to write: this SQL is not written anew.
_ADD = (
    f"UPDATE {Tally._meta.db_table} SET {', '.join(f'{one} = {one} + %s' for one in ADDED)} "
    "WHERE cluster_id = %s AND membership = %s"
)


def _carry_over(before: Counter[Place], after: Counter[Place]) -> None:
    by_tally: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for place in before.keys() | after.keys():
        cluster, membership, column = place
        if people := after[place] - before[place]:
            by_tally[cluster, membership][column] = people
    with planning_once(connection) as cursor:
        for (cluster, membership), columns in sorted(by_tally.items()):
            more = [columns.get(column, 0) for column in ADDED]
            cursor.execute(_ADD, [*more, cluster, membership])
            if not cursor.rowcount:
                Tally.objects.create(cluster_id=cluster, membership=membership, **columns)


def begin_tally(cluster: Cluster, membership: int) -> None:
    """A statement that was just written: its writer agrees, and nobody else can have answered."""
    Tally.objects.create(cluster=cluster, membership=membership, agree=1)


def rebuild(clusters: Iterable[int]) -> None:
    """Count the answers of these clusters again, from the answers themselves."""
    keys = sorted(set(clusters))
    lock_clusters(keys)
    people: Counter[Place] = Counter()
    unlike: set[tuple[int, int]] = set()
    for participant, membership, cluster, lowest, highest in (
        counted()
        .filter(statement__cluster__in=keys)
        .values_list("participant_id", "participant__membership", "statement__cluster_id")
        .annotate(lowest=Min("answer"), highest=Max("answer"))
        .order_by()
    ):
        if lowest == highest:
            people[cluster, membership, COLUMNS[lowest]] += 1
        else:
            unlike.add((participant, cluster))
    for some in batched({participant for participant, _ in unlike}):
        answers = counted().filter(participant__in=some, statement__cluster__in=keys)
        people.update(
            place for person, place in _stands(_rows(answers)) if (person, place[0]) in unlike
        )
    Tally.objects.filter(cluster__in=keys).delete()
    rows: dict[tuple[int, int], Tally] = {}
    for (cluster, membership, column), count in people.items():
        row = rows.setdefault(
            (cluster, membership), Tally(cluster_id=cluster, membership=membership)
        )
        setattr(row, column, count)
    Tally.objects.bulk_create(rows.values(), batch_size=500)


def batched(keys: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    """The keys in lists that every database takes as one question."""
    listed = sorted(keys)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]
