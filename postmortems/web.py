"""`python -m postmortems.web`: the web server, as gunicorn.conf.py sets it up."""

import sys

from postmortems import env


def main() -> None:
    # gunicorn reads WEB_CONCURRENCY as soon as it is imported, and a value that it
    # cannot read ends in a traceback. Ours is one line, and the code not to try again.
    env.load()
    from gunicorn.app.wsgiapp import run

    sys.argv[1:] = ["postmortems.wsgi"]
    run()


if __name__ == "__main__":
    main()
