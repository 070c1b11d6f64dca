"""A picture and what it shows."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from incidents.documents.pictures import (
    CONTENT_TYPES,
    MOST_BYTES,
    SVG,
    Picture,
    UnusableError,
    read,
    too_big,
)


class PictureForm(forms.Form):
    file = forms.FileField(
        label="Picture",
        help_text="PNG, JPEG, GIF or WebP, up to 10 MB. Where, when and with what it "
        "was taken is removed. An SVG becomes a download.",
        widget=forms.FileInput(
            attrs={"accept": ",".join((*CONTENT_TYPES.values(), SVG))}
        ),
        error_messages={
            "required": "Choose a picture.",
            "empty": "This file is empty. Choose another one.",
        },
    )
    alt = forms.CharField(
        label="What it shows",
        help_text="For those who cannot see it: “Error rate, rising from 1 % to 40 % "
        "at 10:45”.",
        max_length=300,
        error_messages={
            "required": "Say what the picture shows, for those who cannot see it."
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.use_required_attribute = False
        kwargs.setdefault("auto_id", "picture-%s")
        super().__init__(*args, **kwargs)
        self.filename = ""

    def clean_file(self) -> Picture:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        self.filename = upload.name or ""
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(too_big())
        try:
            return read(upload.read(), self.filename)
        except UnusableError as error:
            raise forms.ValidationError(str(error)) from error
