"""Questions whose SQL is made once, and asked again with other values.

Django takes longer to make the SQL of a report than a database to answer it.
"""

from collections.abc import Callable, Hashable
from copy import copy
from types import SimpleNamespace
from typing import Any, Final, Generic, TypeVar

from django.db import connections, models, router
from django.db.models.query import ModelIterable

Row = TypeVar("Row", bound=models.Model)

# Stand in for the values until there are any; whole numbers, as keys are.
FIRST_STAND_IN: Final = 2_000_000_011
# No row has a larger number, so a larger one finds none either.
MOST: Final = 2**63 - 1


class Question(Generic[Row]):
    """The SQL of one set of rows, with the places of the values in it."""

    def __init__(self, rows: models.QuerySet[Row], names: tuple[str, ...]) -> None:
        self.compiler = rows.query.get_compiler(using=rows.db)
        self.sql, self.params = self.compiler.as_sql()
        names_of = {FIRST_STAND_IN + place: name for place, name in enumerate(names)}
        self.places = {
            place: names_of[value]
            for place, value in enumerate(self.params)
            if isinstance(value, int) and value in names_of
        }
        assert set(self.places.values()) == set(names), "A value has no place."

    def rows(self, values: dict[str, int]) -> list[Row]:
        params = list(self.params)
        for place, name in self.places.items():
            params[place] = min(values[name], MOST)
        compiler = copy(self.compiler)
        # Each thread has a connection of its own.
        compiler.connection = connections[compiler.using]
        told: Any = SimpleNamespace(
            db=compiler.using,
            query=SimpleNamespace(get_compiler=lambda using: compiler),
            _known_related_objects={},
        )
        vars(compiler)["as_sql"] = lambda: (self.sql, params)
        return list(ModelIterable(told))


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
        using = router.db_for_read(self.model)
        question = self.questions.get((using, shape))
        if question is None:
            question = self.prepare(shape, tuple(values), using)
            self.questions[using, shape] = question
        return question.rows(values)

    def prepare(
        self, shape: Hashable, names: tuple[str, ...], using: str
    ) -> Question[Row]:
        stand_ins = {name: FIRST_STAND_IN + place for place, name in enumerate(names)}
        return Question(self.make(shape, **stand_ins).using(using), names)
