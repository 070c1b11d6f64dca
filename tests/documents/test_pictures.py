"""Pictures: what is refused, what is taken out of them, and what stays."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from incidents.documents.pictures import (
    MOST_BYTES,
    MOST_PIXELS,
    Picture,
    UnusableError,
    read,
)
from tests import pictures

KINDS = ["PNG", "JPEG", "GIF", "WEBP"]


def opened(kept: Picture) -> Image.Image:
    return Image.open(BytesIO(kept.data))


def answer_to(data: bytes) -> Picture | str:
    try:
        return read(data)
    except UnusableError as error:
        return str(error)


# Refusals


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_a_picture_or_refused_in_words(data: bytes) -> None:
    answer = answer_to(data)
    assert isinstance(answer, Picture) or answer.endswith(".")


@settings(max_examples=40)
@given(st.sampled_from(KINDS), st.integers(0, 10_000), st.binary(max_size=9))
def test_a_damaged_picture_is_drawn_or_refused_in_words(
    kind: str, place: int, damage: bytes
) -> None:
    whole = pictures.animation(kind) if kind != "JPEG" else pictures.photograph()
    place %= len(whole)
    answer = answer_to(whole[:place] + damage + whole[place + len(damage) :])
    if isinstance(answer, Picture):
        opened(answer).load()
    else:
        assert answer.endswith(".")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"<!doctype html><script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n<?php",
        pictures.picture("BMP"),
        pictures.picture("TIFF"),
        pictures.picture("PDF"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name(data: bytes) -> None:
    with pytest.raises(UnusableError, match=r"“cat\.png” is not a picture"):
        read(data, "cat.png")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pictures.picture("JPEG"), "cat.png"),
        (pictures.picture("PNG"), "cat.svg"),
        (pictures.SVG, "cat.png"),
    ],
)
def test_a_picture_under_the_name_of_another_kind_is_refused(
    data: bytes, name: str
) -> None:
    with pytest.raises(
        UnusableError, match=r"file by its content\. Give it the ending"
    ):
        read(data, name)


def test_a_picture_that_would_fill_the_memory_is_refused_undrawn() -> None:
    small = pictures.bomb()
    assert len(small) < 200_000
    with pytest.raises(UnusableError, match="million pixels"):
        read(small)


def test_a_film_is_measured_with_all_its_frames() -> None:
    side = int((MOST_PIXELS / 4) ** 0.5) + 1
    black, white = Image.new("1", (side, side)), Image.new("1", (side, side), 1)
    film = pictures.encoded(
        black, "PNG", save_all=True, append_images=[white, black, white]
    )
    with pytest.raises(UnusableError, match="counting every frame"):
        read(film)


def test_a_file_over_ten_megabytes_is_refused() -> None:
    with pytest.raises(UnusableError, match="larger than 10 MB"):
        read(b"\x89PNG" + bytes(MOST_BYTES))


# What is taken out


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_where_and_with_what_it_was_taken_is_gone(kind: str) -> None:
    data = pictures.photograph(kind)
    assert pictures.SECRET in data
    kept = read(data + pictures.SECRET)
    assert pictures.SECRET not in kept.data
    assert not opened(kept).getexif()


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_what_stands_behind_the_end_of_a_film_is_gone(kind: str) -> None:
    assert pictures.SECRET not in read(pictures.animation(kind) + pictures.SECRET).data


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_colour_profile_that_names_the_screen_is_gone(kind: str) -> None:
    data = pictures.picture(kind, icc_profile=pictures.SECRET)
    assert pictures.SECRET not in read(data).data


# What stays


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_photograph_stands_the_right_way_up(kind: str) -> None:
    kept = read(pictures.photograph(kind))
    image = opened(kept).convert("RGB")
    assert (kept.width, kept.height) == image.size == (20, 40)
    red, _, blue = image.crop((10, 2, 11, 3)).tobytes()
    assert red > 200 > 50 > blue


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_a_film_keeps_its_frames_their_times_and_its_rounds(kind: str) -> None:
    film = opened(read(pictures.animation(kind)))
    frames = []
    for frame in ImageSequence.Iterator(film):
        frame.load()
        frames.append(frame.info["duration"])
    assert frames == [100, 200, 300]
    assert film.info["loop"] == 2


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_depth_keeps_its_pixels(mode: str) -> None:
    image = Image.new(mode, (5, 5))
    kept = opened(read(pictures.encoded(image, "PNG")))
    assert kept.convert("RGBA").tobytes() == image.convert("RGBA").tobytes()


def test_a_see_through_colour_stays_see_through() -> None:
    image = pictures.two_colours().convert("P")
    data = pictures.encoded(image, "PNG", transparency=image.getpixel((0, 0)))
    assert opened(read(data)).convert("RGBA").getchannel("A").tobytes()[0] == 0


def test_the_print_colours_of_a_jpeg_become_those_of_a_screen() -> None:
    data = pictures.encoded(pictures.two_colours().convert("CMYK"), "JPEG")
    assert opened(read(data)).mode == "RGB"


def test_of_a_camera_s_double_picture_the_photograph_is_kept() -> None:
    double = pictures.picture(
        "MPO", save_all=True, append_images=[pictures.two_colours()]
    )
    kept = read(double, "IMG_1.JPG")
    assert kept.content_type == "image/jpeg"
    assert opened(kept).format == "JPEG"


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_picture_is_drawn_the_same_each_time(kind: str) -> None:
    data = pictures.picture(kind)
    assert read(data) == read(data)


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf\n", b"<?xml version='1.0'?>\n"])
def test_an_svg_is_kept_to_the_letter_and_known_as_one(start: bytes) -> None:
    kept = read(start + pictures.SVG, "plan.svg")
    assert (kept.content_type, kept.data) == ("image/svg+xml", start + pictures.SVG)


@pytest.mark.parametrize("name", ["", "screenshot", "cat.PNG", "a.b.tmp"])
def test_a_name_without_a_known_ending_is_no_lie(name: str) -> None:
    assert read(pictures.picture("PNG"), name).extension == "png"
