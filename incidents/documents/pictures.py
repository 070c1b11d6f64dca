"""Pictures as they may be kept: known by their content, freed of what they tell.

A photograph says where and when it was taken and by which camera; a screenshot
can carry the name of its maker; any file can carry another one behind its end.
None of it survives being drawn anew, which also proves that it is a picture.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any, Final

from PIL import Image, ImageOps, ImageSequence

MOST_BYTES: Final = 10 * 1024 * 1024
# All frames together. Decoded, a pixel takes four bytes or more.
MOST_PIXELS: Final = 40_000_000
MOST_FRAMES: Final = 1_000
SVG: Final = "image/svg+xml"

CONTENT_TYPES: Final = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
EXTENSIONS: Final = {
    "PNG": ("png", "apng"),
    "JPEG": ("jpg", "jpeg", "jpe", "jfif"),
    "GIF": ("gif",),
    "WEBP": ("webp",),
    "SVG": ("svg",),
}
NAMES: Final = {"WEBP": "WebP"}
_HOW_TO_SAVE: Final[dict[str, dict[str, Any]]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 90, "optimize": True},
    "GIF": {"disposal": 2},
    "WEBP": {"quality": 90},
}
_SVG_START: Final = re.compile(r"<(?:\?xml\b|!--|!doctype\s+svg\b|svg\b)", re.I)


class UnusableError(ValueError):
    """This file cannot be kept as a picture. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is kept and served. `width` and `height` are unknown of an SVG."""

    content_type: str
    extension: str
    data: bytes
    width: int | None = None
    height: int | None = None


def read(data: bytes, name: str = "") -> Picture:
    """The picture in these bytes, drawn anew; `UnusableError` where there is none.

    An SVG is a program as much as a picture: it is kept as it is, never drawn.
    """
    if len(data) > MOST_BYTES:
        raise UnusableError(too_big())
    if is_svg(data):
        refuse_false_name("SVG", name)
        return Picture(SVG, "svg", data)
    try:
        return redrawn(data, name)
    except UnusableError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusableError(too_many_pixels()) from error
    except Exception as error:
        # Decoders fail in many ways on a broken file, and each means the same.
        raise UnusableError(no_picture(name)) from error


def too_big() -> str:
    most = MOST_BYTES // 1024 // 1024
    return f"This file is larger than {most} MB. Make the picture smaller, or crop it."


def too_many_pixels() -> str:
    most = MOST_PIXELS // 1_000_000
    return (
        f"This picture has more than {most} million pixels, counting every frame, or "
        f"more than {MOST_FRAMES:,} frames. Make it smaller, or cut it."
    )


def no_picture(name: str) -> str:
    named = f"“{name}” is" if name else "This is"
    return (
        f"{named} not a picture that we can read, whatever its name says. Send a PNG, "
        "JPEG, GIF, WebP or SVG file."
    )


def is_svg(data: bytes) -> bool:
    head = data[:4096].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    return bool(_SVG_START.match(head)) and "<svg" in head.lower()


def refuse_false_name(found: str, name: str) -> None:
    """A name may have no known ending, but not that of another kind of picture."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    known = {ending for endings in EXTENSIONS.values() for ending in endings}
    if ending in known and ending not in EXTENSIONS[found]:
        raise UnusableError(
            f"“{name}” is a {NAMES.get(found, found)} file by its content. Give it "
            f"the ending .{EXTENSIONS[found][0]} if it is the right one, and send it "
            "again."
        )


def redrawn(data: bytes, name: str) -> Picture:
    with Image.open(BytesIO(data), formats=tuple(CONTENT_TYPES)) as image:
        # Many cameras write JPEGs of several pictures; the first is the photograph.
        found = "JPEG" if image.format == "MPO" else str(image.format)
        refuse_false_name(found, name)
        count = 1 if found == "JPEG" else int(getattr(image, "n_frames", 1))
        if image.width * image.height * count > MOST_PIXELS or count > MOST_FRAMES:
            raise UnusableError(too_many_pixels())
        frames, timing = still(image, found) if count == 1 else moving(image)
    width, height = frames[0].size
    drawn = encoded(frames, found, timing)
    return Picture(
        CONTENT_TYPES[found], EXTENSIONS[found][0], drawn, width=width, height=height
    )


def still(image: Image.Image, found: str) -> tuple[list[Image.Image], dict[str, Any]]:
    """The picture the right way up, with nothing but its colours."""
    upright = ImageOps.exif_transpose(image)
    if found == "JPEG" and upright.mode not in ("L", "RGB"):
        upright = upright.convert("RGB")
    transparency = upright.info.get("transparency")
    upright.info = {} if transparency is None else {"transparency": transparency}
    return [upright], {}


def moving(image: Image.Image) -> tuple[list[Image.Image], dict[str, Any]]:
    """Every frame whole, with how long it stands and how often all come round."""
    frames, durations = [], []
    for frame in ImageSequence.Iterator(image):
        whole = ImageOps.exif_transpose(frame).convert("RGBA")
        # Some formats know this only once the frame is drawn.
        durations.append(frame.info.get("duration", 100))
        whole.info = {}
        frames.append(whole)
    timing: dict[str, Any] = {"save_all": True, "duration": durations}
    if "loop" in image.info:
        timing["loop"] = image.info["loop"]
    return frames, timing


def encoded(frames: Sequence[Image.Image], found: str, timing: dict[str, Any]) -> bytes:
    output = BytesIO()
    if timing:
        timing = {**timing, "append_images": frames[1:]}
    frames[0].save(output, found, **_HOW_TO_SAVE[found], **timing)
    return output.getvalue()
