"""The site as it is in production, with what only a measurement needs."""

from postmortems.settings import *

ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.counting.queries_counted", *MIDDLEWARE]
