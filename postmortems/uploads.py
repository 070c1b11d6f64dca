"""Django's description of where uploaded files are kept: a folder or a bucket."""

from typing import Any

from postmortems.env import Environment


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
        },
    }
