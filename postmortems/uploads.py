"""Django's description of where uploaded files are kept: a folder or a bucket."""

from typing import Any

from postmortems.env import Environment

# A store that hangs holds up one page this long, and no longer.
SECONDS_TO_CONNECT = 3
SECONDS_TO_ANSWER = 10
TRIES = 2


def description(environment: Environment) -> dict[str, Any]:
    if not environment.media_bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options = {
        "bucket_name": environment.media_bucket,
        "endpoint_url": environment.media_endpoint,
        "region_name": environment.media_region,
        "access_key": environment.media_access_key,
        "secret_key": environment.media_secret_key,
    }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        # What is not said here, boto3 looks for where it always does. The bucket
        # stays closed: a view that knows the reader serves each file.
        "OPTIONS": {
            **{name: value for name, value in options.items() if value},
            "default_acl": None,
            "file_overwrite": False,
            "client_config": conversation(own_store=bool(environment.media_endpoint)),
        },
    }


def conversation(*, own_store: bool) -> Any:
    """How boto3 talks to the store, as its own Config."""
    # An extra: it is there where a bucket is named, or the start was refused.
    from botocore.config import Config

    return Config(
        connect_timeout=SECONDS_TO_CONNECT,
        read_timeout=SECONDS_TO_ANSWER,
        retries={"total_max_attempts": TRIES},
        # Stores other than AWS seldom have a host name a bucket, and many do not
        # know the newer checksums.
        s3={"addressing_style": "path" if own_store else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
