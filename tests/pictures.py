"""Pictures drawn on the spot, with all that a camera or a program leaves in them."""

from io import BytesIO
from typing import Any

from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

SECRET = b"Somewhere-Secret"
SIDEWAYS = 6
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def encoded(image: Image.Image, kind: str, **how: Any) -> bytes:
    output = BytesIO()
    image.save(output, kind, **how)
    return output.getvalue()


def two_colours(width: int = 40, height: int = 20) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def picture(kind: str = "PNG", **how: Any) -> bytes:
    return encoded(two_colours(), kind, **how)


def photograph(kind: str = "JPEG") -> bytes:
    """A picture that says where it was taken, by what, and which side is up."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = SIDEWAYS
    exif[ExifTags.Base.Make] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = SECRET.decode()
    how: dict[str, Any] = {"exif": exif.tobytes()}
    if kind == "PNG":
        how["pnginfo"] = PngInfo()
        how["pnginfo"].add_text("Author", SECRET.decode())
    if kind == "JPEG":
        how["comment"] = SECRET
    return picture(kind, **how)


def animation(kind: str = "GIF", frames: int = 3) -> bytes:
    shades = [Image.new("RGB", (30, 30), (60 * n, 0, 0)) for n in range(frames)]
    how: dict[str, Any] = {"comment": SECRET} if kind == "GIF" else {}
    return encoded(
        shades[0],
        kind,
        save_all=True,
        append_images=shades[1:],
        duration=[100 * (n + 1) for n in range(frames)],
        loop=2,
        **how,
    )


def bomb() -> bytes:
    """A few kilobytes that would be a gigabyte of pixels."""
    black = Image.new("1", (20_000, 20_000))
    return encoded(black, "PNG", optimize=True)
