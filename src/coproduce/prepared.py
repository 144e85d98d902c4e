"""Questions to the database that are asked on every page, put into SQL once.

Django writes the SQL of a query anew each time that it is asked. For one row, that takes ten times
as long as the answer. Here a query is written once in each process; asked again, it only takes new
values. PostgreSQL plans it once for each connection too, which for a short query takes it longer
than the answer. Use it where a page of a full room asks, or many of the longest pages do; not
elsewhere.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.db import connections
from django.db.models import Aggregate, Model, QuerySet, Value
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

Row = TypeVar("Row")
Kept = TypeVar("Kept", bound=Model)

# What stands for a value while the SQL is written. No query of ours holds these themselves, and
# the smallest whole numbers that a database keeps are large enough for them.
_NUMBER = 31_700
_TEXT = "\ue000"


def planning_once(connection: BaseDatabaseWrapper) -> CursorWrapper:
    """A cursor whose SQL PostgreSQL plans once for each connection. SQLite needs no such thing.

    Django's own cursor writes the values into the SQL, so that no two questions look alike.
    """
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    cursor = _planned()(connection.connection)
    return cast("CursorWrapper", connection._prepare_cursor(cursor))  # type: ignore[attr-defined]


@cache
def _planned() -> type[Any]:
    # Here, since an installation on SQLite need not load PostgreSQL's driver.
    from django.db.backends.postgresql.base import ServerBindingCursor

    class Planned(ServerBindingCursor):
        def execute(self, query: Any, params: Any = None) -> Any:
            return super().execute(query, params, prepare=True)  # type: ignore[misc]

    return Planned


def _fetched(plan: _Plan, values: list[Any]) -> list[Sequence[Any]]:
    """The rows. SQLite answers sooner than Django has made a cursor: there is none, unless somebody
    counts or watches the questions."""
    connection = connections[plan.using]
    if connection.vendor != "sqlite" or connection.queries_logged or connection.execute_wrappers:
        with planning_once(connection) as cursor:
            cursor.execute(plan.sql, values)
            rows: list[Sequence[Any]] = cursor.fetchall()
        return rows
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        rows = connection.connection.execute(plan.of_sqlite, values).fetchall()
    return rows


class Prepared(Generic[Row]):
    """A query of `values_list` rows: `Prepared(lambda key: ..., "key")`, then `rows(key=5)`.

    The values are whole numbers, and texts where the name ends in `text` or `ref`. `build` gets
    stand-ins for them: it may only pass them on to the query.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *names: str) -> None:
        self._build = build
        self._stand_ins: dict[str, int | str] = {
            name: f"{_TEXT}{at}" if name.endswith(("text", "ref")) else _NUMBER + at
            for at, name in enumerate(names)
        }
        self._written: _Plan | None = None
        self._writing = threading.Lock()

    def rows(self, **given: int | str) -> list[Row]:
        return [cast("Row", tuple(row)) for row in self._ask(self._plan(), given)]

    def _ask(self, plan: _Plan, given: dict[str, int | str]) -> list[Sequence[Any]]:
        values = [given.get(name, value) for name, value in plan.values]
        rows = _fetched(plan, values)
        if plan.converters:
            return list(plan.compiler.apply_converters(rows, plan.converters))
        return rows

    def _plan(self) -> _Plan:
        plan = self._written
        if plan is None:
            with self._writing:
                plan = self._written = self._written or self._write()
        return plan

    def _write(self) -> _Plan:
        queryset = self._build(**self._stand_ins)
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        names = {stand_in: name for name, stand_in in self._stand_ins.items()}
        values = [(names.get(one, "") if isinstance(one, int | str) else "", one) for one in params]
        missing = self._stand_ins.keys() - {name for name, _ in values}
        if missing:
            raise ValueError(f"not in the query: {', '.join(sorted(missing))}")
        return _Plan(compiler, sql, values)


def summed_up(
    rows: Callable[[], QuerySet[Any, Any]], by: str, *figures: Aggregate
) -> Prepared[tuple[Any, ...]]:
    """Figures over the rows of one record: `summed_up(lambda: ..., "participant_id", Max("at"))`.

    Asked with `rows(key=5)`: one row of the key and its figures, or none where there is nothing.
    """
    return Prepared(
        lambda key: rows().filter(**{by: key}).order_by().values_list(by).annotate(*figures), "key"
    )


def summed_up_in_all(
    rows: Callable[[], QuerySet[Any, Any]], **figures: Aggregate
) -> Prepared[tuple[Any, ...]]:
    """Figures over all of these rows: `rows()` gives one row, whatever there is."""
    return Prepared(
        lambda: rows().order_by().annotate(all=Value(1)).values_list("all").annotate(**figures)
    )


class PreparedModels(Prepared[Kept]):
    """The same for records, with what `select_related` and `annotate` name; without prefetching."""

    def all(self, **given: int | str) -> list[Kept]:
        plan = self._plan()
        return [plan.record(row) for row in self._ask(plan, given)]

    def first(self, **given: int | str) -> Kept | None:
        """The first record, in the order of the query, or None."""
        return next(iter(self.all(**given)), None)


class _Plan:
    """The SQL of a query, and how its rows become values or records."""

    def __init__(self, compiler: SQLCompiler, sql: str, values: list[tuple[str, Any]]) -> None:
        self.compiler, self.sql, self.values = compiler, sql, values
        # Each thread asks by its own connection. The compiler's is that of whoever wrote the query:
        # converting values only asks it which database it is.
        self.using = str(compiler.using)
        # As SQLite has it; Django rewrites it so for each question.
        self.of_sqlite = sql.replace("%s", "?").replace("%%", "%")
        columns = [column for column, _, _ in compiler.select or ()]
        self.converters = compiler.get_converters(columns)
        about = compiler.klass_info
        if about is not None:
            fields = about["select_fields"]
            self.own = slice(fields[0], fields[-1] + 1)
            self.model = about["model"]
            self.names = [column.target.attname for column in columns[self.own]]
            self.related = get_related_populators(  # type: ignore[call-arg]
                about, compiler.select, self.using
            )
            self.annotated = [*(compiler.annotation_col_map or {}).items()]

    def record(self, row: Sequence[Any]) -> Any:
        made = self.model.from_db(self.compiler.using, self.names, row[self.own])
        for populate in self.related:
            populate.populate(row, made)
        for name, at in self.annotated:
            setattr(made, name, row[at])
        return made
