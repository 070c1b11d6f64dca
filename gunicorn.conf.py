"""The web server's settings; `gunicorn postmortems.wsgi` finds this file itself."""

from postmortems import env, logs

# Read here, in the parent process, so that a bad value is said once.
environment = env.load()

bind = f"{environment.bind_address}:{environment.port}"
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 20
control_socket_disable = True
logconfig_dict = logs.configuration(environment.log_level, readable=environment.debug)
