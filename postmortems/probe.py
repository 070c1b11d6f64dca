"""`python -m postmortems.probe`: exits with 0 if the web server here answers."""

import sys
from http.client import HTTPConnection, HTTPException

from postmortems import env


def main() -> int:
    connection = HTTPConnection("127.0.0.1", env.load().port, timeout=5)
    try:
        connection.request("GET", "/health/live")
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
