"""How many questions a request asks the database, told to whoever wants to know."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

ASK, TELL = "X-Count-Queries", "X-Queries"
# What frames a transaction is no question.
FRAMES = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "COMMIT")


def queries_counted(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if ASK not in request.headers:
            return get_response(request)
        asked: list[str] = []

        def note(execute: Any, sql: str, *rest: Any) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            response = get_response(request)
        count = sum(not sql.startswith(FRAMES) for sql in asked)
        response[TELL] = str(count)
        return response

    return answer
