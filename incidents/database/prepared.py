"""Questions whose SQL is made once, and asked again with other values.

Django takes longer to make the SQL of a report than a database to answer it.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db import connections, models, router
from django.db.models import query as django_query
from django.db.models.functions import Upper
from django.db.models.lookups import Exact
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=models.Model)
# What keys are, and what rows are found by besides.
Value = int | str | UUID | dt.datetime

# Stand in for the values until there are any, each with its place added.
FIRST_STAND_IN: Final = 2_000_000_011
# No row has a larger number, so a larger one finds none either.
MOST: Final = 2**63 - 1
MOST_SHAPES: Final = 100
# What its stubs tell of it is true of a later Django only.
POPULATORS: Final[Any] = django_query.get_related_populators


class PreparedSql(Generic[Row]):
    """The SQL of one set of rows, with the places of the values in it."""

    def __init__(
        self, rows: models.QuerySet[Row], stand_ins: Mapping[str, Value]
    ) -> None:
        self.using = rows.db
        compiler = rows.query.get_compiler(using=self.using)
        self.sql, self.params = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        self.converters = list(compiler.get_converters(columns).items())
        self.made: Made[Row] | None = None
        if compiler.klass_info:
            self.made = Made(compiler, self.using)
        names = {self.param(value): name for name, value in stand_ins.items()}
        self.places = {
            place: names[value]
            for place, value in enumerate(self.params)
            if isinstance(value, Value) and value in names
        }
        assert set(self.places.values()) == set(stand_ins), "A value has no place."

    def param(self, value: Value) -> Value:
        """As this database takes it."""
        database = connections[self.using]
        if isinstance(value, int):
            return max(-MOST, min(value, MOST))
        if isinstance(value, dt.datetime):
            return database.ops.adapt_datetimefield_value(value) or value
        has_uuids = database.features.has_native_uuid_field
        return value.hex if isinstance(value, UUID) and not has_uuids else value

    def rows(self, values: Mapping[str, Value]) -> list[Row]:
        assert self.made is not None, "This question is about values."
        return [self.made.row(columns) for columns in self.answers(values)]

    def tuples(self, values: Mapping[str, Value]) -> list[tuple[Any, ...]]:
        return [tuple(columns) for columns in self.answers(values)]

    def answers(self, values: Mapping[str, Value]) -> Iterator[list[Any]]:
        """What the database says, in the types that Python has for it."""
        # Each thread has a connection of its own.
        connection = connections[self.using]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(values))
            found = cursor.fetchall()
        for columns in map(list, found):
            for place, (converters, expression) in self.converters:
                for convert in converters:
                    columns[place] = convert(columns[place], expression, connection)
            yield columns

    def filled(self, values: Mapping[str, Value]) -> list[Any]:
        """What stands in the places of the SQL when these are the values."""
        params = list(self.params)
        for place, name in self.places.items():
            params[place] = self.param(values[name])
        return params


class Made(Generic[Row]):
    """How a row is made of its columns, as Django makes one; decided once."""

    def __init__(self, compiler: SQLCompiler, using: str) -> None:
        about: Any = compiler.klass_info
        self.using, self.model = using, about["model"]
        own = about["select_fields"]
        self.own = slice(own[0], own[-1] + 1)
        selected: Any = compiler.select[self.own]
        self.names = [column.target.attname for column, *_ in selected]
        self.related = POPULATORS(about, compiler.select, using)
        self.more = list((compiler.annotation_col_map or {}).items())

    def row(self, columns: list[Any]) -> Row:
        made: Row = self.model.from_db(self.using, self.names, columns[self.own])
        for related in self.related:
            related.populate(columns, made)
        for name, place in self.more:
            setattr(made, name, columns[place])
        return made


class Prepared(Generic[Row]):
    """Rows that are asked for all day, with SQL made once a `shape`.

    `make` gets the shape, and a value of its sort for each name that `rows` is given
    one for. Its SQL may depend on the shape, never on the values.
    """

    def __init__(
        self, model: type[Row], make: Callable[..., models.QuerySet[Row]]
    ) -> None:
        self.model, self.make = model, make
        self.questions: dict[Hashable, PreparedSql[Row]] = {}

    def rows(self, shape: Hashable, **values: Value) -> list[Row]:
        return self.question(shape, values).rows(values)

    def tuples(self, shape: Hashable, **values: Value) -> list[tuple[Any, ...]]:
        """The rows of a question that was made with `values_list`."""
        return self.question(shape, values).tuples(values)

    def first(self, shape: Hashable, **values: Value) -> Row | None:
        return next(iter(self.question(shape, values).rows(values)), None)

    def sql(self, shape: Hashable, **values: Value) -> tuple[str, list[Any]]:
        """The question with its values, to be a part of a larger one."""
        question = self.question(shape, values)
        return question.sql, question.filled(values)

    def question(
        self, shape: Hashable, values: Mapping[str, Value]
    ) -> PreparedSql[Row]:
        using = router.db_for_read(self.model)
        question = self.questions.get((using, shape))
        if question is None:
            if len(self.questions) >= MOST_SHAPES:
                self.questions.clear()
            question = self.prepare(shape, values, using)
            self.questions[using, shape] = question
        return question

    def prepare(
        self, shape: Hashable, values: Mapping[str, Value], using: str
    ) -> PreparedSql[Row]:
        stand_ins = {
            name: stand_in(value, place)
            for place, (name, value) in enumerate(values.items())
        }
        return PreparedSql(self.make(shape, **stand_ins).using(using), stand_ins)


def stand_in(value: Value, place: int) -> Value:
    """A value of the same sort, which no question holds by chance."""
    number = FIRST_STAND_IN + place
    if isinstance(value, UUID):
        return UUID(int=number)
    if isinstance(value, dt.datetime):
        return dt.datetime.fromtimestamp(number, dt.UTC)
    return f"stand-in {number}" if isinstance(value, str) else number


def equals_ignoring_case(column: str, text: str) -> Exact:
    """As `iexact`, which changes its value while the SQL is made: too early here."""
    return Exact(Upper(column), Upper(models.Value(text)))


def children(model: type[Row], *related: str) -> Prepared[Row]:
    """The rows of one incident in their own order, each with what `related` names."""

    def make(shape: None, *, incident: int) -> models.QuerySet[Row]:
        rows = model._default_manager.filter(incident=incident)
        return rows.select_related(*related) if related else rows

    return Prepared(model, make)
