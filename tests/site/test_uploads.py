"""Where uploaded files are kept: in a folder, or in a bucket that stays closed."""

import pytest

from postmortems import env, uploads

KEY = {"SECRET_KEY": "k" * 60}
BUCKET = {
    "MEDIA_BUCKET": "our-files",
    "MEDIA_ENDPOINT": "http://minio:9000",
    "MEDIA_ACCESS_KEY": "me",
    "MEDIA_SECRET_KEY": "hush",
}


def test_a_bucket_without_its_package_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(env, "find_spec", lambda name: None)
    with pytest.raises(
        env.RefusedError, match=r"^MEDIA_BUCKET needs .*django-storages"
    ):
        env.settle(env.read({**KEY, **BUCKET}))


def test_files_lie_in_a_folder_unless_a_bucket_is_named() -> None:
    described = uploads.description(env.read({**KEY, "MEDIA_ACCESS_KEY": "me"}))
    assert described == {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def test_a_bucket_is_described_with_what_is_known_of_it() -> None:
    described = uploads.description(env.read({**KEY, **BUCKET}))
    assert described["BACKEND"] == "storages.backends.s3.S3Storage"
    assert described["OPTIONS"] == {
        "bucket_name": "our-files",
        "endpoint_url": "http://minio:9000",
        "access_key": "me",
        "secret_key": "hush",
        "default_acl": None,
        "file_overwrite": False,
    }


def test_the_key_to_the_bucket_is_not_shown() -> None:
    assert "hush" not in repr(env.read({**KEY, **BUCKET}))
