"""The site: settings, addresses and whatever else another deployment would change.

- What the environment says: `env` names it, `values` reads each sort of it, `settings`
  is Django's form of it, with `databases`, `uploads`, `logs` and the `keyfile`.
- Around a request: `urls`, `middleware`, and `replicas` for pages that only read.
- Started by: `web` for gunicorn, `wsgi` or `asgi` for another server, `command_line`
  for `manage.py`; `reach` says why a database does not answer.
- Watched from outside: `health` and its `probe`, `metrics` and their `metrics_view`,
  `errors` sent to Sentry, and the `checks` of `manage.py check`.
"""
