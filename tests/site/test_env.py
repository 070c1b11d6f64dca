"""The person who deploys: every variable is read, or refused in one line."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postmortems import env
from postmortems.values import HOME, Database, Mail

KEY = {"SECRET_KEY": "k" * 60}

unreadable = [
    ("DEBUG", "maybe"),
    ("HTTPS", "2"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "80a"),
    ("PORT", "٨٠"),
    ("TIME_ZONE", "Europe"),
    ("TIME_ZONE", "Mars/Olympus"),
    ("TIME_ZONE", "../../etc/passwd"),
    ("LOG_LEVEL", "LOUD"),
    ("ALLOWED_HOSTS", "https://example.org"),
    ("ALLOWED_HOSTS", "example.org:8000"),
    ("CSRF_TRUSTED_ORIGINS", "example.org"),
    ("CSRF_TRUSTED_ORIGINS", "https://example.org/path"),
    ("BIND_ADDRESS", "*"),
    ("BIND_ADDRESS", "300.1.1.1"),
    ("BIND_ADDRESS", "[::::]"),
    ("WEB_CONCURRENCY", "many"),
    ("WEB_CONCURRENCY", "0"),
    ("DATABASE_URL", "mysql://root@localhost/db"),
    ("DATABASE_URL", "postgres://localhost"),
    ("DATABASE_URL", "postgres://localhost:port/db"),
    ("DATABASE_URL", "postgres://[::1/db"),
    ("DATABASE_URL", "postgres://localhost/db?passwrod=x"),
    ("DATABASE_URL", "postgres://localhost/db?connect_timeout=soon"),
    ("DATABASE_URL", "postgres://localhost/db?sslmode=strict"),
    ("DATABASE_URL", "postgres://localhost:0/db"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite:///:memory:"),
    ("EMAIL_URL", "imap://mail.example.org"),
    ("EMAIL_URL", "smtp://"),
    ("EMAIL_FROM", "nobody"),
    ("EMAIL_FROM", "@"),
    ("SITE_URL", "example.org"),
    ("SITE_URL", "https://example.org:port"),
    ("SITE_URL", "https://example.org/postmortems"),
    ("WEBHOOK_NETWORKS", "intranet"),
    ("WEBHOOK_NETWORKS", "10.1.0.1/16"),
    ("STATIC_HOST", "cdn.example.org"),
    ("STATIC_HOST", "https://:"),
    ("STATIC_HOST", "https://cdn.example.org/static"),
    ("STATIC_HOST", "https://cdn.example.org;script-src"),
    ("MEDIA_BUCKET", "Our Files"),
    ("MEDIA_ENDPOINT", "minio:9000"),
    ("MEDIA_REGION", "somewhere else"),
    ("METRICS_TOKEN", "short"),
    ("METRICS_TOKEN", "two words that are long"),
    ("SENTRY_DSN", "https://example.org/1"),
    ("SENTRY_DSN", "https://key@example.org/project"),
    ("SECRET_KEY", "two\nlines"),
    ("DATA_DIR", "a\0b"),
    ("SECRET_KEY", "\udcff" * 60),
]


@pytest.mark.parametrize(("name", "text"), unreadable)
def test_a_value_that_cannot_be_read_is_named_in_one_line(name: str, text: str) -> None:
    with pytest.raises(env.RefusedError) as refused:
        env.read({**KEY, name: text})
    assert str(refused.value).startswith(f"{name} ")
    assert len(str(refused.value).splitlines()) == 1


texts = st.text() | st.from_regex(
    r"(postgres|sqlite|smtps?)://[^ ]{0,12}(:[^ ]{0,5})?@?\[?[^ ]{0,9}\]?/.{0,9}"
)


@given(st.dictionaries(st.sampled_from(env.VARIABLES), texts))
@example({"DATABASE_URL": "postgres://u:p@[v1.a]/x"})
@example({"EMAIL_URL": "smtp://\u2100.example.org"})
def test_any_text_at_all_is_read_or_refused(environ: dict[str, str]) -> None:
    line = ""
    try:
        env.read({**KEY, **environ})
    except env.RefusedError as refused:
        line = str(refused)
    assert len(line.splitlines()) <= 1


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8))
def test_a_refusal_never_repeats_a_secret(text: str) -> None:
    # A refusal may well say “database”: that is no secret.
    secret = f"xq7{text}"
    for url in (f"postgres://me:{secret}@host", f"nonsense://{secret}@host/name"):
        with pytest.raises(env.RefusedError) as refused:
            env.read({**KEY, "DATABASE_URL": url})
        assert secret not in str(refused.value)


def test_an_empty_variable_counts_as_absent() -> None:
    assert env.read({**KEY, "PORT": ""}).port == 8000


def test_no_variable_is_needed() -> None:
    environment = env.read({})
    assert not environment.debug
    assert environment.https
    assert environment.database_url == Database(
        kind="sqlite", name=str(HOME / "data" / "postmortems.sqlite3")
    )
    assert environment.email_url is None


def test_the_data_folder_carries_the_database_and_the_uploads(tmp_path: Path) -> None:
    environment = env.read({**KEY, "DATA_DIR": str(tmp_path)})
    assert environment.database_url.name == str(tmp_path / "postmortems.sqlite3")
    assert environment.media_root == tmp_path / "media"


def test_a_postgresql_address_is_taken_apart() -> None:
    url = "postgres://me:p%40ss@db.example.org:5433/record?sslmode=require"
    database = env.read({**KEY, "DATABASE_URL": url}).database_url
    assert database == Database(
        kind="postgresql",
        name="record",
        user="me",
        password="p@ss",
        host="db.example.org",
        port=5433,
        options={"sslmode": "require"},
    )


def test_a_postgresql_socket_is_named_by_its_folder() -> None:
    url = "postgresql://postgres@/record?host=/run/postgresql"
    assert env.read({**KEY, "DATABASE_URL": url}).database_url.host == "/run/postgresql"


@pytest.mark.parametrize(
    ("url", "mail"),
    [
        ("smtp://mail.example.org", Mail("none", "mail.example.org", 25)),
        (
            "smtps://me:pw@mail.example.org",
            Mail("tls", "mail.example.org", 465, "me", "pw"),
        ),
        ("smtp+starttls://me@host:26", Mail("starttls", "host", 26, "me")),
    ],
)
def test_a_mail_server_is_known_by_its_address(url: str, mail: Mail) -> None:
    assert env.read({**KEY, "EMAIL_URL": url}).email_url == mail


ADDRESSES = {
    "DATABASE_URL": "postgres://h/db",
    "DATABASE_REPLICA_URL": "postgres://h/db",
    "EMAIL_URL": "smtp://h",
    "SENTRY_DSN": "https://key@h/1",
}


@pytest.mark.parametrize("name", env.SECRETS)
def test_a_secret_can_be_in_a_file(name: str, tmp_path: Path) -> None:
    text = ADDRESSES.get(name, "k" * 60)
    file = tmp_path / "secret"
    file.write_text(f"{text}\n")
    rest = {} if name == "SECRET_KEY" else KEY
    assert env.read({**rest, f"{name}_FILE": str(file)}) == env.read(
        {**rest, name: text}
    )


def test_a_secret_file_that_is_missing_is_named() -> None:
    with pytest.raises(env.RefusedError, match=r"^SECRET_KEY_FILE names a file"):
        env.read({"SECRET_KEY_FILE": "/nowhere/at/all"})


def test_an_empty_secret_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    with pytest.raises(env.RefusedError, match=r"^SECRET_KEY_FILE names an empty"):
        env.read({"SECRET_KEY_FILE": str(tmp_path / "secret")})


def test_a_secret_is_not_set_twice(tmp_path: Path) -> None:
    with pytest.raises(env.RefusedError, match=r"^SECRET_KEY is set, and so is"):
        env.read({**KEY, "SECRET_KEY_FILE": str(tmp_path)})


def test_what_is_shown_of_an_environment_hides_its_secrets() -> None:
    shown = repr(env.read({**KEY, "EMAIL_URL": "smtp://me:hush@host"}))
    assert KEY["SECRET_KEY"] not in shown
    assert "hush" not in shown


def test_a_site_without_a_key_keeps_one_that_only_its_owner_may_read(
    tmp_path: Path,
) -> None:
    environ = {"DATA_DIR": str(tmp_path / "new")}
    first = env.settle(env.read(environ)).secret_key
    assert len(first) > 50
    assert env.settle(env.read(environ)).secret_key == first
    files = [file.name for file in (tmp_path / "new").iterdir()]
    assert files == ["secret-key"]
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_database_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(env.RefusedError, match=r"^DATABASE_URL names a folder"):
        env.settle(env.read({**KEY, "DATABASE_URL": f"sqlite:///{tmp_path}"}))


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    environ = {"DEBUG": "1", "DATA_DIR": str(tmp_path / "data")}
    with pytest.raises(env.RefusedError, match="needs the folder"):
        env.settle(env.read(environ))
