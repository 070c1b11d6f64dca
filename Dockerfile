# The packages and the static files are made here; pip stays behind.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv --without-pip /venv
RUN python -m pip --python /venv install --no-cache-dir --require-hashes -r requirements.txt
ARG EXTRAS=""
RUN test -z "$EXTRAS" || python -m pip --python /venv install --no-cache-dir $EXTRAS
COPY . .
RUN SECRET_KEY=for-this-step-only /venv/bin/python manage.py collectstatic --no-input

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home postmortems
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
ENV DATA_DIR=/data BIND_ADDRESS=0.0.0.0 PORT=8000
VOLUME /data
EXPOSE 8000
USER postmortems
HEALTHCHECK --start-period=30s CMD ["python", "-m", "postmortems.probe"]
CMD ["sh", "-c", "python manage.py migrate --no-input && python manage.py reindex --missing && exec python -m postmortems.web"]
