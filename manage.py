#!/usr/bin/env python
"""Django's command line for this site."""

import os
import sys

from postmortems import command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postmortems.settings")
    command_line.main(sys.argv)


if __name__ == "__main__":
    main()
