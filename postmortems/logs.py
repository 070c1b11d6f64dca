"""Log lines: one JSON object each for machines, or plain text for a terminal."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdFilter(logging.Filter):
    """Gives every record the id of the request during which it was made."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class CalmFilter(logging.Filter):
    """Tells of a foreign host name without alarm: scanners ask under any name."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = None
        return True


class JsonFormatter(logging.Formatter):
    """One line of JSON; a caller adds fields with `extra={"fields": {…}}`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", "") or None,
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def configuration(level: str, *, readable: bool) -> dict[str, Any]:
    """What `logging.config.dictConfig` takes, for Django and for gunicorn alike."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": RequestIdFilter},
            "calm": {"()": CalmFilter},
        },
        "formatters": {
            "json": {"()": JsonFormatter},
            "text": {"format": "{levelname:7} {message}", "style": "{"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["request_id"],
                "formatter": "text" if readable else "json",
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Our own line says the same of every answer below 500.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"filters": ["calm"]},
            "gunicorn.error": {"level": level, "propagate": True},
            # It would announce every look at an empty queue.
            "django_tasks_db": {"level": "WARNING"},
            # Each task would be told twice, and deliveries speak for themselves.
            "django_tasks": {"level": "WARNING"},
            # Each step of a PDF, and each table of its fonts.
            "weasyprint": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
    }
