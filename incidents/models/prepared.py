"""Questions whose SQL is made once, and asked again with other values.

Django takes longer to make the SQL of a report than a database to answer it.
"""

from collections.abc import Callable, Hashable
from copy import copy
from types import SimpleNamespace
from typing import Any, Final, Generic, TypeVar

from django.db import connections, models, router
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=models.Model)

# Stand in for the values until there are any; whole numbers, as keys are.
FIRST_STAND_IN: Final = 2_000_000_011
# No row has a larger number, so a larger one finds none either.
MOST: Final = 2**63 - 1
MOST_SHAPES: Final = 100


class Question(Generic[Row]):
    """The SQL of one set of rows, with the places of the values in it."""

    def __init__(self, rows: models.QuerySet[Row], names: tuple[str, ...]) -> None:
        self.using = rows.db
        self.compiler = rows.query.get_compiler(using=self.using)
        self.sql, self.params = self.compiler.as_sql()
        names_of = {FIRST_STAND_IN + place: name for place, name in enumerate(names)}
        self.places = {
            place: names_of[value]
            for place, value in enumerate(self.params)
            if isinstance(value, int) and value in names_of
        }
        assert set(self.places.values()) == set(names), "A value has no place."

    def rows(self, values: dict[str, int]) -> list[Row]:
        compiler = self.asked(values)
        told: Any = SimpleNamespace(
            db=self.using,
            query=SimpleNamespace(get_compiler=lambda using: compiler),
            _known_related_objects={},
        )
        return list(ModelIterable(told))

    def tuples(self, values: dict[str, int]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.asked(values).results_iter()]

    def asked(self, values: dict[str, int]) -> SQLCompiler:
        """A compiler that has nothing left to make."""
        params = self.filled(values)
        compiler: SQLCompiler = copy(self.compiler)
        # Each thread has a connection of its own.
        compiler.connection = connections[self.using]
        vars(compiler)["as_sql"] = lambda: (self.sql, params)
        return compiler

    def filled(self, values: dict[str, int]) -> list[Any]:
        """What stands in the places of the SQL when these are the values."""
        params = list(self.params)
        for place, name in self.places.items():
            params[place] = min(values[name], MOST)
        return params


class Prepared(Generic[Row]):
    """Rows that are asked for all day, with SQL made once a `shape`.

    `make` gets the shape, and a number for each name that `rows` is given a value
    for. Its SQL may depend on the shape, never on the numbers.
    """

    def __init__(
        self, model: type[Row], make: Callable[..., models.QuerySet[Row]]
    ) -> None:
        self.model, self.make = model, make
        self.questions: dict[Hashable, Question[Row]] = {}

    def rows(self, shape: Hashable, **values: int) -> list[Row]:
        return self.question(shape, values).rows(values)

    def tuples(self, shape: Hashable, **values: int) -> list[tuple[Any, ...]]:
        """The rows of a question that was made with `values_list`."""
        return self.question(shape, values).tuples(values)

    def sql(self, shape: Hashable, **values: int) -> tuple[str, list[Any]]:
        """The question with its values, to be a part of a larger one."""
        question = self.question(shape, values)
        return question.sql, question.filled(values)

    def question(self, shape: Hashable, values: dict[str, int]) -> Question[Row]:
        using = router.db_for_read(self.model)
        question = self.questions.get((using, shape))
        if question is None:
            if len(self.questions) >= MOST_SHAPES:
                self.questions.clear()
            question = self.prepare(shape, tuple(values), using)
            self.questions[using, shape] = question
        return question

    def prepare(
        self, shape: Hashable, names: tuple[str, ...], using: str
    ) -> Question[Row]:
        stand_ins = {name: FIRST_STAND_IN + place for place, name in enumerate(names)}
        return Question(self.make(shape, **stand_ins).using(using), names)
